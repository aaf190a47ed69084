package org.oncilla.tensor;

/**
 * A region of code that records nothing for backward: evaluation, prediction, updates of
 * parameters.
 *
 * <pre>{@code
 * try (NoGrad off = NoGrad.open()) {
 *   Tensor prediction = model.forward(x);
 * }
 * }</pre>
 */
public final class NoGrad implements AutoCloseable {
  private static final ThreadLocal<Integer> DEPTH = ThreadLocal.withInitial(() -> 0);

  private final Thread thread = Thread.currentThread();
  private boolean closed;

  private NoGrad() {}

  /** Stops recording on this thread until the result is closed. */
  public static NoGrad open() {
    DEPTH.set(DEPTH.get() + 1);
    return new NoGrad();
  }

  static boolean isActive() {
    return DEPTH.get() > 0;
  }

  /**
   * Records again, unless another such region is still open.
   *
   * @throws IllegalStateException on another thread than the one that opened it
   */
  @Override
  public void close() {
    if (thread != Thread.currentThread()) {
      throw new IllegalStateException(
          "NoGrad is closed by the thread that opened it, " + thread.getName());
    }
    if (!closed) {
      closed = true;
      DEPTH.set(DEPTH.get() - 1);
    }
  }
}
