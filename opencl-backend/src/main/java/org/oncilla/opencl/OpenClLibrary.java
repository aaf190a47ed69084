package org.oncilla.opencl;

import org.jocl.CL;

/**
 * Loads JOCL's native library once and remembers why it could not: the JVM gives the real reason
 * only at the first attempt.
 */
final class OpenClLibrary {
  /** JOCL's switch for unpacking its library under a name of its own in each process. */
  private static final String UNIQUE_NAMES = "uniqueLibraryNames";

  private static final String PROBLEM = load();

  private OpenClLibrary() {}

  /** Why OpenCL cannot be called at all, and what to do; null where it can. */
  static String problem() {
    return PROBLEM;
  }

  private static String load() {
    // Several JVMs that unpack to one name read each other's half-written file and crash.
    if (System.getProperty(UNIQUE_NAMES) == null) {
      System.setProperty(UNIQUE_NAMES, "true");
    }
    try {
      CL.setExceptionsEnabled(true);
      return null;
    } catch (LinkageError failure) {
      return explain(failure);
    }
  }

  /** What a failure to load means for a user. */
  static String explain(LinkageError failure) {
    StringBuilder reasons = new StringBuilder();
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      reasons.append(cause.getMessage()).append('\n');
    }
    String text = reasons.toString();
    String first = text.lines().findFirst().orElse("no reason given").trim();
    boolean unpacking =
        text.contains("failed to map segment")
            || text.contains("Permission denied")
            || text.contains("Read-only file system")
            || text.contains("No space left")
            || text.contains("No such file or directory");
    if (unpacking && !text.contains("libOpenCL")) {
      return "JOCL's native library cannot be unpacked to "
          + System.getProperty("java.io.tmpdir")
          + " and run from there ("
          + first
          + "); make -Djava.io.tmpdir= a folder that is writable and not mounted noexec";
    }
    return "no OpenCL loader library ("
        + first
        + "); install one (Debian and Ubuntu: ocl-icd-libopencl1) and your GPU's OpenCL driver";
  }
}
