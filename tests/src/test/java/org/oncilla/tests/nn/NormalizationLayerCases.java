package org.oncilla.tests.nn;

import java.util.List;
import org.oncilla.data.ArrayDataset;
import org.oncilla.data.Dataset;
import org.oncilla.nn.BatchNorm1d;
import org.oncilla.nn.BatchNorm2d;
import org.oncilla.nn.Conv2d;
import org.oncilla.nn.GroupNorm;
import org.oncilla.nn.LayerNorm;
import org.oncilla.nn.MinMaxScaler;
import org.oncilla.nn.ReLU;
import org.oncilla.nn.Sequential;
import org.oncilla.nn.StandardScaler;
import org.oncilla.tensor.Shape;
import org.oncilla.tests.tensor.Draw;

/** Batch, group and layer normalization. */
final class NormalizationLayerCases {
  private NormalizationLayerCases() {}

  private static Dataset samples(int... sizes) {
    Shape shape = Shape.of(sizes);
    double[] drawn = new Draw(3).values(5, shape.length()).values();
    float[] values = new float[drawn.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) drawn[i];
    }
    return ArrayDataset.ofLabels(shape, values, new int[5], 2);
  }

  static List<LayerCase> all() {
    return List.of(
        LayerCase.of("batch norm of rows", BatchNorm1d::new, 6, 5),
        LayerCase.of("batch norm of rows", BatchNorm1d::new, 6, 5).evaluated(),
        LayerCase.of("batch norm of sequences", () -> new BatchNorm1d().eps(0.01), 3, 4, 7),
        LayerCase.of("batch norm of images", BatchNorm2d::new, 3, 4, 5, 3),
        LayerCase.of("batch norm of images", BatchNorm2d::new, 3, 4, 5, 3).evaluated(),
        LayerCase.of(
            "batch norm of images without weights",
            () -> new BatchNorm2d().affine(false).momentum(0.3),
            3,
            2,
            6,
            6),
        LayerCase.of("batch norm of one image", BatchNorm2d::new, 1, 3, 4, 4),
        LayerCase.of("batch norm of one row", BatchNorm1d::new, 1, 4).evaluated(),
        LayerCase.of(
            "batch norm in a net",
            () -> new Sequential(new Conv2d(4, 3).bias(false), new BatchNorm2d(), new ReLU()),
            2,
            2,
            6,
            5),
        LayerCase.of("standard scaler", () -> new StandardScaler().fit(samples(3)), 4, 3),
        LayerCase.of("range scaler", () -> new MinMaxScaler(-1, 1).fit(samples(2, 3)), 4, 2, 3),
        LayerCase.of("group norm of images", () -> new GroupNorm(2), 2, 4, 5, 3),
        LayerCase.of("group norm of rows", () -> new GroupNorm(3).eps(1e-3), 4, 6),
        LayerCase.of("instance norm", () -> new GroupNorm(4).affine(false), 2, 4, 6, 6),
        LayerCase.of("layer norm of rows", LayerNorm::new, 4, 9),
        LayerCase.of("layer norm of images", LayerNorm::new, 2, 3, 4, 2),
        LayerCase.of("layer norm of the last axis", () -> new LayerNorm(6).bias(false), 2, 3, 6),
        LayerCase.of(
            "layer norm without weights", () -> new LayerNorm().elementwiseAffine(false), 3, 7));
  }
}
