package org.oncilla.nn;

import java.util.Map;
import org.oncilla.data.FeatureStatistics;

/**
 * A {@link FeatureScaler} to mean 0 and standard deviation 1: y = (x − mean) / deviation for each
 * feature, where the deviation divides by the number of values, as scikit-learn's does. A constant
 * feature becomes 0.
 */
public final class StandardScaler extends FeatureScaler<StandardScaler> {
  private boolean withMean = true;
  private boolean withStd = true;

  /** Subtracts the mean, or not. Before the scaler is fitted. */
  public StandardScaler withMean(boolean subtracted) {
    requireUnfitted("withMean");
    withMean = subtracted;
    return this;
  }

  /** Divides by the standard deviation, or not. Before the scaler is fitted. */
  public StandardScaler withStd(boolean divided) {
    requireUnfitted("withStd");
    withStd = divided;
    return this;
  }

  @Override
  Scaling scaling(FeatureStatistics statistics) {
    double[] center = new double[statistics.features()];
    double[] scale = new double[statistics.features()];
    for (int feature = 0; feature < scale.length; feature++) {
      center[feature] = withMean ? statistics.mean(feature) : 0;
      scale[feature] = withStd ? inverse(statistics.deviation(feature)) : 1;
    }
    return new Scaling(center, scale);
  }

  @Override
  double offset() {
    return 0;
  }

  @Override
  public ModuleConfig config() {
    return ModuleConfig.of(
        type(), Map.of("axis", axis(), "withMean", withMean, "withStd", withStd));
  }

  static StandardScaler create(ModuleConfig config) {
    return new StandardScaler()
        .axis(config.integer("axis"))
        .withMean(config.flag("withMean"))
        .withStd(config.flag("withStd"));
  }
}
