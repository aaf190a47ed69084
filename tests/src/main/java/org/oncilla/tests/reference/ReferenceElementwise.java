package org.oncilla.tests.reference;

import org.oncilla.backend.BinaryOp;
import org.oncilla.backend.BroadcastShape;
import org.oncilla.backend.ElementwiseKernels;
import org.oncilla.backend.Span;
import org.oncilla.backend.UnaryOp;

/** Functions applied element by element. */
final class ReferenceElementwise implements ElementwiseKernels {
  @Override
  public void fill(Span out, double value) {
    Values outs = Values.of("fill", "out", out, out.length());
    for (int i = 0; i < out.length(); i++) {
      outs.set(i, value);
    }
  }

  @Override
  public void affine(Span x, double scale, double shift, Span out, boolean accumulate) {
    Values xs = Values.of("affine", "x", x, out.length());
    Values outs = Values.of("affine", "out", out, out.length());
    for (int i = 0; i < out.length(); i++) {
      outs.store(i, scale * xs.get(i) + shift, accumulate);
    }
  }

  @Override
  public void unary(UnaryOp op, Span x, Span y) {
    Values xs = Values.of("unary " + op, "x", x, y.length());
    Values ys = Values.of("unary " + op, "y", y, y.length());
    for (int i = 0; i < y.length(); i++) {
      ys.set(i, ReferenceFunctions.apply(op, xs.get(i)));
    }
  }

  @Override
  public void unaryBackward(UnaryOp op, Span saved, Span dy, Span dx, boolean accumulate) {
    String operation = "unary gradient " + op;
    Values saveds = Values.of(operation, "saved", saved, dx.length());
    Values dys = Values.of(operation, "dy", dy, dx.length());
    Values dxs = Values.of(operation, "dx", dx, dx.length());
    for (int i = 0; i < dx.length(); i++) {
      double derivative = ReferenceFunctions.derivative(op, saveds.get(i));
      dxs.store(i, dys.get(i) * derivative, accumulate);
    }
  }

  @Override
  public void binary(
      BinaryOp op, BroadcastShape shape, Span a, Span b, Span out, boolean accumulate) {
    String operation = "binary " + op;
    Values as = Values.strided(operation, "a", a, shape.sizes(), shape.stridesA());
    Values bs = Values.strided(operation, "b", b, shape.sizes(), shape.stridesB());
    Values outs = Values.of(operation, "out", out, shape.length());
    for (int i = 0; i < shape.length(); i++) {
      double left = as.get(StridedIndex.of(i, shape.sizes(), shape.stridesA()));
      double right = bs.get(StridedIndex.of(i, shape.sizes(), shape.stridesB()));
      outs.store(i, ReferenceFunctions.apply(op, left, right), accumulate);
    }
  }
}
