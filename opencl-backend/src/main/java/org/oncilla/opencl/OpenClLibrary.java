package org.oncilla.opencl;

import org.jocl.CL;

/**
 * Loads JOCL's native library once and remembers why it could not: the JVM gives the real reason
 * only at the first attempt.
 */
final class OpenClLibrary {
  /** JOCL's switch for unpacking its library under a name of its own in each process. */
  private static final String UNIQUE_NAMES = "uniqueLibraryNames";

  /** How JOCL says that it is there but the system's OpenCL library is not. */
  private static final String NO_LOADER = "Implementation library could not be loaded";

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
    String reason = firstLine(failure);
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    if (root != failure) {
      reason += ": " + firstLine(root);
    }
    if (reason.contains(NO_LOADER)) {
      return "no OpenCL loader library ("
          + reason
          + "); install one (Debian and Ubuntu: ocl-icd-libopencl1) and your GPU's OpenCL driver";
    }
    return "JOCL's native library cannot be unpacked to "
        + System.getProperty("java.io.tmpdir")
        + " and loaded from there ("
        + reason
        + "); point -Djava.io.tmpdir= to a folder that is writable and not mounted noexec, and"
        + " make sure that libstdc++ is installed";
  }

  private static String firstLine(Throwable failure) {
    return String.valueOf(failure.getMessage()).lines().findFirst().orElse("").trim();
  }
}
