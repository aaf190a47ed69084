package org.oncilla.tests.reference;

import org.oncilla.backend.ArgumentChecks;
import org.oncilla.backend.DType;
import org.oncilla.backend.ReduceOp;
import org.oncilla.backend.ReduceShape;
import org.oncilla.backend.ReductionKernels;
import org.oncilla.backend.Span;

/** Reductions in ascending order of the reduced axis. */
final class ReferenceReduction implements ReductionKernels {
  @Override
  public void reduce(
      ReduceOp op, ReduceShape shape, Span x, double scale, Span out, boolean accumulate) {
    ArgumentChecks.reduce(DType.FLOAT64, op, shape, x, out);
    Values xs = Values.of(x);
    Values outs = Values.of(out);
    for (int i = 0; i < shape.outputLength(); i++) {
      double result = xs.get(at(shape, i, 0));
      for (int r = 1; r < shape.reduced(); r++) {
        result = combine(op, result, xs.get(at(shape, i, r)));
      }
      outs.store(i, scale * result, accumulate);
    }
  }

  @Override
  public void argmax(ReduceShape shape, Span x, Span out) {
    ArgumentChecks.argmax(DType.FLOAT64, shape, x, out);
    Values xs = Values.of(x);
    Indices outs = Indices.of(out);
    for (int i = 0; i < shape.outputLength(); i++) {
      int winner = 0;
      for (int r = 1; r < shape.reduced(); r++) {
        if (ReferenceFunctions.exceeds(xs.get(at(shape, i, r)), xs.get(at(shape, i, winner)))) {
          winner = r;
        }
      }
      outs.set(i, winner);
    }
  }

  /** Where element r of the axis that gives output i stands. */
  static int at(ReduceShape shape, int i, int r) {
    int outer = i / shape.inner();
    return (outer * shape.reduced() + r) * shape.inner() + i % shape.inner();
  }

  private static double combine(ReduceOp op, double a, double b) {
    return switch (op) {
      case SUM -> a + b;
      case MAX -> Math.max(a, b);
      case MIN -> Math.min(a, b);
    };
  }
}
