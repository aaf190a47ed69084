package org.oncilla.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import org.oncilla.backend.BackendException;
import org.oncilla.backend.OutOfDeviceMemoryException;
import org.oncilla.data.DataException;
import org.oncilla.file.FileFormatException;

/** Says what went wrong in words for the user. */
final class Failures {
  private static final double MIB = 1 << 20;

  private Failures() {}

  static String message(Throwable failure) {
    if (failure instanceof UncheckedIOException unchecked) {
      return message(unchecked.getCause());
    }
    if (failure instanceof OutOfMemoryError) {
      return "out of memory: %s. The heap may grow to %.0f MiB; allow more with ONCILLA_JAVA_OPTS=-Xmx4g, or use a smaller --batch"
          .formatted(failure.getMessage(), Runtime.getRuntime().maxMemory() / MIB);
    }
    if (failure instanceof OutOfDeviceMemoryException) {
      return failure.getMessage() + " (a smaller --batch needs less)";
    }
    if (failure instanceof FileSystemException problem) {
      return message(problem);
    }
    return isExpected(failure)
        ? failure.getMessage()
        : "unexpected error: " + failure + " (--stacktrace shows where)";
  }

  private static String message(FileSystemException problem) {
    String reason = problem.getReason() == null ? "" : ": " + problem.getReason();
    if (problem instanceof NoSuchFileException) {
      return "there is no file " + problem.getFile() + reason;
    }
    if (problem instanceof AccessDeniedException) {
      return "no permission to use " + problem.getFile() + reason;
    }
    return problem.getMessage();
  }

  /** Whether the message was written for the user. */
  private static boolean isExpected(Throwable failure) {
    return failure.getMessage() != null
        && (failure instanceof CommandException
            || failure instanceof BackendException
            || failure instanceof DataException
            || failure instanceof FileFormatException
            || failure instanceof IOException
            || failure instanceof IllegalArgumentException);
  }
}
