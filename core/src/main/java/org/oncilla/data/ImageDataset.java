package org.oncilla.data;

import java.util.Arrays;
import java.util.Objects;
import org.oncilla.tensor.Shape;

/**
 * Labelled images, kept as one byte per pixel and normalized when they are read, so that a data set
 * takes a quarter of the memory that floats would. Immutable.
 */
public final class ImageDataset implements Dataset {
  private static final String NAME = "ImageDataset";

  private final Shape shape;
  private final byte[] pixels;
  private final int offset;
  private final int[] labels;
  private final int classes;
  private final Normalization normalization;
  private final String source;

  private ImageDataset(
      Shape shape,
      byte[] pixels,
      int offset,
      int[] labels,
      int classes,
      Normalization normalization,
      String source) {
    this.shape = shape;
    this.pixels = pixels;
    this.offset = offset;
    this.labels = labels;
    this.classes = classes;
    this.normalization = normalization;
    this.source = source;
  }

  /**
   * A data set of images whose pixels are scaled to [0, 1]; see {@link #normalized}.
   *
   * @param shape of one image: [channels, height, width]
   * @param pixels unsigned bytes, image after image; not copied
   * @param labels the class of each image
   * @param classes number of classes
   * @throws IllegalArgumentException if the numbers do not fit or a label is out of range
   */
  public static ImageDataset of(Shape shape, byte[] pixels, int[] labels, int classes) {
    checkShape(shape);
    if (labels.length == 0 || (long) shape.length() * labels.length != pixels.length) {
      throw new IllegalArgumentException(
          NAME
              + ": "
              + labels.length
              + " images of shape "
              + shape
              + " need "
              + (long) shape.length() * labels.length
              + " pixels, not "
              + pixels.length
              + (labels.length == 0 ? "; give at least 1 image" : ""));
    }
    int[] checked = Labels.checked(NAME, labels.clone(), classes);
    return new ImageDataset(shape, pixels, 0, checked, classes, Normalization.UNIT, "memory");
  }

  /**
   * The images and labels of two IDX files, such as a data set in the format of MNIST.
   *
   * @param images [count, height, width], or [count, channels, height, width]
   * @param labels [count]
   * @param classes number of classes
   * @throws DataException if the files do not go together or a label is out of range
   */
  public static ImageDataset ofIdx(IdxFile images, IdxFile labels, int classes) {
    int[] sizes = images.dimensions();
    if (sizes.length != 3 && sizes.length != 4) {
      throw new DataException(
          images.name()
              + ": expected images of dimensions [count, height, width] but found "
              + Arrays.toString(sizes));
    }
    if (!Arrays.equals(labels.dimensions(), new int[] {sizes[0]})) {
      throw new DataException(
          labels.name()
              + ": expected labels of dimensions ["
              + sizes[0]
              + "] for the images of "
              + images.name()
              + " but found "
              + Arrays.toString(labels.dimensions()));
    }
    Shape shape =
        sizes.length == 3
            ? Shape.of(1, sizes[1], sizes[2])
            : Shape.of(sizes[1], sizes[2], sizes[3]);
    int[] checked = labelsOf(labels, sizes[0], classes);
    return new ImageDataset(
        shape,
        images.contents(),
        images.offset(),
        checked,
        classes,
        Normalization.UNIT,
        images.name());
  }

  private static int[] labelsOf(IdxFile labels, int count, int classes) {
    try {
      return Labels.ofBytes(labels.name(), labels.contents(), labels.offset(), count, classes);
    } catch (IllegalArgumentException e) {
      throw new DataException(e.getMessage(), e);
    }
  }

  private static void checkShape(Shape shape) {
    if (shape.rank() != 3) {
      throw new IllegalArgumentException(
          NAME + ": an image has the shape [channels, height, width], not " + shape);
    }
  }

  /**
   * The same images, normalized otherwise when they are read.
   *
   * @throws IllegalArgumentException if it is for another number of channels
   */
  public ImageDataset normalized(Normalization other) {
    if (!other.fits(shape.size(0))) {
      throw new IllegalArgumentException(
          NAME
              + ": a normalization of "
              + other.channels()
              + " channels does not fit images of shape "
              + shape);
    }
    return new ImageDataset(shape, pixels, offset, labels, classes, other, source);
  }

  /** The same images, said to come from somewhere. */
  public ImageDataset from(String otherSource) {
    return new ImageDataset(shape, pixels, offset, labels, classes, normalization, otherSource);
  }

  /** What is done to pixels when they are read. */
  public Normalization normalization() {
    return normalization;
  }

  /** Where the images came from, for reports. */
  public String source() {
    return source;
  }

  /** The class of an image. */
  public int label(int index) {
    return labels[index];
  }

  /** A copy of the pixels of an image, one unsigned byte each, in the order of its shape. */
  public byte[] pixels(int index) {
    int start = start(index);
    return Arrays.copyOfRange(pixels, start, start + shape.length());
  }

  private int start(int index) {
    return offset + Objects.checkIndex(index, labels.length) * shape.length();
  }

  @Override
  public int size() {
    return labels.length;
  }

  @Override
  public Shape inputShape() {
    return shape;
  }

  @Override
  public Shape targetShape() {
    return Shape.SCALAR;
  }

  @Override
  public boolean hasLabels() {
    return true;
  }

  @Override
  public int classes() {
    return classes;
  }

  @Override
  public void read(int index, HostBatch batch, int position) {
    int from = start(index);
    int to = batch.inputOffset(position);
    float[] inputs = batch.inputs();
    int channels = shape.size(0);
    int plane = shape.length() / channels;
    for (int channel = 0; channel < channels; channel++) {
      float[] table = normalization.table(channel);
      for (int i = 0; i < plane; i++) {
        inputs[to++] = table[pixels[from++] & 0xFF];
      }
    }
    batch.labels()[batch.targetOffset(position)] = labels[index];
  }

  /** Number of samples, shape of an input, and classes or shape of a target. */
  @Override
  public String toString() {
    return DatasetView.describe(this);
  }
}
