package org.oncilla.data;

import java.util.Objects;
import org.oncilla.tensor.Shape;

/**
 * Samples that are in memory: inputs are values, or indices such as the words of a text; targets
 * are class labels or values.
 */
public final class ArrayDataset implements Dataset {
  private static final String NAME = "ArrayDataset";

  private final Part inputs;
  private final Part targets;
  private final int classes;
  private final int size;

  private ArrayDataset(Part inputs, Part targets, int classes, int size) {
    this.inputs = inputs.checked("inputs", size);
    this.targets = targets.checked("targets", size);
    this.classes = classes;
    this.size = size;
  }

  /**
   * Samples with class labels.
   *
   * @param inputShape of one input
   * @param inputs sample after sample; not copied
   * @param labels the class of each sample
   * @param classes number of classes
   * @throws IllegalArgumentException if the numbers do not fit or a label is out of range
   */
  public static ArrayDataset ofLabels(Shape inputShape, float[] inputs, int[] labels, int classes) {
    return ofLabels(Part.of(inputShape, inputs), labels, classes);
  }

  /**
   * Samples of indices, such as the words of texts, with class labels. Whether the indices are in
   * range is for the layer to say that looks them up.
   *
   * @param inputShape of one input, such as [words]
   * @param indices sample after sample; not copied
   * @param labels the class of each sample
   * @param classes number of classes
   * @throws IllegalArgumentException if the numbers do not fit or a label is out of range
   */
  public static ArrayDataset ofLabels(Shape inputShape, int[] indices, int[] labels, int classes) {
    return ofLabels(Part.of(inputShape, indices), labels, classes);
  }

  private static ArrayDataset ofLabels(Part inputs, int[] labels, int classes) {
    int[] checked = Labels.checked(NAME, labels.clone(), classes);
    return new ArrayDataset(inputs, Part.of(Shape.SCALAR, checked), classes, labels.length);
  }

  /**
   * Samples with real targets.
   *
   * @param inputShape of one input
   * @param inputs sample after sample; not copied
   * @param targetShape of one target
   * @param targets sample after sample; not copied
   * @throws IllegalArgumentException if the numbers do not fit
   */
  public static ArrayDataset ofTargets(
      Shape inputShape, float[] inputs, Shape targetShape, float[] targets) {
    int size = inputs.length / inputShape.length();
    return new ArrayDataset(Part.of(inputShape, inputs), Part.of(targetShape, targets), 0, size);
  }

  /**
   * Samples of indices, such as the words of texts, with real targets.
   *
   * @param inputShape of one input, such as [words]
   * @param indices sample after sample; not copied
   * @param targetShape of one target
   * @param targets sample after sample; not copied
   * @throws IllegalArgumentException if the numbers do not fit
   */
  public static ArrayDataset ofTargets(
      Shape inputShape, int[] indices, Shape targetShape, float[] targets) {
    int size = indices.length / inputShape.length();
    return new ArrayDataset(Part.of(inputShape, indices), Part.of(targetShape, targets), 0, size);
  }

  /**
   * The inputs or the targets of all samples; one of the arrays is null.
   *
   * @param shape of one sample
   */
  private record Part(Shape shape, float[] values, int[] integers) {
    static Part of(Shape shape, float[] values) {
      return new Part(shape, values, null);
    }

    static Part of(Shape shape, int[] integers) {
      return new Part(shape, null, integers);
    }

    Part checked(String what, int samples) {
      int found = values != null ? values.length : integers.length;
      long expected = (long) samples * shape.length();
      if (samples == 0 || expected != found) {
        throw new IllegalArgumentException(
            NAME
                + ": "
                + samples
                + " samples with "
                + what
                + " of shape "
                + shape
                + " need "
                + expected
                + " values, not "
                + found
                + (samples == 0 ? "; give at least 1 sample" : ""));
      }
      return this;
    }

    /** Copies a sample to whichever array of a batch is there. */
    void copy(int index, float[] toValues, int[] toIntegers, int at) {
      Object from = values != null ? values : integers;
      Object to = values != null ? toValues : toIntegers;
      System.arraycopy(from, index * shape.length(), to, at, shape.length());
    }
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public Shape inputShape() {
    return inputs.shape();
  }

  @Override
  public boolean hasIndices() {
    return inputs.integers() != null;
  }

  @Override
  public Shape targetShape() {
    return targets.shape();
  }

  @Override
  public boolean hasLabels() {
    return targets.integers() != null;
  }

  @Override
  public int classes() {
    return classes;
  }

  @Override
  public void read(int index, HostBatch batch, int position) {
    Objects.checkIndex(index, size);
    inputs.copy(index, batch.inputs(), batch.indices(), batch.inputOffset(position));
    targets.copy(index, batch.targets(), batch.labels(), batch.targetOffset(position));
  }

  /** Number of samples, shape of an input, and classes or shape of a target. */
  @Override
  public String toString() {
    return DatasetView.describe(this);
  }
}
