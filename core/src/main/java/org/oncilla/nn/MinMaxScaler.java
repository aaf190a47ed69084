package org.oncilla.nn;

import java.util.Map;
import org.oncilla.data.FeatureStatistics;

/**
 * A {@link FeatureScaler} to a range: y = (x − smallest)·(high − low) / (largest − smallest) + low
 * for each feature. A constant feature becomes {@code low}. Data beyond what was seen in the fit
 * falls outside of the range.
 */
public final class MinMaxScaler extends FeatureScaler<MinMaxScaler> {
  private final double low;
  private final double high;

  /** Scales to [0, 1]. */
  public MinMaxScaler() {
    this(0, 1);
  }

  /**
   * Scales to a range.
   *
   * @param low what the smallest value of each feature becomes
   * @param high what the largest becomes, above {@code low}
   */
  public MinMaxScaler(double low, double high) {
    if (!(low < high) || Double.isInfinite(high - low)) {
      throw new IllegalArgumentException(
          "MinMaxScaler: the range must be finite and go upwards, not from " + low + " to " + high);
    }
    this.low = low;
    this.high = high;
  }

  @Override
  Scaling scaling(FeatureStatistics statistics) {
    double[] center = new double[statistics.features()];
    double[] scale = new double[statistics.features()];
    for (int feature = 0; feature < scale.length; feature++) {
      center[feature] = statistics.low(feature);
      scale[feature] = (high - low) * inverse(statistics.high(feature) - statistics.low(feature));
    }
    return new Scaling(center, scale);
  }

  @Override
  double offset() {
    return low;
  }

  @Override
  public ModuleConfig config() {
    return ModuleConfig.of(type(), Map.of("axis", axis(), "low", low, "high", high));
  }

  static MinMaxScaler create(ModuleConfig config) {
    return new MinMaxScaler(config.number("low"), config.number("high"))
        .axis(config.integer("axis"));
  }
}
