package org.oncilla.backend;

/**
 * Batch normalization (Ioffe and Szegedy, 2015) and group normalization (Wu and He, 2018) of x[N,
 * C, S], of which layer normalization (Ba and others, 2016) is the case of one group.
 *
 * <p>All compute y = (x − mean) / √(variance + ε) · weight + bias and differ in what they take the
 * mean and variance of. The weight and bias have one value for each channel; a weight that is null
 * is 1, a bias that is null is 0. Variances are means of squared deviations, computed from the
 * deviations themselves, so that values with a mean far from 0 lose nothing to cancellation; that
 * of equal values is 0, and their y is the bias. The order of sums depends on the sizes only.
 */
public interface NormalizationKernels {
  /**
   * Batch normalization in training, by the mean and the variance of each channel, over N and S.
   * Running statistics follow them: running = (1 − momentum)·running + momentum·statistic, where
   * the variance is the unbiased one, variance·m/(m − 1) with m = N·S.
   *
   * @param epsilon ε, above 0
   * @param momentum of the running statistics, in [0, 1]
   * @param x [N, C, S] with N·S of at least 2
   * @param weight [C], or null
   * @param bias [C], or null
   * @param y receives [N, C, S]
   * @param mean receives [C], for {@link #batchNormBackward}
   * @param variance receives [C], for {@link #batchNormBackward}
   * @param runningMean [C], updated; null together with the next one for none
   * @param runningVariance [C], updated
   */
  void batchNorm(
      NormalizationShape shape,
      double epsilon,
      double momentum,
      Span x,
      Span weight,
      Span bias,
      Span y,
      Span mean,
      Span variance,
      Span runningMean,
      Span runningVariance);

  /**
   * Batch normalization in evaluation, by a mean and a variance of each channel that are given.
   *
   * @param epsilon ε, above 0
   * @param x [N, C, S]
   * @param weight [C], or null
   * @param bias [C], or null
   * @param mean [C]
   * @param variance [C]
   * @param y receives [N, C, S]
   */
  void batchNormEvaluation(
      NormalizationShape shape,
      double epsilon,
      Span x,
      Span weight,
      Span bias,
      Span mean,
      Span variance,
      Span y);

  /**
   * The gradients of batch normalization. With x̂ = (x − mean) / √(variance + ε) and sums over N
   * and S: db = Σ dy, dw = Σ dy·x̂, and dx = weight / √(variance + ε) · (dy − db/m − x̂·dw/m) with
   * m = N·S where the statistics came from x, else dx = weight / √(variance + ε) · dy.
   *
   * @param epsilon ε, above 0
   * @param statisticsOfInput whether the statistics are those of x, as in training
   * @param weight [C], or null
   * @param mean [C], as forward wrote or took it
   * @param variance [C], as forward wrote or took it
   * @param dy [N, C, S]
   * @param gradients where dx, dw and db go
   */
  void batchNormBackward(
      NormalizationShape shape,
      double epsilon,
      boolean statisticsOfInput,
      Span x,
      Span weight,
      Span mean,
      Span variance,
      Span dy,
      NormalizationGradients gradients);

  /**
   * Group normalization, by the mean and the variance of each group of C/groups neighbouring
   * channels of each sample.
   *
   * @param groups a divisor of C; 1 for layer normalization
   * @param epsilon ε, above 0
   * @param x [N, C, S]
   * @param weight [C], or null
   * @param bias [C], or null
   * @param y receives [N, C, S]
   * @param mean receives [N, groups], for {@link #groupNormBackward}
   * @param variance receives [N, groups], for {@link #groupNormBackward}
   */
  void groupNorm(
      NormalizationShape shape,
      int groups,
      double epsilon,
      Span x,
      Span weight,
      Span bias,
      Span y,
      Span mean,
      Span variance);

  /**
   * The gradients of group normalization. With x̂ = (x − mean) / √(variance + ε) and g = weight·dy:
   * db = Σ dy and dw = Σ dy·x̂ over N and S, and dx = (g − Σ g/m − x̂·Σ g·x̂/m) / √(variance + ε)
   * with sums over the m elements of a group.
   *
   * @param groups a divisor of C
   * @param epsilon ε, above 0
   * @param weight [C], or null
   * @param mean [N, groups], as forward wrote it
   * @param variance [N, groups], as forward wrote it
   * @param dy [N, C, S]
   * @param gradients where dx, dw and db go
   */
  void groupNormBackward(
      NormalizationShape shape,
      int groups,
      double epsilon,
      Span x,
      Span weight,
      Span mean,
      Span variance,
      Span dy,
      NormalizationGradients gradients);
}
