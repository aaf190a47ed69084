package org.oncilla.cli;

import java.util.Comparator;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.oncilla.cli.drawing.ColorScale;
import org.oncilla.cli.drawing.Texts;
import org.oncilla.cli.drawing.Tile;
import org.oncilla.cli.drawing.TileSheet;
import org.oncilla.nn.ConvTranspose2d;
import org.oncilla.nn.Linear;
import org.oncilla.nn.NamedModule;
import org.oncilla.tensor.Shape;

/**
 * A layer's weights as pictures.
 *
 * @param values filter after filter, in it channel after channel, in it row after row
 * @param filters how many there are
 * @param channels of a filter
 * @param height of a channel
 * @param width of a channel
 * @param flat whether rows are the channels, as those of a one-dimensional convolution are drawn
 */
record Kernels(float[] values, int filters, int channels, int height, int width, boolean flat) {
  private static final int COLORS = 3;

  /** More tiles than these are not legible together: then the strongest are shown. */
  private static final int MOST_TILES = 2048;

  private static final int STRONGEST_CHANNELS = 16;
  private static final int STRONGEST_TILES = 256;

  /** Nor are more pixels than those of 64 images of MNIST. */
  private static final int MOST_PIXELS = 64 * 28 * 28;

  /** The kernels of a convolution of one or two dimensions. */
  static Kernels ofConvolution(float[] values, Shape shape) {
    // The kernel of a one-dimensional convolution is one row for each channel.
    return shape.rank() == 3
        ? new Kernels(values, shape.size(0), 1, shape.size(1), shape.size(2), true)
        : new Kernels(values, shape.size(0), shape.size(1), shape.size(2), shape.size(3), false);
  }

  /**
   * The weights that units give the pixels of an image.
   *
   * @param image [channels, height, width]
   */
  static Kernels ofPixels(float[] values, int units, Shape image) {
    return new Kernels(values, units, image.size(0), image.size(1), image.size(2), false);
  }

  /**
   * A group for each filter, in it a tile for each channel.
   *
   * @param ofColors whether the layer sees an image's red, green and blue, so that a filter can be
   *     drawn in colours
   */
  TileSheet sheet(NamedModule layer, boolean ofColors) {
    boolean inColors = ofColors && channels == COLORS && !flat;
    int tiles = inColors ? 1 : channels;
    int shownTiles = tooMany(tiles) ? Math.min(tiles, STRONGEST_CHANNELS) : tiles;
    int shown = tooMany(tiles) ? Math.min(filters, fitting(shownTiles)) : filters;
    int length = height * width * channels / tiles;
    ColorScale scale = ColorScale.diverging(values);
    IntFunction<Tile> tile =
        inColors
            ? at -> Tile.ofColors(values, at * length, width, height, scale.min(), scale.max())
            : at -> Tile.of(values, at * length, width, height, scale);
    List<TileSheet.Group> groups =
        strongest(0, filters, shown, tiles * length).stream()
            .map(
                filter ->
                    new TileSheet.Group(
                        Integer.toString(filter),
                        strongest(filter * tiles, tiles, shownTiles, length).stream()
                            .map(tile::apply)
                            .toList()))
            .toList();
    String title = LayerTitle.of(layer, layer.module() instanceof Linear ? "weights" : "filters");
    String selection = selection(layer, shown, shownTiles < tiles ? shownTiles : 0);
    return inColors
        ? new TileSheet(title, inColors(scale, layer) + selection, null, groups)
        : new TileSheet(title, words(layer) + selection, scale, groups);
  }

  private boolean tooMany(int tiles) {
    return filters * tiles > MOST_TILES || (long) filters * tiles * height * width > MOST_PIXELS;
  }

  private int fitting(int tiles) {
    int pixels = tiles * height * width;
    return Math.max(1, Math.min(STRONGEST_TILES / tiles, MOST_PIXELS / pixels));
  }

  /** All in order; or the some of the largest norms, the strongest first. */
  private List<Integer> strongest(int first, int count, int shown, int length) {
    IntStream all = IntStream.range(first, first + count);
    return shown == count
        ? all.boxed().toList()
        : all.boxed()
            .sorted(Comparator.comparingDouble(at -> -squares(at * length, length)))
            .limit(shown)
            .toList();
  }

  private double squares(int offset, int length) {
    double sum = 0;
    for (int i = offset; i < offset + length; i++) {
      sum += (double) values[i] * values[i];
    }
    return sum;
  }

  private String inColors(ColorScale scale, NamedModule layer) {
    return "%d %s of %s in colours; mid-gray is 0, the range \u00b1%s"
        .formatted(filters, noun(layer), size(), Texts.number(scale.max()));
  }

  private String words(NamedModule layer) {
    if (layer.module() instanceof ConvTranspose2d) {
      return "for each of %d input channels, a tile of %s for each of %d filters"
          .formatted(filters, size(), channels);
    }
    return "%d %s of %s".formatted(filters, noun(layer), size())
        + (flat ? " (channels by taps)" : "")
        + (channels == 1 ? "" : ", a tile for each of " + channels + " channels");
  }

  private String selection(NamedModule layer, int shown, int channelsShown) {
    if (shown == filters && channelsShown == 0) {
      return "";
    }
    String channelsToo = layer.module() instanceof ConvTranspose2d ? "filters" : "channels";
    return "; shown are those of the largest norms, the largest first: "
        + shown
        + " of "
        + filters
        + (channelsShown == 0
            ? ""
            : ", in each %d of %d %s".formatted(channelsShown, channels, channelsToo));
  }

  private String size() {
    return height + "\u00d7" + width;
  }

  private static String noun(NamedModule layer) {
    return layer.module() instanceof Linear ? "units, the weights of each a picture" : "filters";
  }
}
