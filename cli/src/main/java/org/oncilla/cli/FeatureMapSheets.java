package org.oncilla.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.oncilla.cli.drawing.ColorScale;
import org.oncilla.cli.drawing.Tile;
import org.oncilla.cli.drawing.TileSheet;
import org.oncilla.nn.Activations;
import org.oncilla.nn.Module;
import org.oncilla.nn.NamedModule;
import org.oncilla.tensor.Scope;
import org.oncilla.tensor.Shape;
import org.oncilla.tensor.Tensor;

/**
 * What each layer makes of one sample: a tile for each feature map, or for each unit. A layer has
 * one scale of colours, from its smallest output to its largest. A layer that passes on what it
 * gets, as {@code Flatten} does, has no sheet of its own.
 */
final class FeatureMapSheets {
  /** More units than these are not numbered. */
  private static final int MOST_NUMBERED = 40;

  private FeatureMapSheets() {}

  /**
   * A sheet for each layer, in the order of computation.
   *
   * @param input one sample, [1, …]
   * @param sample what it is, for titles
   * @param classNames of the outputs
   */
  static Map<NamedModule, TileSheet> of(
      Module model, Tensor input, String sample, List<String> classNames) {
    Map<NamedModule, TileSheet> sheets = new LinkedHashMap<>();
    try (Scope scope = Scope.open()) {
      Map<String, Tensor> outputs = Activations.of(model, input);
      int remaining = outputs.size();
      float[] before = input.toFloatArray();
      for (NamedModule layer : model.namedModules()) {
        Tensor output = outputs.get(layer.path());
        if (output != null && !sheets.containsKey(layer)) {
          remaining--;
          float[] values = output.toFloatArray();
          if (!Arrays.equals(values, before)) {
            Shape shape = output.shape().without(0);
            List<String> names = remaining == 0 ? classNames : numbers(values.length);
            sheets.put(layer, sheet("Output of " + layer + " for " + sample, shape, values, names));
          }
          before = values;
        }
      }
    }
    return sheets;
  }

  private static List<String> numbers(int count) {
    return IntStream.range(0, count).mapToObj(Integer::toString).toList();
  }

  private static TileSheet sheet(String title, Shape shape, float[] values, List<String> names) {
    ColorScale scale = ColorScale.sequential(values);
    int maps = shape.rank() == 0 ? 1 : shape.size(0);
    int length = shape.length() / maps;
    if (length == 1) {
      return new TileSheet(title, maps + " units", scale, units(values, names, scale));
    }
    if (shape.rank() == 2) {
      Tile tile = Tile.of(values, 0, length, maps, scale);
      return new TileSheet(
          title,
          "%d channels by %d steps".formatted(maps, length),
          scale,
          List.of(new TileSheet.Group("", List.of(tile))));
    }
    int height = shape.size(1);
    int width = length / height;
    List<TileSheet.Group> groups = new ArrayList<>();
    for (int map = 0; map < maps; map++) {
      Tile tile = Tile.of(values, map * length, width, height, scale);
      groups.add(new TileSheet.Group(names.get(map), List.of(tile)));
    }
    return new TileSheet(
        title, "%d feature maps of %d\u00d7%d".formatted(maps, height, width), scale, groups);
  }

  private static List<TileSheet.Group> units(float[] values, List<String> names, ColorScale scale) {
    List<Tile> tiles =
        IntStream.range(0, values.length)
            .mapToObj(unit -> Tile.of(values, unit, 1, 1, scale))
            .toList();
    if (values.length > MOST_NUMBERED) {
      return List.of(new TileSheet.Group("", tiles));
    }
    return IntStream.range(0, values.length)
        .mapToObj(unit -> new TileSheet.Group(names.get(unit), List.of(tiles.get(unit))))
        .toList();
  }
}
