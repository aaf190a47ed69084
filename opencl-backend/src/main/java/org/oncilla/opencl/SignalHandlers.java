package org.oncilla.opencl;

/**
 * Gives SIGSEGV back to the JVM after an OpenCL driver has taken it.
 *
 * <p>The JVM stops its threads and finds null pointers by SIGSEGV. Drivers that are built on LLVM,
 * PoCL among them, install a handler of LLVM's for it when they start and when they compile. That
 * handler is reset by the first signal and then hands back to the JVM's; but where two threads get
 * the signal at once, the second meets the default action, which ends the process without a word.
 * So the first signal is raised here, where no other thread is likely to.
 *
 * <p>A program started with the JDK's {@code libjsig.so} in {@code LD_PRELOAD}, as {@code
 * bin/oncilla} is, does not need this: the JVM's handler then stays first.
 */
final class SignalHandlers {
  /** Always null; not final, so that the compiler cannot know. */
  private static volatile int[] nothing;

  private static volatile int sink;

  private SignalHandlers() {}

  /** To be called after the driver may have installed handlers. */
  static void reclaim() {
    try {
      sink = nothing.length;
    } catch (NullPointerException raised) {
      // Wanted: the JVM found the null pointer by a signal, which has come through to it.
      nothing = null;
    }
  }
}
