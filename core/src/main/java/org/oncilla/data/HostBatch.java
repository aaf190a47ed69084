package org.oncilla.data;

/**
 * Room for the samples of one batch on the host, filled by {@link Dataset#read} and then uploaded.
 * Reused from batch to batch.
 */
public final class HostBatch {
  private final int capacity;
  private final int inputLength;
  private final int targetLength;
  private final float[] inputs;
  private final int[] labels;
  private final float[] targets;
  private int size;

  /** Room for {@code capacity} samples of a data set. */
  public HostBatch(Dataset dataset, int capacity) {
    this.capacity = capacity;
    this.inputLength = dataset.inputShape().length();
    this.targetLength = dataset.targetShape().length();
    this.inputs = new float[Math.multiplyExact(capacity, inputLength)];
    int targetsLength = Math.multiplyExact(capacity, targetLength);
    this.labels = dataset.hasLabels() ? new int[targetsLength] : null;
    this.targets = dataset.hasLabels() ? null : new float[targetsLength];
  }

  /** Largest number of samples. */
  public int capacity() {
    return capacity;
  }

  /** Number of samples held. */
  public int size() {
    return size;
  }

  /** Sets the number of samples held. */
  public void resize(int samples) {
    if (samples < 0 || samples > capacity) {
      throw new IllegalArgumentException(
          "a batch with room for " + capacity + " samples cannot hold " + samples);
    }
    size = samples;
  }

  /** The input values, sample after sample. */
  public float[] inputs() {
    return inputs;
  }

  /** The class labels, sample after sample; null where targets are values. */
  public int[] labels() {
    return labels;
  }

  /** The target values, sample after sample; null where targets are labels. */
  public float[] targets() {
    return targets;
  }

  /** Index of the first input value of a sample. */
  public int inputOffset(int sample) {
    return sample * inputLength;
  }

  /** Index of the first label or target value of a sample. */
  public int targetOffset(int sample) {
    return sample * targetLength;
  }
}
