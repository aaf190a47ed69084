package org.oncilla.tensor;

import org.oncilla.backend.Backend;
import org.oncilla.backend.Span;

/**
 * Where the gradient of one value is gathered while backward runs: the first contribution is
 * stored, later ones are added. A leaf keeps its gradient between runs, so that gradients of
 * several batches add up until they are zeroed.
 */
final class GradientSlot {
  private final Backend backend;
  private final Shape shape;
  private final boolean leaf;
  private Tensor gradient;
  private boolean closed;

  GradientSlot(Backend backend, Shape shape, boolean leaf) {
    this.backend = backend;
    this.shape = shape;
    this.leaf = leaf;
  }

  /** A kernel call that stores or adds a contribution. */
  @FunctionalInterface
  interface Contribution {
    void write(Span gradient, boolean accumulate);
  }

  /** The gradient so far; null if nothing came yet. */
  Tensor gradient() {
    return gradient;
  }

  /** Makes contributions go to a tensor that is already there, such as a slice of an arena. */
  void bind(Tensor target) {
    if (gradient != target) {
      release();
      gradient = target;
    }
  }

  /** Stores or adds what a kernel computes. */
  void write(Contribution contribution) {
    if (gradient != null) {
      unshare();
      contribution.write(gradient.span(), true);
      return;
    }
    Tensor fresh = allocate();
    try {
      contribution.write(fresh.span(), false);
    } catch (RuntimeException | Error failure) {
      fresh.close();
      throw failure;
    }
    gradient = fresh;
  }

  /** Stores or adds a gradient that is there already; no copy is made where none is needed. */
  void pass(Tensor contribution) {
    if (gradient == null && !leaf) {
      gradient = contribution.alias(shape);
      return;
    }
    write(
        (span, accumulate) ->
            backend.elementwise().affine(contribution.span(), 1, 0, span, accumulate));
  }

  void release() {
    if (gradient != null) {
      gradient.close();
      gradient = null;
    }
  }

  /** Ends a leaf: nobody would free what backward gathers from now on, so nothing is gathered. */
  void close() {
    closed = true;
    release();
  }

  boolean isClosed() {
    return closed;
  }

  private Tensor allocate() {
    Tensor fresh = Tensor.allocate(backend, backend.floatType(), shape, "gradient");
    return leaf ? Scope.escape(fresh) : fresh;
  }

  /** A gradient passed on by reference must not change under the node it came from. */
  private void unshare() {
    if (leaf || !gradient.isShared()) {
      return;
    }
    Tensor shared = gradient;
    Tensor copy = allocate();
    backend.elementwise().affine(shared.span(), 1, 0, copy.span(), false);
    shared.close();
    gradient = copy;
  }
}
