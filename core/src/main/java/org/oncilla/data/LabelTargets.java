package org.oncilla.data;

import java.util.function.IntFunction;
import org.oncilla.tensor.Shape;

/** Another data set's samples with real targets in place of their class labels. */
final class LabelTargets extends DatasetView {
  private final float[][] targets;

  LabelTargets(Dataset samples, IntFunction<float[]> targetOfLabel) {
    super(samples);
    if (!samples.hasLabels() || samples.targetShape().rank() != 0) {
      throw new IllegalArgumentException(
          "withTargets: the samples need one class label each, but their targets are "
              + (samples.hasLabels() ? "labels" : "values")
              + " of shape "
              + samples.targetShape());
    }
    targets = new float[samples.classes()][];
    for (int label = 0; label < targets.length; label++) {
      targets[label] = targetOfLabel.apply(label).clone();
      if (targets[label].length == 0 || targets[label].length != targets[0].length) {
        throw new IllegalArgumentException(
            "withTargets: every label needs a target of the same length, at least 1, but label "
                + label
                + " has "
                + targets[label].length
                + " values and label 0 has "
                + targets[0].length);
      }
    }
  }

  @Override
  public Shape targetShape() {
    return Shape.of(targets[0].length);
  }

  @Override
  public boolean hasLabels() {
    return false;
  }

  @Override
  public int classes() {
    return 0;
  }

  @Override
  public void read(int index, HostBatch batch, int position) {
    HostBatch labelled = batch.sharingInputs(samples);
    samples.read(index, labelled, position);
    float[] target = targets[labelled.labels()[labelled.targetOffset(position)]];
    System.arraycopy(target, 0, batch.targets(), batch.targetOffset(position), target.length);
  }

  @Override
  String call() {
    return "withTargets(" + targetShape() + ")";
  }
}
