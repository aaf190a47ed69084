package org.oncilla.cli;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.oncilla.cli.drawing.ColorMap;
import org.oncilla.cli.drawing.ColorScale;
import org.oncilla.cli.drawing.Tile;
import org.oncilla.cli.drawing.TileSheet;
import org.oncilla.data.ImageDataset;
import org.oncilla.tensor.Shape;

/**
 * A test image that is looked at.
 *
 * @param index among the test images
 * @param label its class
 * @param shape [channels, height, width]
 * @param pixels 0 … 255, channel after channel
 * @param classNames a label is an index into them
 */
record InspectedImage(int index, int label, Shape shape, float[] pixels, List<String> classNames) {
  private static final int SHOWN = 3;
  private static final int COLORS = 3;
  private static final int BYTE = 0xFF;

  static InspectedImage of(ImageDataset images, int index, List<String> classNames) {
    byte[] bytes = images.pixels(index);
    float[] pixels = new float[bytes.length];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = bytes[i] & BYTE;
    }
    return new InspectedImage(index, images.label(index), images.inputShape(), pixels, classNames);
  }

  /** Such as "test image 17, a 4". */
  String title() {
    return "test image " + index + " (" + classNames.get(label) + ")";
  }

  /** What the model says of it, the most likely classes first. */
  String answer(float[] probabilities) {
    return "the model says "
        + IntStream.range(0, probabilities.length)
            .boxed()
            .sorted(Comparator.comparingDouble(label -> -probabilities[label]))
            .limit(SHOWN)
            .map(
                label ->
                    String.format(
                        Locale.ROOT, "%s (%.4f)", classNames.get(label), probabilities[label]))
            .collect(Collectors.joining(", "));
  }

  /** The image itself, in its colours; other channels than gray or red, green, blue one by one. */
  TileSheet sheet(String answer) {
    int height = shape.size(1);
    int width = shape.size(2);
    ColorScale gray = new ColorScale(ColorMap.GRAY, 0, BYTE);
    List<TileSheet.Group> groups =
        shape.size(0) == COLORS
            ? List.of(group("", Tile.ofColors(pixels, 0, width, height, 0, BYTE)))
            : IntStream.range(0, shape.size(0))
                .mapToObj(
                    channel ->
                        group(
                            shape.size(0) == 1 ? "" : Integer.toString(channel),
                            Tile.of(pixels, channel * width * height, width, height, gray)))
                .toList();
    String title = title();
    return new TileSheet("T" + title.substring(1), answer, null, groups);
  }

  private static TileSheet.Group group(String caption, Tile tile) {
    return new TileSheet.Group(caption, List.of(tile));
  }
}
