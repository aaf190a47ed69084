package org.oncilla.tests.reference;

import org.oncilla.backend.ArgumentChecks;
import org.oncilla.backend.DType;
import org.oncilla.backend.ReduceShape;
import org.oncilla.backend.SoftmaxKernels;
import org.oncilla.backend.Span;

/** Softmax and cross-entropy row by row. */
final class ReferenceSoftmax implements SoftmaxKernels {
  @Override
  public void forward(ReduceShape shape, boolean log, Span x, Span y) {
    ArgumentChecks.softmax(DType.FLOAT64, shape, log, x, y);
    Values xs = Values.of(x);
    Values ys = Values.of(y);
    for (int i = 0; i < shape.outputLength(); i++) {
      double largest = largest(shape, xs, i);
      double sum = sumOfExponentials(shape, xs, i, largest);
      for (int r = 0; r < shape.reduced(); r++) {
        int at = ReferenceReduction.at(shape, i, r);
        // The sum is not folded into the maximum: beside 1e30 its logarithm would vanish.
        double exponent = xs.get(at) - largest;
        double logarithm = bounded(exponent - Math.log(sum), xs.get(at));
        ys.set(at, log ? logarithm : Math.exp(exponent) / sum);
      }
    }
  }

  @Override
  public void backward(
      ReduceShape shape, boolean log, Span y, Span dy, Span dx, boolean accumulate) {
    ArgumentChecks.softmaxBackward(DType.FLOAT64, shape, log, y, dy, dx);
    Values ys = Values.of(y);
    Values dys = Values.of(dy);
    Values dxs = Values.of(dx);
    for (int i = 0; i < shape.outputLength(); i++) {
      double sum = 0;
      for (int r = 0; r < shape.reduced(); r++) {
        int at = ReferenceReduction.at(shape, i, r);
        sum += log ? dys.get(at) : dys.get(at) * ys.get(at);
      }
      for (int r = 0; r < shape.reduced(); r++) {
        int at = ReferenceReduction.at(shape, i, r);
        double gradient =
            log ? dys.get(at) - Math.exp(ys.get(at)) * sum : ys.get(at) * (dys.get(at) - sum);
        dxs.store(at, gradient, accumulate);
      }
    }
  }

  @Override
  public void crossEntropy(
      int rows, int classes, Span logits, Span labels, Span losses, Span logSumExp) {
    ArgumentChecks.crossEntropy(DType.FLOAT64, rows, classes, logits, labels, losses, logSumExp);
    ReduceShape shape = new ReduceShape(rows, classes, 1);
    Values xs = Values.of(logits);
    Indices classIndices = Indices.of(labels);
    Values lossValues = Values.of(losses);
    Values lses = Values.of(logSumExp);
    for (int row = 0; row < rows; row++) {
      double lse = logSumExp(shape, xs, row);
      lses.set(row, lse);
      double x = xs.get(row * classes + classIndices.get(row));
      lossValues.set(row, 0 - bounded(x - lse, x));
    }
  }

  @Override
  public void crossEntropyBackward(
      int rows,
      int classes,
      Span logits,
      Span labels,
      Span logSumExp,
      Span dLosses,
      Span dLogits,
      boolean accumulate) {
    ArgumentChecks.crossEntropyBackward(
        DType.FLOAT64, rows, classes, logits, labels, logSumExp, dLosses, dLogits);
    Values xs = Values.of(logits);
    Indices classIndices = Indices.of(labels);
    Values lses = Values.of(logSumExp);
    Values dLossValues = Values.of(dLosses);
    Values dxs = Values.of(dLogits);
    for (int row = 0; row < rows; row++) {
      for (int j = 0; j < classes; j++) {
        double probability = Math.exp(xs.get(row * classes + j) - lses.get(row));
        double target = j == classIndices.get(row) ? 1 : 0;
        dxs.store(row * classes + j, (probability - target) * dLossValues.get(row), accumulate);
      }
    }
  }

  /** The logarithm of a probability, which has a limit where the logit is finite. */
  private static double bounded(double logarithm, double logit) {
    return Double.isFinite(logit) ? Math.max(logarithm, -LARGEST) : logarithm;
  }

  private static double logSumExp(ReduceShape shape, Values xs, int i) {
    double largest = largest(shape, xs, i);
    return largest + Math.log(sumOfExponentials(shape, xs, i, largest));
  }

  private static double largest(ReduceShape shape, Values xs, int i) {
    double largest = xs.get(ReferenceReduction.at(shape, i, 0));
    for (int r = 1; r < shape.reduced(); r++) {
      largest = Math.max(largest, xs.get(ReferenceReduction.at(shape, i, r)));
    }
    return largest;
  }

  /** Σ e<sup>x − largest</sup>. */
  private static double sumOfExponentials(ReduceShape shape, Values xs, int i, double largest) {
    double sum = 0;
    for (int r = 0; r < shape.reduced(); r++) {
      sum += Math.exp(xs.get(ReferenceReduction.at(shape, i, r)) - largest);
    }
    return sum;
  }
}
