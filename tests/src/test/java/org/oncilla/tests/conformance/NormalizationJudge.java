package org.oncilla.tests.conformance;

import org.oncilla.backend.NormalizationShape;

/**
 * How far normalizations in single precision may be off, by the formulas in double precision. A set
 * is what one mean and one variance are taken of. With unit roundoff u, m elements of a set and
 * their mean μ, standard deviation σ and mean magnitude a:
 *
 * <ul>
 *   <li>a first mean is off by e = m·u·a, as any sum of m terms is; the deviations from it are
 *       summed in their turn and correct it, which leaves 2u·|μ| and m·u of the mean absolute
 *       deviation;
 *   <li>the sum of the squared deviations is off by m·u of itself, and by what rounding the means
 *       of its parts does to their distances, 4u·|μ|·σ;
 *   <li>y is off by the mean's error over σ, by half of the variance's relative error, and by a few
 *       roundings.
 * </ul>
 *
 * Every magnitude here is in units of u, to be used with one rounding.
 */
final class NormalizationJudge {
  private static final double U = 0x1p-24;

  private final NormalizationShape shape;
  private final int[] channel;
  private final int[] set;
  private final double epsilon;
  private final double[] x;
  private final double[] mean;
  private final double[] variance;
  private final double[] ofMean;
  private final double[] ofVariance;

  /**
   * A judge of sets of values.
   *
   * @param groups of channels; 0 where a set is a channel of all samples
   */
  NormalizationJudge(NormalizationShape shape, int groups, double epsilon, float[] values) {
    this.shape = shape;
    this.channel = new int[values.length];
    this.set = new int[values.length];
    number(groups);
    int sets = groups == 0 ? shape.channels() : shape.batch() * groups;
    this.epsilon = epsilon;
    this.x = new double[values.length];
    this.mean = new double[sets];
    this.variance = new double[sets];
    this.ofMean = new double[sets];
    this.ofVariance = new double[sets];
    double[] magnitude = new double[sets];
    double[] deviation = new double[sets];
    int m = values.length / sets;
    for (int at = 0; at < x.length; at++) {
      x[at] = values[at];
      mean[set[at]] += x[at] / m;
      magnitude[set[at]] += Math.abs(x[at]) / m;
    }
    for (int at = 0; at < x.length; at++) {
      double d = x[at] - mean[set[at]];
      deviation[set[at]] += Math.abs(d) / m;
      variance[set[at]] += d * d / m;
    }
    for (int i = 0; i < sets; i++) {
      double e = m * U * magnitude[i];
      double level = Math.abs(mean[i]);
      ofMean[i] = 3 * level + m * (deviation[i] + e);
      ofVariance[i] =
          (m + 8) * (variance[i] + e * e) + 4 * level * Math.sqrt(variance[i]) + level * e;
    }
  }

  /** Numbers the channels and sets of all elements; without groups, a set is a channel. */
  private void number(int groups) {
    int at = 0;
    for (int n = 0; n < shape.batch(); n++) {
      for (int c = 0; c < shape.channels(); c++) {
        for (int s = 0; s < shape.spatial(); s++, at++) {
          channel[at] = c;
          set[at] = groups == 0 ? c : n * groups + c * groups / shape.channels();
        }
      }
    }
  }

  int sets() {
    return mean.length;
  }

  float[] mean() {
    return narrow(mean);
  }

  float[] variance() {
    return narrow(variance);
  }

  Tolerance ofMean() {
    return Tolerance.terms(1, ofMean);
  }

  Tolerance ofVariance() {
    return Tolerance.terms(1, ofVariance);
  }

  /** Of (1 − momentum)·running + momentum·factor·statistic. */
  Tolerance ofRunning(double momentum, float[] running, boolean ofVariances, double factor) {
    double[] magnitudes = new double[running.length];
    for (int i = 0; i < running.length; i++) {
      double statistic = ofVariances ? variance[i] : mean[i];
      double error = ofVariances ? ofVariance[i] : ofMean[i];
      magnitudes[i] =
          4 * Math.abs(running[i]) + momentum * factor * (error + 6 * Math.abs(statistic));
    }
    return Tolerance.terms(1, magnitudes);
  }

  /** Of y, by statistics that the kernel finds itself or that are given without an error. */
  Tolerance ofOutput(float[] weight, float[] bias, boolean statisticsGiven) {
    double[] magnitudes = new double[x.length];
    for (int at = 0; at < x.length; at++) {
      int in = set[at];
      double spread = variance[in] + epsilon;
      double scale = Math.abs(factor(weight, at)) / Math.sqrt(spread);
      double distance = Math.abs(x[at] - mean[in]);
      double roundings = 12 + (statisticsGiven ? 0 : ofVariance[in] / spread);
      magnitudes[at] =
          scale * ((statisticsGiven ? 0 : ofMean[in]) + distance * roundings)
              + 2 * (bias == null ? 0 : Math.abs(bias[channel[at]]));
    }
    return Tolerance.terms(1, magnitudes);
  }

  private double factor(float[] weight, int at) {
    return weight == null ? 1 : weight[channel[at]];
  }

  private double normalized(int at) {
    return (x[at] - mean[set[at]]) / Math.sqrt(variance[set[at]] + epsilon);
  }

  /** Of dx, which sums over the set where the statistics are the input's, plus what was there. */
  Tolerance ofInputGradient(float[] weight, float[] dy, boolean sums, float[] before) {
    double[] ofSum = new double[sets()];
    double[] ofProduct = new double[sets()];
    int m = x.length / sets();
    for (int at = 0; at < x.length && sums; at++) {
      double scaled = Math.abs(dy[at] * factor(weight, at));
      ofSum[set[at]] += scaled / m;
      ofProduct[set[at]] += scaled * Math.abs(normalized(at)) / m;
    }
    double[] magnitudes = new double[x.length];
    for (int at = 0; at < x.length; at++) {
      int in = set[at];
      double scaled = Math.abs(dy[at] * factor(weight, at));
      double terms = scaled + ofSum[in] + Math.abs(normalized(at)) * ofProduct[in];
      magnitudes[at] =
          (m + 16) * terms / Math.sqrt(variance[in] + epsilon)
              + (before == null ? 0 : 2 * Math.abs(before[at]));
    }
    return Tolerance.terms(1, magnitudes);
  }

  /** Of Σ dy·x̂, or of Σ dy, over each channel, plus what was there. */
  Tolerance ofParameterGradient(float[] dy, boolean ofWeight, float[] before) {
    double[] magnitudes = new double[shape.channels()];
    for (int at = 0; at < x.length; at++) {
      magnitudes[channel[at]] += Math.abs(dy[at] * (ofWeight ? normalized(at) : 1));
    }
    for (int c = 0; c < magnitudes.length; c++) {
      magnitudes[c] *= shape.channelLength() + 12;
      magnitudes[c] += before == null ? 0 : 2 * Math.abs(before[c]);
    }
    return Tolerance.terms(1, magnitudes);
  }

  private static float[] narrow(double[] values) {
    float[] single = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      single[i] = (float) values[i];
    }
    return single;
  }
}
