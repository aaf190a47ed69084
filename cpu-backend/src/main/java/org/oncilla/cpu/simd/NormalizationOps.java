package org.oncilla.cpu.simd;

/**
 * Inner loops of batch and group normalization over n consecutive elements, either of one channel,
 * whose coefficients are numbers, or of a channel each, whose coefficients are arrays. Sums are in
 * an order that depends on n only; the value of an element does not depend on where it stands.
 *
 * <p>Arrays of coefficients lie {@code stride} apart in one array {@code k} from {@code ko} on: the
 * means first, then the others in the order in which the formula names them.
 */
public interface NormalizationOps {
  /** sums[so] = Σ (x − mean) and sums[so + 1] = Σ (x − mean)². */
  void deviations(float[] x, int xo, float mean, int n, float[] sums, int so);

  /** The same for a channel each: sums += x − mean and squares += (x − mean)². */
  void addDeviations(
      float[] x,
      int xo,
      float[] mean,
      int mo,
      float[] sums,
      int so,
      float[] squares,
      int qo,
      int n);

  /** y = scale·(x − mean) + shift. */
  void normalize(float[] x, int xo, float mean, float scale, float shift, float[] y, int yo, int n);

  /** y = scale·(x − mean) + shift, for a channel each. */
  void normalize(float[] x, int xo, float[] k, int ko, int stride, float[] y, int yo, int n);

  /** sums[so] = Σ dy and sums[so + 1] = Σ dy·(x − mean). */
  void products(float[] x, int xo, float mean, float[] dy, int dyo, int n, float[] sums, int so);

  /** The same for a channel each: sums += dy and products += dy·(x − mean). */
  void addProducts(
      float[] x,
      int xo,
      float[] mean,
      int mo,
      float[] dy,
      int dyo,
      float[] sums,
      int so,
      float[] products,
      int po,
      int n);

  /**
   * The coefficients of a gradient, dx = ofGradient·dy + ofInput·(x − mean) + constant.
   *
   * @param mean of the channel
   * @param ofGradient factor on dy
   * @param ofInput factor on the deviation
   * @param constant summand
   */
  record Gradient(float mean, float ofGradient, float ofInput, float constant) {}

  /** dx = ofGradient·dy + ofInput·(x − mean) + constant, or added to dx. */
  void gradient(
      Gradient k,
      float[] x,
      int xo,
      float[] dy,
      int dyo,
      float[] dx,
      int dxo,
      int n,
      boolean accumulate);

  /** dx = ofGradient·dy + ofInput·(x − mean) + constant, or added to dx, for a channel each. */
  void gradient(
      float[] k,
      int ko,
      int stride,
      float[] x,
      int xo,
      float[] dy,
      int dyo,
      float[] dx,
      int dxo,
      int n,
      boolean accumulate);
}
