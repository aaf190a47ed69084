package org.oncilla.opencl;

import org.jocl.CLException;
import org.oncilla.backend.BackendException;

/**
 * An OpenCL call failed. The message names the call, the error code as the OpenCL specification
 * spells it, such as {@code CL_INVALID_KERNEL_ARGS (-52)}, and what it was about.
 */
public final class OpenClException extends BackendException {
  private static final long serialVersionUID = 1L;

  private final int code;

  /**
   * An exception about a code that an OpenCL call returned.
   *
   * @param doing what was tried, completes "cannot …"
   * @param code the error code
   * @param remedy what to do or what the driver says; empty for nothing
   */
  public OpenClException(String doing, int code, String remedy) {
    super(text(doing, code, remedy));
    this.code = code;
  }

  OpenClException(String doing, CLException cause) {
    super(text(doing, cause.getStatus(), ""), cause);
    this.code = cause.getStatus();
  }

  /** The OpenCL error code. */
  public int code() {
    return code;
  }

  private static String text(String doing, int code, String remedy) {
    return "cannot "
        + doing
        + ": "
        + OpenClErrors.name(code)
        + (remedy.isEmpty() ? "" : "; " + remedy);
  }
}
