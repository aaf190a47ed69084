package org.oncilla.data;

/**
 * Linear maps of an image about its center, with bilinear interpolation between pixels and zeros
 * beyond the image's edge. The pixel (row, column) of the result is taken from
 *
 * <pre>
 *   column' = a·(column − c) − b·(row − r) + c
 *   row'    = b·(column − c) + a·(row − r) + r
 * </pre>
 *
 * around the center r = (height − 1) / 2, c = (width − 1) / 2.
 */
final class Resampling {
  private final ImageValues image;
  private final float[] before;

  private Resampling(ImageValues image) {
    this.image = image;
    this.before = image.before();
  }

  static void apply(ImageValues image, double a, double b) {
    Resampling resampling = new Resampling(image);
    double centerRow = (image.height() - 1) / 2.0;
    double centerColumn = (image.width() - 1) / 2.0;
    for (int row = 0; row < image.height(); row++) {
      double y = row - centerRow;
      for (int column = 0; column < image.width(); column++) {
        double x = column - centerColumn;
        resampling.take(b * x + a * y + centerRow, a * x - b * y + centerColumn, row, column);
      }
    }
  }

  private void take(double fromRow, double fromColumn, int row, int column) {
    int top = (int) Math.floor(fromRow);
    int left = (int) Math.floor(fromColumn);
    double down = fromRow - top;
    double right = fromColumn - left;
    float[] values = image.values();
    for (int channel = 0; channel < image.channels(); channel++) {
      double upper =
          (1 - right) * value(channel, top, left) + right * value(channel, top, left + 1);
      double lower =
          (1 - right) * value(channel, top + 1, left) + right * value(channel, top + 1, left + 1);
      values[image.index(channel, row, column)] = (float) ((1 - down) * upper + down * lower);
    }
  }

  private float value(int channel, int row, int column) {
    boolean inside = row >= 0 && row < image.height() && column >= 0 && column < image.width();
    return inside ? before[(channel * image.height() + row) * image.width() + column] : 0;
  }
}
