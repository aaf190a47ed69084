package org.oncilla.nn;

import java.util.List;
import org.oncilla.tensor.Shape;

/**
 * A model's table of layers.
 *
 * @param layers in the order of computation
 */
public record Summary(List<Layer> layers) {
  private static final String TOTAL = "total";
  private static final String BUFFERS = "buffers";

  /**
   * A line of the table.
   *
   * @param name the path of the layer, such as {@code 0}
   * @param type its class
   * @param output shape of one sample's output
   * @param parameters number of weights
   * @param buffers number of values that are saved but not learned
   */
  public record Layer(String name, String type, Shape output, int parameters, int buffers) {
    private String label() {
      return name.isEmpty() ? type : name + " " + type;
    }
  }

  /** Number of weights of all layers. */
  public int parameters() {
    return layers.stream().mapToInt(Layer::parameters).reduce(0, Math::addExact);
  }

  /** Number of values of all layers that are saved but not learned. */
  public int buffers() {
    return layers.stream().mapToInt(Layer::buffers).reduce(0, Math::addExact);
  }

  /**
   * The table as text: layer, output shape with the batch axis as N, parameters; and the number of
   * buffers' values, where there are any.
   */
  @Override
  public String toString() {
    int first = Math.max(BUFFERS.length(), width(Layer::label));
    int second = Math.max("output".length(), width(layer -> Samples.batchOf(layer.output())));
    String row = "%-" + first + "s  %-" + second + "s  %,12d%n";
    String heading =
        String.format(
            "%-" + first + "s  %-" + second + "s  %12s%n", "layer", "output", "parameters");
    StringBuilder table = new StringBuilder(heading);
    for (Layer layer : layers) {
      table.append(
          String.format(
              java.util.Locale.ROOT,
              row,
              layer.label(),
              Samples.batchOf(layer.output()),
              layer.parameters()));
    }
    table.append(String.format(java.util.Locale.ROOT, row, TOTAL, "", parameters()));
    if (buffers() > 0) {
      table.append(String.format(java.util.Locale.ROOT, row, BUFFERS, "", buffers()));
    }
    return table.toString();
  }

  private int width(java.util.function.Function<Layer, String> column) {
    return layers.stream().mapToInt(layer -> column.apply(layer).length()).max().orElse(0);
  }
}
