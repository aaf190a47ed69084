package org.oncilla.file;

import java.io.IOException;

/**
 * A file whose content is not what its format demands: truncated, altered, or of another format.
 * The message names the file, what was expected and what was found.
 */
public class FileFormatException extends IOException {
  private static final long serialVersionUID = 1;

  /** With a message for the user. */
  public FileFormatException(String message) {
    super(message);
  }

  /** With a message for the user and the error that led to it. */
  public FileFormatException(String message, Throwable cause) {
    super(message, cause);
  }
}
