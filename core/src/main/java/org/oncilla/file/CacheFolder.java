package org.oncilla.file;

import java.nio.file.Path;

/**
 * The folder for what the library can fetch or compute again: data sets in {@code datasets},
 * compiled kernels in {@code opencl}. {@code -Doncilla.cache=FOLDER} names it; by default it is
 * {@code oncilla} in {@code $XDG_CACHE_HOME} or {@code ~/.cache}.
 */
public final class CacheFolder {
  /** The system property that names the folder. */
  public static final String PROPERTY = "oncilla.cache";

  private CacheFolder() {}

  /** The folder that the system property and the environment say; it need not exist yet. */
  public static Path get() {
    return choose(System.getProperty(PROPERTY), System.getenv("XDG_CACHE_HOME"));
  }

  static Path choose(String property, String xdgCacheHome) {
    if (property != null && !property.isBlank()) {
      return Path.of(property.trim());
    }
    // The XDG specification says to ignore a relative path.
    boolean given = xdgCacheHome != null && Path.of(xdgCacheHome).isAbsolute();
    Path parent =
        given ? Path.of(xdgCacheHome) : Path.of(System.getProperty("user.home"), ".cache");
    return parent.resolve("oncilla");
  }
}
