package org.oncilla.backend;

/** More device memory was asked for than the byte budget or the device allows. */
public final class OutOfDeviceMemoryException extends BackendException {
  private static final long serialVersionUID = 1L;

  /** An exception whose message tells what was asked, what is live and pooled, and the budget. */
  public OutOfDeviceMemoryException(String message) {
    super(message);
  }

  /** As above, with the device's own error. */
  public OutOfDeviceMemoryException(String message, Throwable cause) {
    super(message, cause);
  }
}
