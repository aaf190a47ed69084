package org.oncilla.cpu;

import java.util.Locale;

/**
 * What the system properties ask of the CPU backend.
 *
 * @param threads threads that compute, the caller's included
 * @param vector whether to use the Vector API
 */
record CpuSettings(int threads, VectorUse vector) {
  static final String THREADS_PROPERTY = "oncilla.cpu.threads";
  static final String VECTOR_PROPERTY = "oncilla.cpu.vector";

  private static final int MOST_THREADS = 1024;

  /** Whether to use the Vector API. */
  enum VectorUse {
    /** Where the JVM has it. */
    AUTO,
    /** Or fail. */
    ON,
    /** Never. */
    OFF
  }

  /** Reads the system properties. */
  static CpuSettings fromProperties() {
    return new CpuSettings(
        parseThreads(System.getProperty(THREADS_PROPERTY)),
        parseVector(System.getProperty(VECTOR_PROPERTY, "auto")));
  }

  static int parseThreads(String text) {
    if (text == null) {
      return Runtime.getRuntime().availableProcessors();
    }
    try {
      int threads = Integer.parseInt(text.trim());
      if (threads >= 1 && threads <= MOST_THREADS) {
        return threads;
      }
    } catch (NumberFormatException malformed) {
      throw new IllegalArgumentException(threadsSyntax(text), malformed);
    }
    throw new IllegalArgumentException(threadsSyntax(text));
  }

  private static String threadsSyntax(String text) {
    return "-D"
        + THREADS_PROPERTY
        + "="
        + text
        + " is not a number of threads; give 1 to "
        + MOST_THREADS
        + ", or leave it out for one a core";
  }

  static VectorUse parseVector(String text) {
    for (VectorUse use : VectorUse.values()) {
      if (use.name().toLowerCase(Locale.ROOT).equals(text.trim())) {
        return use;
      }
    }
    throw new IllegalArgumentException(
        "-D" + VECTOR_PROPERTY + "=" + text + " is unknown; the choices are auto, on, off");
  }
}
