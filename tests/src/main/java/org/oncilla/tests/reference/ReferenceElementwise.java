package org.oncilla.tests.reference;

import org.oncilla.backend.ArgumentChecks;
import org.oncilla.backend.BinaryOp;
import org.oncilla.backend.BroadcastShape;
import org.oncilla.backend.DType;
import org.oncilla.backend.ElementwiseKernels;
import org.oncilla.backend.Span;
import org.oncilla.backend.UnaryOp;

/** Functions applied element by element. */
final class ReferenceElementwise implements ElementwiseKernels {
  @Override
  public void fill(Span out, double value) {
    ArgumentChecks.fill(DType.FLOAT64, out);
    Values outs = Values.of(out);
    for (int i = 0; i < out.length(); i++) {
      outs.set(i, value);
    }
  }

  @Override
  public void affine(Span x, double scale, double shift, Span out, boolean accumulate) {
    ArgumentChecks.affine(DType.FLOAT64, x, out);
    Values xs = Values.of(x);
    Values outs = Values.of(out);
    for (int i = 0; i < out.length(); i++) {
      outs.store(i, scale * xs.get(i) + shift, accumulate);
    }
  }

  @Override
  public void unary(UnaryOp op, double alpha, Span x, Span y) {
    ArgumentChecks.unary(DType.FLOAT64, op, alpha, x, y);
    Values xs = Values.of(x);
    Values ys = Values.of(y);
    for (int i = 0; i < y.length(); i++) {
      ys.set(i, ReferenceFunctions.apply(op, alpha, xs.get(i)));
    }
  }

  @Override
  public void unaryBackward(
      UnaryOp op, double alpha, Span saved, Span dy, Span dx, boolean accumulate) {
    ArgumentChecks.unaryBackward(DType.FLOAT64, op, alpha, saved, dy, dx);
    Values saveds = Values.of(saved);
    Values dys = Values.of(dy);
    Values dxs = Values.of(dx);
    for (int i = 0; i < dx.length(); i++) {
      double derivative = ReferenceFunctions.derivative(op, alpha, saveds.get(i));
      dxs.store(i, dys.get(i) * derivative, accumulate);
    }
  }

  @Override
  public void binary(
      BinaryOp op, BroadcastShape shape, Span a, Span b, Span out, boolean accumulate) {
    ArgumentChecks.binary(DType.FLOAT64, op, shape, a, b, out);
    Values as = Values.of(a);
    Values bs = Values.of(b);
    Values outs = Values.of(out);
    for (int i = 0; i < shape.length(); i++) {
      double left = as.get(StridedIndex.of(i, shape.sizes(), shape.stridesA()));
      double right = bs.get(StridedIndex.of(i, shape.sizes(), shape.stridesB()));
      outs.store(i, ReferenceFunctions.apply(op, left, right), accumulate);
    }
  }
}
