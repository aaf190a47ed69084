package org.oncilla.backend;

/**
 * A device or its driver could not do what was asked: no such backend, a refused allocation, a
 * kernel that does not build. The message says what was tried and what to do.
 */
public class BackendException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** An exception with a message for the user. */
  public BackendException(String message) {
    super(message);
  }

  /** An exception with a message for the user and its cause. */
  public BackendException(String message, Throwable cause) {
    super(message, cause);
  }
}
