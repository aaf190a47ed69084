package org.oncilla.nn;

import java.util.Arrays;
import org.oncilla.data.Dataset;
import org.oncilla.data.FeatureStatistics;
import org.oncilla.tensor.Shape;
import org.oncilla.tensor.Tensor;

/**
 * Preprocessing that stands at the front of a model: y = (x − center)·scale + offset, with a center
 * and a scale for each feature that are taken from training data and kept in buffers, so that they
 * are saved with the model and data to predict from is treated the same.
 *
 * <pre>{@code
 * Dataset train = data.range(0, 8000);
 * Module model = new Sequential(new StandardScaler().fit(train), new Linear(16), …);
 * }</pre>
 *
 * <p>Features are the sizes of the first axis of a sample: the columns of rows [F], the channels of
 * sequences [C, L] and of images [C, H, W]. Another axis may be chosen.
 *
 * @param <T> the layer itself, which settings return
 */
public abstract class FeatureScaler<T extends FeatureScaler<T>> extends Module {
  private int axis;
  private Scaling fitted;
  private Buffer center;
  private Buffer scale;
  private int features;
  private boolean known;

  FeatureScaler() {}

  /** What a fit found, for each feature. */
  record Scaling(double[] center, double[] scale) {}

  /**
   * Takes another axis of a sample than the first for that of the features. Before the scaler is
   * fitted.
   *
   * @param chosen counted from 0, or from −1 for the last one backwards
   */
  public T axis(int chosen) {
    requireUnfitted("axis");
    axis = chosen;
    return self();
  }

  /**
   * Takes center and scale of each feature from the inputs of a data set, which is read once, in
   * double precision. Give the training part only: what is measured on other data would otherwise
   * have seen it.
   *
   * @param train the data to learn the scaling from
   * @return this scaler
   * @throws IllegalArgumentException if a value is not finite, naming the sample and the feature
   * @throws IllegalStateException if the model is initialized already
   */
  public T fit(Dataset train) {
    if (center != null && center.hasValue()) {
      throw new IllegalStateException(
          "fit: this "
              + type()
              + " is part of an initialized model, which has copied its scaling; fit it before"
              + " initialize, or close() the model first");
    }
    fitted = scaling(FeatureStatistics.of(train, featureAxis(train.inputShape())));
    return self();
  }

  @SuppressWarnings("unchecked")
  private T self() {
    return (T) this;
  }

  /** Center and scale by what is known of each feature. */
  abstract Scaling scaling(FeatureStatistics statistics);

  /** What is added at last. */
  abstract double offset();

  /** The inverse of a feature's spread; 1 for a constant feature, or as good as constant. */
  static double inverse(double spread) {
    double inverse = 1 / spread;
    return (float) inverse < Float.POSITIVE_INFINITY ? inverse : 1;
  }

  /**
   * Demands that a setting comes before the fit, which takes it in.
   *
   * @throws IllegalStateException if this scaler is fitted
   */
  final void requireUnfitted(String setting) {
    if (fitted != null) {
      throw new IllegalStateException(
          type() + ": " + setting + " is set before fit(train), which goes by it");
    }
  }

  private int featureAxis(Shape sample) {
    if (sample.rank() == 0) {
      throw new IllegalArgumentException(type() + ": a sample that is one value has no features");
    }
    return sample.axis(axis);
  }

  @Override
  protected Shape build(BuildContext context, Shape input) {
    features = featureAxis(input);
    int count = input.size(features);
    if (fitted != null && fitted.center().length != count) {
      throw new IllegalArgumentException(
          type()
              + " was fitted to "
              + fitted.center().length
              + " features, but the sample has "
              + count
              + " along axis "
              + axis);
    }
    Shape perFeature = Shape.of(count);
    center = context.buffer("center", perFeature, values(fitted == null ? null : fitted.center()));
    scale = context.buffer("scale", perFeature, values(fitted == null ? null : fitted.scale()));
    known = false;
    return input;
  }

  /** NaN stands for what was not fitted, in files too. */
  private static Initializer values(double[] found) {
    return (values, offset, shape, generator) -> {
      for (int i = 0; i < shape.length(); i++) {
        values[offset + i] = found == null ? Float.NaN : (float) found[i];
      }
    };
  }

  @Override
  public Tensor forward(Tensor input) {
    Tensor centers = valueOf(center);
    Tensor scales = valueOf(scale);
    requireFitted(scales);
    requireFeatures(input.shape(), features);
    int trailing = input.shape().rank() - 2 - features;
    int[] sizes = new int[trailing + 1];
    Arrays.fill(sizes, 1);
    sizes[0] = centers.shape().length();
    try (Tensor c = centers.reshape(sizes);
        Tensor s = scales.reshape(sizes);
        Tensor centered = input.sub(c)) {
      if (offset() == 0) {
        return centered.mul(s);
      }
      try (Tensor scaled = centered.mul(s)) {
        return scaled.add(offset());
      }
    }
  }

  /** Reads the device once; a scaling that is there stays. */
  private void requireFitted(Tensor scales) {
    if (!known) {
      for (float value : scales.toFloatArray()) {
        if (Float.isNaN(value)) {
          throw new IllegalStateException(
              type()
                  + " is not fitted: call fit(train) before the model is initialized, or restore a"
                  + " checkpoint that holds its scaling");
        }
      }
      known = true;
    }
  }

  /** The number subtracted from each feature, [features]. */
  public Buffer center() {
    return center;
  }

  /** The factor on each feature, [features]. */
  public Buffer scale() {
    return scale;
  }

  final int axis() {
    return axis;
  }
}
