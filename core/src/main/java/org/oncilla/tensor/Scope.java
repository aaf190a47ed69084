package org.oncilla.tensor;

import java.util.ArrayList;
import java.util.List;
import org.oncilla.backend.OutOfDeviceMemoryException;

/**
 * A region of code whose tensors are closed at its end. Every tensor that a thread creates belongs
 * to the innermost scope open on that thread:
 *
 * <pre>{@code
 * try (Scope scope = Scope.open()) {
 *   Tensor hidden = x.matmul(w).relu();
 *   return scope.keep(hidden.sum());       // hidden and the product are freed here
 * }
 * }</pre>
 *
 * <p>Outside of any scope a tensor lives until it is closed, or until the garbage collector finds
 * it, which may be late. Scopes are confined to the thread that opened them.
 */
public final class Scope implements AutoCloseable {
  private static final ThreadLocal<Scope> CURRENT = new ThreadLocal<>();

  /** More tensors than a pass through most models makes. */
  private static final int MANY = 100;

  private final Scope parent;
  private final Thread thread = Thread.currentThread();
  private final List<Tensor> tensors = new ArrayList<>();
  private boolean closed;

  private Scope(Scope parent) {
    this.parent = parent;
  }

  /** Opens a scope within the current one of this thread. */
  public static Scope open() {
    Scope scope = new Scope(CURRENT.get());
    CURRENT.set(scope);
    return scope;
  }

  static Scope current() {
    return CURRENT.get();
  }

  void add(Tensor tensor) {
    tensors.add(tensor);
  }

  /**
   * Adds what may be the cause to the news that memory ran out: a loop whose passes all leave their
   * tensors to one scope around it.
   */
  static OutOfDeviceMemoryException explained(OutOfDeviceMemoryException full) {
    Scope scope = CURRENT.get();
    long held = scope == null ? 0 : scope.openTensors();
    if (held < MANY) {
      return full;
    }
    return new OutOfDeviceMemoryException(
        full.getMessage()
            + "; the innermost Scope of this thread holds "
            + held
            + " tensors: if a loop made them, open a Scope within the loop, so that each pass"
            + " frees its own",
        full);
  }

  private long openTensors() {
    return tensors.stream().filter(tensor -> tensor.scope() == this && !tensor.isClosed()).count();
  }

  /**
   * Lets a tensor outlive this scope: it moves to the enclosing one, or becomes its caller's to
   * close.
   *
   * @return the tensor
   */
  public Tensor keep(Tensor tensor) {
    if (tensor.scope() == this) {
      tensor.moveTo(parent);
    }
    return tensor;
  }

  /**
   * Takes a tensor out of whatever scope it is in; its caller closes it.
   *
   * @return the tensor
   */
  public static Tensor escape(Tensor tensor) {
    if (tensor.scope() != null) {
      tensor.moveTo(null);
    }
    return tensor;
  }

  /**
   * Closes the tensors made in this scope, but for those kept.
   *
   * @throws IllegalStateException if a scope opened later is still open, or on another thread
   */
  @Override
  public void close() {
    if (closed) {
      return;
    }
    if (CURRENT.get() != this) {
      throw new IllegalStateException(
          thread == Thread.currentThread()
              ? "scopes close innermost first: close the scope that was opened after this one"
              : "a scope is closed by the thread that opened it, " + thread.getName());
    }
    closed = true;
    if (parent == null) {
      CURRENT.remove();
    } else {
      CURRENT.set(parent);
    }
    for (Tensor tensor : tensors) {
      if (tensor.scope() == this) {
        tensor.close();
      }
    }
    tensors.clear();
  }
}
