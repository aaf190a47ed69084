package org.oncilla.data;

import java.util.Objects;
import org.oncilla.tensor.Shape;

/** Samples that are in memory as floats, with class labels or with real values as targets. */
public final class ArrayDataset implements Dataset {
  private static final String NAME = "ArrayDataset";

  private final Shape inputShape;
  private final float[] inputs;
  private final Shape targetShape;
  private final int[] labels;
  private final float[] targets;
  private final int classes;
  private final int size;

  private ArrayDataset(
      Shape inputShape,
      float[] inputs,
      Shape targetShape,
      int[] labels,
      float[] targets,
      int classes,
      int size) {
    this.inputShape = inputShape;
    this.inputs = inputs;
    this.targetShape = targetShape;
    this.labels = labels;
    this.targets = targets;
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
    checkLength("inputs", labels.length, inputShape, inputs.length);
    int[] checked = Labels.checked(NAME, labels.clone(), classes);
    return new ArrayDataset(
        inputShape, inputs, Shape.SCALAR, checked, null, classes, labels.length);
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
    checkLength("inputs", size, inputShape, inputs.length);
    checkLength("targets", size, targetShape, targets.length);
    return new ArrayDataset(inputShape, inputs, targetShape, null, targets, 0, size);
  }

  private static void checkLength(String what, int samples, Shape shape, int found) {
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
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public Shape inputShape() {
    return inputShape;
  }

  @Override
  public Shape targetShape() {
    return targetShape;
  }

  @Override
  public boolean hasLabels() {
    return labels != null;
  }

  @Override
  public int classes() {
    return classes;
  }

  @Override
  public void read(int index, HostBatch batch, int position) {
    Objects.checkIndex(index, size);
    copy(inputs, index, inputShape.length(), batch.inputs(), batch.inputOffset(position));
    int to = batch.targetOffset(position);
    if (labels != null) {
      batch.labels()[to] = labels[index];
    } else {
      copy(targets, index, targetShape.length(), batch.targets(), to);
    }
  }

  private static void copy(float[] values, int index, int length, float[] into, int to) {
    System.arraycopy(values, index * length, into, to, length);
  }
}
