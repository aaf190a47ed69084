package org.oncilla.data;

import java.util.Arrays;
import org.oncilla.tensor.Shape;

/** The values of one image within a batch, [channels, height, width], to be changed in place. */
public final class ImageValues {
  private final HostBatch batch;
  private final int offset;
  private final int channels;
  private final int height;
  private final int width;

  /**
   * A sample of a batch.
   *
   * @param shape of an input: [channels, height, width]
   * @param position of the sample within the batch
   */
  ImageValues(HostBatch batch, Shape shape, int position) {
    this.batch = batch;
    this.offset = batch.inputOffset(position);
    this.channels = shape.size(0);
    this.height = shape.size(1);
    this.width = shape.size(2);
  }

  /** Number of channels. */
  public int channels() {
    return channels;
  }

  /** Number of rows. */
  public int height() {
    return height;
  }

  /** Number of columns. */
  public int width() {
    return width;
  }

  /** Number of values: channels · height · width. */
  public int length() {
    return channels * height * width;
  }

  /** The values of the whole batch; this image's are {@link #length} from {@link #index} on. */
  public float[] values() {
    return batch.inputs();
  }

  /** Where in {@link #values} a value of this image is; rows and columns follow one another. */
  public int index(int channel, int row, int column) {
    return offset + (channel * height + row) * width + column;
  }

  /**
   * A copy of this image's values as they are now, from index 0 on; valid until the next call. It
   * may be longer than the image.
   */
  public float[] before() {
    float[] copy = batch.scratch(length());
    System.arraycopy(values(), offset, copy, 0, length());
    return copy;
  }

  /** The mean of all values. */
  public double mean() {
    double sum = 0;
    for (int i = offset; i < offset + length(); i++) {
      sum += values()[i];
    }
    return sum / length();
  }

  /** Sets a rectangle of every channel to one value; it must lie within the image. */
  public void fill(int top, int left, int rows, int columns, float value) {
    for (int channel = 0; channel < channels; channel++) {
      for (int row = top; row < top + rows; row++) {
        int start = index(channel, row, left);
        Arrays.fill(values(), start, start + columns, value);
      }
    }
  }
}
