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
  private static final String FOLDED = "folded";
  private static final String NOTE =
      "\n" + FOLDED + ": computed with the activation that follows, where the output is seen\n";

  /** A column of the table. */
  private record Column(String title, ToDoubleFunction<LayerStatistics> value, String missing) {
    boolean isIn(List<LayerStatistics> layers) {
      return layers.stream().anyMatch(layer -> !Double.isNaN(value.applyAsDouble(layer)));
    }

    /** Four digits, with a power of ten where they would be far from the point. */
    String figure(LayerStatistics layer) {
      double number = value.applyAsDouble(layer);
      return String.format(
          FIGURE, Double.isNaN(number) ? missing : String.format(Locale.ROOT, "%.4g", number));
    }
  }

  private static final Column OUTPUT =
      new Column("output RMS", LayerStatistics::activationRms, FOLDED);
  private static final List<Column> COLUMNS =
      List.of(
          new Column("gradient norm", LayerStatistics::gradientNorm, ""),
          new Column("weight norm", LayerStatistics::weightNorm, ""),
          OUTPUT);

  /** Path and type, such as {@code 0 Conv2d}. */
  public String label() {
    return path.isEmpty() ? type : path + " " + type;
  }

  /** The label and the figures that the layer has. */
  @Override
  public String toString() {
    return label()
        + named("gradient norm", gradientNorm)
        + named("weight norm", weightNorm)
        + named("output RMS", activationRms);
  }

  private static String named(String name, double value) {
    return Double.isNaN(value) ? "" : String.format(Locale.ROOT, "  %s %.4g", name, value);
  }

  /**
   * A table with a line for each layer. A layer's gradients and weights are blank where it has
   * none, and its output where it is folded says so; a column that no layer has is left out.
   */
  public static String table(List<LayerStatistics> layers) {
    int width =
        layers.stream()
            .mapToInt(layer -> layer.label().length())
            .reduce("layer".length(), Math::max);
    String format = "%-" + width + "s";
    List<Column> columns = COLUMNS.stream().filter(column -> column.isIn(layers)).toList();
    String heading =
        columns.stream()
            .map(column -> String.format(FIGURE, column.title()))
            .collect(Collectors.joining("", String.format(format, "layer"), "\n"));
    boolean folded =
        columns.contains(OUTPUT)
            && layers.stream().anyMatch(layer -> Double.isNaN(layer.activationRms()));
    return layers.stream()
        .map(layer -> String.format(format, layer.label()) + layer.figures(columns))
        .map(String::stripTrailing)
        .collect(Collectors.joining("\n", heading, folded ? "\n" + NOTE : "\n"));
  }

  private String figures(List<Column> columns) {
    return columns.stream().map(column -> column.figure(this)).collect(Collectors.joining());
  }
}
