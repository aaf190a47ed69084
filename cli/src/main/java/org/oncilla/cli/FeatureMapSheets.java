package org.oncilla.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.oncilla.cli.drawing.BarChart;
import org.oncilla.cli.drawing.ColorScale;
import org.oncilla.cli.drawing.Drawing;
import org.oncilla.cli.drawing.Tile;
import org.oncilla.cli.drawing.TileSheet;
import org.oncilla.cli.drawing.UnitSheet;
import org.oncilla.nn.Activations;
import org.oncilla.nn.Module;
import org.oncilla.nn.NamedModule;
import org.oncilla.tensor.Scope;
import org.oncilla.tensor.Shape;
import org.oncilla.tensor.Tensor;

/**
 * What each layer makes of one sample: a tile for each feature map, or for each unit; of the last
 * layer, a bar for each class. A layer has one scale of colours: white at 0 where some of its
 * outputs are negative, otherwise from its smallest output to its largest. A layer that passes on
 * what it gets, as {@code Flatten} does, has no sheet of its own.
 */
final class FeatureMapSheets {
  private FeatureMapSheets() {}

  /**
   * A sheet for each layer, in the order of computation.
   *
   * @param input one sample, [1, …]
   * @param sample what it is, for titles
   * @param classNames of the outputs
   */
  static Map<NamedModule, Drawing> of(
      Module model, Tensor input, String sample, List<String> classNames) {
    Map<NamedModule, Drawing> sheets = new LinkedHashMap<>();
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
            String title = LayerTitle.of(layer, "output for " + sample);
            boolean answers = remaining == 0 && values.length == classNames.size();
            sheets.put(
                layer,
                answers ? new BarChart(title, values, classNames) : sheet(title, shape, values));
          }
          before = values;
        }
      }
    }
    return sheets;
  }

  private static Drawing sheet(String title, Shape shape, float[] values) {
    ColorScale scale = ColorScale.of(values);
    int maps = shape.rank() == 0 ? 1 : shape.size(0);
    int length = shape.length() / maps;
    if (length == 1) {
      return new UnitSheet(title, scale, values);
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
      groups.add(new TileSheet.Group(Integer.toString(map), List.of(tile)));
    }
    return new TileSheet(
        title, "%d feature maps of %d\u00d7%d".formatted(maps, height, width), scale, groups);
  }
}
