package org.oncilla.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import org.oncilla.cli.drawing.TileSheet;
import org.oncilla.nn.Linear;
import org.oncilla.nn.Module;
import org.oncilla.nn.NamedModule;
import org.oncilla.nn.Parameter;
import org.oncilla.tensor.Shape;

/**
 * The filters of a model's convolutions: a group for each filter, in it a tile for each channel; of
 * a transposed convolution, whose weight begins with the input's channels, a group for each of
 * those. Where the first weights of a model are those of a linear layer that sees the pixels of an
 * image, a picture of each unit's weights. A layer has one scale of colours, white at 0, as far to
 * either side as its largest weight. Filters of the three colours of a picture are in colours:
 * mid-gray is 0.
 */
final class FilterSheets {
  private static final String CONVOLUTION = "Conv";
  private static final String WEIGHT = "weight";
  private static final int IMAGE_RANK = 3;
  private static final int COLORS = 3;

  private FilterSheets() {}

  /** A sheet for each layer whose weights are pictures; none for a model without. */
  static Map<NamedModule, TileSheet> of(Module model) {
    Map<NamedModule, TileSheet> sheets = new LinkedHashMap<>();
    Shape input = model.inputShape();
    boolean ofColors = input.rank() == IMAGE_RANK && input.size(0) == COLORS;
    boolean first = true;
    for (NamedModule layer : model.namedModules()) {
      String name = layer.path().isEmpty() ? WEIGHT : layer.path() + "." + WEIGHT;
      Parameter weight = model.parameters().find(name);
      if (weight == null) {
        continue;
      }
      Kernels kernels = kernels(layer, weight, input, first);
      if (kernels != null) {
        sheets.put(layer, kernels.sheet(layer, ofColors && first));
      }
      // Scales of a normalization ahead of it do not change what a layer's weights stand for.
      first &= weight.shape().rank() == 1;
    }
    return sheets;
  }

  /** Null where the weights of a layer are no pictures. */
  private static Kernels kernels(NamedModule layer, Parameter weight, Shape input, boolean first) {
    Shape shape = weight.shape();
    if (layer.type().contains(CONVOLUTION) && shape.rank() > 2) {
      return Kernels.ofConvolution(weight.value().toFloatArray(), shape);
    }
    boolean seesPixels =
        first
            && layer.module() instanceof Linear
            && input.rank() == IMAGE_RANK
            && shape.size(1) == input.length();
    return seesPixels
        ? Kernels.ofPixels(weight.value().toFloatArray(), shape.size(0), input)
        : null;
  }
}
