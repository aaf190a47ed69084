package org.oncilla.data;

/** Data that cannot be found, fetched or used. The message says what to do. */
public class DataException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** With a message for the user. */
  public DataException(String message) {
    super(message);
  }

  /** With a message for the user and the error that led to it. */
  public DataException(String message, Throwable cause) {
    super(message, cause);
  }
}
