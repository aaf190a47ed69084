package org.oncilla.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.oncilla.cli.drawing.ColorScale;
import org.oncilla.cli.drawing.Texts;
import org.oncilla.cli.drawing.Tile;
import org.oncilla.cli.drawing.TileSheet;
import org.oncilla.nn.Module;
import org.oncilla.nn.NamedModule;
import org.oncilla.nn.Parameter;
import org.oncilla.tensor.Shape;

/**
 * The filters of a model's convolutions: a group for each filter, in it a tile for each channel. A
 * layer has one scale of colours, white at 0, as far to either side as its largest weight. Filters
 * of a picture's three colours are in colours: mid-gray is 0.
 */
final class FilterSheets {
  private static final String CONVOLUTION = "Conv";
  private static final String WEIGHT = ".weight";
  private static final int COLORS = 3;

  private FilterSheets() {}

  /** A sheet for each convolution; none for a model without. */
  static Map<NamedModule, TileSheet> of(Module model) {
    Map<NamedModule, TileSheet> sheets = new LinkedHashMap<>();
    for (NamedModule layer : model.namedModules()) {
      Parameter weight = model.parameters().find(layer.path() + WEIGHT);
      if (weight != null && layer.type().contains(CONVOLUTION) && weight.shape().rank() > 2) {
        boolean ofColors = sheets.isEmpty() && model.inputShape().size(0) == COLORS;
        sheets.put(layer, sheet(layer, weight.shape(), weight.value().toFloatArray(), ofColors));
      }
    }
    return sheets;
  }

  private static TileSheet sheet(
      NamedModule layer, Shape shape, float[] weights, boolean ofColors) {
    int channels = shape.size(1);
    // The kernel of a one-dimensional convolution is one row for each channel.
    boolean flat = shape.rank() == 3;
    int height = flat ? channels : shape.size(2);
    int width = shape.size(shape.rank() - 1);
    boolean inColors = ofColors && channels == COLORS && !flat;
    int tiles = flat || inColors ? 1 : channels;
    int length = shape.length() / shape.size(0) / tiles;
    ColorScale scale = ColorScale.diverging(weights);
    List<TileSheet.Group> groups = new ArrayList<>();
    for (int filter = 0; filter < shape.size(0); filter++) {
      int start = filter * tiles;
      groups.add(
          new TileSheet.Group(
              Integer.toString(filter),
              IntStream.range(start, start + tiles)
                  .mapToObj(
                      tile ->
                          inColors
                              ? Tile.ofColors(
                                  weights, tile * length, width, height, scale.min(), scale.max())
                              : Tile.of(weights, tile * length, width, height, scale))
                  .toList()));
    }
    String subtitle =
        "%d filters of %s".formatted(shape.size(0), kernels(channels, height, width, flat));
    return new TileSheet(
        "Filters of " + layer,
        inColors
            ? subtitle + " in colours; mid-gray is 0, the range \u00b1" + Texts.number(scale.max())
            : subtitle,
        inColors ? null : scale,
        groups);
  }

  private static String kernels(int channels, int height, int width, boolean flat) {
    String size = height + "\u00d7" + width;
    if (flat) {
      return size + " (channels by taps)";
    }
    return channels == 1 ? size : size + ", a tile for each of " + channels + " channels";
  }
}
