package org.oncilla.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.oncilla.cli.drawing.ColorScale;
import org.oncilla.cli.drawing.Texts;
import org.oncilla.cli.drawing.Tile;
import org.oncilla.cli.drawing.TileSheet;
import org.oncilla.nn.ConvTranspose2d;
import org.oncilla.nn.Module;
import org.oncilla.nn.NamedModule;
import org.oncilla.nn.Parameter;
import org.oncilla.tensor.Shape;

/**
 * The filters of a model's convolutions: a group for each filter, in it a tile for each channel; of
 * a transposed convolution, whose weight begins with the input's channels, a group for each of
 * those. A layer has one scale of colours, white at 0, as far to either side as its largest weight.
 * Filters of the three colours of a picture are in colours: mid-gray is 0. Of a layer with very
 * many kernels the first filters are shown.
 */
final class FilterSheets {
  private static final String CONVOLUTION = "Conv";
  private static final String WEIGHT = "weight";
  private static final int COLORS = 3;

  /** Of layers with more kernels than are legible together, the first filters are shown. */
  private static final int MOST_TILES = 2048;

  private static final int FEWEST_FILTERS = 16;

  private FilterSheets() {}

  /** A sheet for each convolution; none for a model without. */
  static Map<NamedModule, TileSheet> of(Module model) {
    Map<NamedModule, TileSheet> sheets = new LinkedHashMap<>();
    Shape input = model.inputShape();
    boolean ofColors = input.rank() == 3 && input.size(0) == COLORS;
    for (NamedModule layer : model.namedModules()) {
      String name = layer.path().isEmpty() ? WEIGHT : layer.path() + "." + WEIGHT;
      Parameter weight = model.parameters().find(name);
      if (weight != null && layer.type().contains(CONVOLUTION) && weight.shape().rank() > 2) {
        sheets.put(layer, sheet(layer, weight, ofColors && sheets.isEmpty()));
      }
    }
    return sheets;
  }

  private static TileSheet sheet(NamedModule layer, Parameter weight, boolean ofColors) {
    Shape shape = weight.shape();
    float[] values = weight.value().toFloatArray();
    int channels = shape.size(1);
    // The kernel of a one-dimensional convolution is one row for each channel.
    boolean flat = shape.rank() == 3;
    boolean inColors = ofColors && channels == COLORS && !flat;
    int tiles = flat || inColors ? 1 : channels;
    int height = flat ? channels : shape.size(2);
    int width = shape.size(shape.rank() - 1);
    int length = values.length / shape.size(0) / tiles;
    ColorScale scale = ColorScale.diverging(values);
    IntFunction<Tile> tile =
        inColors
            ? at -> Tile.ofColors(values, at * length, width, height, scale.min(), scale.max())
            : at -> Tile.of(values, at * length, width, height, scale);
    List<TileSheet.Group> groups = new ArrayList<>();
    int shown = Math.min(shape.size(0), Math.max(FEWEST_FILTERS, MOST_TILES / tiles));
    for (int filter = 0; filter < shown; filter++) {
      groups.add(
          new TileSheet.Group(
              Integer.toString(filter),
              IntStream.range(filter * tiles, (filter + 1) * tiles).mapToObj(tile).toList()));
    }
    String size = height + "\u00d7" + width;
    return new TileSheet(
        "Filters of "
            + layer
            + (shown < shape.size(0) ? ", the first " + shown + " of " + shape.size(0) : ""),
        inColors
            ? "%d filters of %s in colours; mid-gray is 0, the range \u00b1%s"
                .formatted(shape.size(0), size, Texts.number(scale.max()))
            : words(layer, shape, size),
        inColors ? null : scale,
        groups);
  }

  private static String words(NamedModule layer, Shape shape, String size) {
    int first = shape.size(0);
    int second = shape.size(1);
    if (layer.module() instanceof ConvTranspose2d) {
      return "for each of %d input channels, a tile of %s for each of %d filters"
          .formatted(first, size, second);
    }
    if (shape.rank() == 3) {
      return "%d filters of %s (channels by taps)".formatted(first, size);
    }
    return "%d filters of %s".formatted(first, size)
        + (second == 1 ? "" : ", a tile for each of " + second + " channels");
  }
}
