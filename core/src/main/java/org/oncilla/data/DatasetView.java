package org.oncilla.data;

import org.oncilla.tensor.Shape;

/** Another data set's samples, seen in another order or in part. */
abstract class DatasetView implements Dataset {
  final Dataset samples;

  DatasetView(Dataset samples) {
    this.samples = samples;
  }

  /** What this view makes of those samples, as it is called: {@code shuffled(42)}. */
  abstract String call();

  @Override
  public final String toString() {
    return samples + "." + call();
  }

  /** Class, number of samples and shapes of a data set that is no view. */
  static String describe(Dataset dataset) {
    String inputs = dataset.hasIndices() ? " samples of indices " : " samples of ";
    String targets =
        dataset.hasLabels() ? dataset.classes() + " classes" : "targets " + dataset.targetShape();
    return dataset.getClass().getSimpleName()
        + "("
        + dataset.size()
        + inputs
        + dataset.inputShape()
        + ", "
        + targets
        + ")";
  }

  @Override
  public int size() {
    return samples.size();
  }

  @Override
  public Shape inputShape() {
    return samples.inputShape();
  }

  @Override
  public boolean hasIndices() {
    return samples.hasIndices();
  }

  @Override
  public Shape targetShape() {
    return samples.targetShape();
  }

  @Override
  public boolean hasLabels() {
    return samples.hasLabels();
  }

  @Override
  public int classes() {
    return samples.classes();
  }

  /** The order of those samples, so that a view of shuffled ones is shuffled. */
  @Override
  public int[] order(int epoch) {
    return samples.order(epoch);
  }

  @Override
  public void read(int index, HostBatch batch, int position) {
    samples.read(index, batch, position);
  }
}
