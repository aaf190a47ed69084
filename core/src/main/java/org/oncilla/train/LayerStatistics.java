package org.oncilla.train;

import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/**
 * How large a layer's gradients, weights and outputs are: gradients that shrink from the last layer
 * to the first vanish, those that grow explode.
 *
 * @param path of the layer, such as {@code 0}; empty for the outermost module
 * @param type its class
 * @param gradientNorm mean over the steps of the Euclidean norm of the gradient of all of the
 *     layer's own weights, that of penalties included, before clipping; NaN for a layer without
 *     weights, or where there was no step
 * @param weightNorm the Euclidean norm of the layer's own weights at the end; NaN without weights
 * @param activationRms the root of the mean square of all elements of the layer's outputs; NaN for
 *     a layer whose output is not seen, because an activation is folded into it: the activation has
 *     it then
 */
public record LayerStatistics(
    String path, String type, double gradientNorm, double weightNorm, double activationRms) {
  private static final String FIGURE = "  %13s";

  /** Path and type, such as {@code 0 Conv2d}. */
  public String label() {
    return path.isEmpty() ? type : path + " " + type;
  }

  /** A table with a line for each layer; what a layer does not have is left blank. */
  public static String table(List<LayerStatistics> layers) {
    int width =
        layers.stream()
            .mapToInt(layer -> layer.label().length())
            .reduce("layer".length(), Math::max);
    String format = "%-" + width + "s";
    String heading =
        String.format(
            format + FIGURE.repeat(3), "layer", "gradient norm", "weight norm", "output RMS");
    return layers.stream()
        .map(
            layer ->
                String.format(format, layer.label())
                    + layer.figure(LayerStatistics::gradientNorm)
                    + layer.figure(LayerStatistics::weightNorm)
                    + layer.figure(LayerStatistics::activationRms))
        .map(String::stripTrailing)
        .collect(Collectors.joining("\n", heading + "\n", "\n"));
  }

  /** Four digits, for magnitudes of layers differ by powers of ten. */
  private String figure(ToDoubleFunction<LayerStatistics> column) {
    double value = column.applyAsDouble(this);
    return String.format(
        FIGURE, Double.isNaN(value) ? "" : String.format(Locale.ROOT, "%.3e", value));
  }
}
