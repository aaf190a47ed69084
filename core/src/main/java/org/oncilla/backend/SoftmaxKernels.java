package org.oncilla.backend;

/**
 * Softmax, log-softmax and the cross-entropy fused with them, over the middle axis of [outer,
 * reduced, inner]. All subtract the maximum first, and no logarithm of a probability is less than
 * −{@link #LARGEST}, so that they are finite for every finite input.
 */
public interface SoftmaxKernels {
  /**
   * The largest distance between a finite logit and the largest one that counts: a little less than
   * the largest number in single precision, so that a mean of such distances is finite too.
   */
  float LARGEST = 0x1.fffp127f;

  /**
   * y = e<sup>x</sup> / Σ e<sup>x</sup>, or its logarithm.
   *
   * @param log computes log-softmax
   */
  void forward(ReduceShape shape, boolean log, Span x, Span y);

  /**
   * The gradient from the output: dx = y·(dy − Σ dy·y) for softmax, dx = dy − e<sup>y</sup>·Σ dy
   * for log-softmax.
   */
  void backward(ReduceShape shape, boolean log, Span y, Span dy, Span dx, boolean accumulate);

  /**
   * Cross-entropy of each row of logits with its label: loss[r] = lse[r] − x[r, label[r]], at most
   * {@link #LARGEST} where the logit is finite, with lse[r] = ln Σ<sub>j</sub> e<sup>x[r,j]</sup>.
   *
   * @param rows number of rows
   * @param classes number of columns
   * @param logits [rows, classes]
   * @param labels {@link DType#INT32}, [rows], each in 0 … classes−1 (checked by the caller)
   * @param losses receives [rows]
   * @param logSumExp receives lse, [rows], for {@link #crossEntropyBackward}
   */
  void crossEntropy(int rows, int classes, Span logits, Span labels, Span losses, Span logSumExp);

  /**
   * dx[r,j] = (e<sup>x[r,j] − lse[r]</sup> − [j = label[r]]) · dLoss[r].
   *
   * @param dLosses gradient of each row's loss, [rows]
   * @param dLogits receives [rows, classes]
   * @param accumulate adds to dLogits instead of overwriting it
   */
  void crossEntropyBackward(
      int rows,
      int classes,
      Span logits,
      Span labels,
      Span logSumExp,
      Span dLosses,
      Span dLogits,
      boolean accumulate);
}
