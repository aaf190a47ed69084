package org.oncilla.data;

import java.util.Arrays;
import org.oncilla.tensor.Shape;

/**
 * The mean, spread and range of each feature of a data set's inputs, read once in double precision
 * (Welford, 1962). Features are the elements of one axis of a sample, such as the channels of
 * images.
 */
public final class FeatureStatistics {
  private final int features;
  private final int trailing;
  private final long[] counts;
  private final double[] means;
  private final double[] squares;
  private final double[] lows;
  private final double[] highs;

  private FeatureStatistics(Shape sample, int axis) {
    features = sample.size(axis);
    trailing = sample.length(axis + 1, sample.rank());
    counts = new long[features];
    means = new double[features];
    squares = new double[features];
    lows = new double[features];
    highs = new double[features];
    Arrays.fill(lows, Double.POSITIVE_INFINITY);
    Arrays.fill(highs, Double.NEGATIVE_INFINITY);
  }

  /**
   * Reads a data set from its first sample to its last.
   *
   * @param axis of a sample whose elements are the features, counted from 0, or from −1 for the
   *     last one backwards
   * @throws IllegalArgumentException if there is no such axis, if inputs are indices, or if a value
   *     is not finite, naming its sample and feature
   */
  public static FeatureStatistics of(Dataset dataset, int axis) {
    if (dataset.hasIndices()) {
      throw new IllegalArgumentException(
          "FeatureStatistics: needs inputs that are values, but those of shape "
              + dataset.inputShape()
              + " are indices, such as words, which have no mean; look them up by an Embedding");
    }
    FeatureStatistics statistics =
        new FeatureStatistics(dataset.inputShape(), dataset.inputShape().axis(axis));
    HostBatch one = new HostBatch(dataset, 1);
    for (int index = 0; index < dataset.size(); index++) {
      dataset.read(index, one, 0);
      statistics.add(index, one.inputs());
    }
    return statistics;
  }

  private void add(int sample, float[] values) {
    for (int i = 0; i < values.length; i++) {
      int feature = i / trailing % features;
      double value = values[i];
      if (!Double.isFinite(value)) {
        throw new IllegalArgumentException(
            "FeatureStatistics: feature "
                + feature
                + " of sample "
                + sample
                + " is "
                + value
                + "; replace or leave out what is missing");
      }
      counts[feature]++;
      double distance = value - means[feature];
      means[feature] += distance / counts[feature];
      squares[feature] += distance * (value - means[feature]);
      lows[feature] = Math.min(lows[feature], value);
      highs[feature] = Math.max(highs[feature], value);
    }
  }

  /** Number of features. */
  public int features() {
    return features;
  }

  /** The mean of a feature. */
  public double mean(int feature) {
    return means[feature];
  }

  /** The standard deviation of a feature, √(Σ (x − mean)² / n); exactly 0 where all are equal. */
  public double deviation(int feature) {
    return lows[feature] == highs[feature] ? 0 : Math.sqrt(squares[feature] / counts[feature]);
  }

  /** The smallest value of a feature. */
  public double low(int feature) {
    return lows[feature];
  }

  /** The largest value of a feature. */
  public double high(int feature) {
    return highs[feature];
  }
}
