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
  private final int[] indices;
  private final int[] labels;
  private final float[] targets;
  private int size;
  private int epoch;
  private float[] scratch = {};
  private Dataset partsOf;
  private HostBatch part;
  private HostBatch sharing;

  /** Room for {@code capacity} samples of a data set. */
  public HostBatch(Dataset dataset, int capacity) {
    this(dataset, capacity, null);
  }

  /** With inputs of its own, unless they are another batch's. */
  private HostBatch(Dataset dataset, int capacity, HostBatch owner) {
    this.capacity = capacity;
    this.inputLength = dataset.inputShape().length();
    this.targetLength = dataset.targetShape().length();
    if (owner != null) {
      this.inputs = owner.inputs;
      this.indices = owner.indices;
    } else {
      int inputsLength = Math.multiplyExact(capacity, inputLength);
      this.inputs = dataset.hasIndices() ? null : new float[inputsLength];
      this.indices = dataset.hasIndices() ? new int[inputsLength] : null;
    }
    int targetsLength = Math.multiplyExact(capacity, targetLength);
    this.labels = dataset.hasLabels() ? new int[targetsLength] : null;
    this.targets = dataset.hasLabels() ? null : new float[targetsLength];
  }

  /**
   * Room for as many samples of another data set with inputs of the same shape, kept in the same
   * array, and targets of its own: for a view that changes the targets.
   */
  HostBatch sharingInputs(Dataset dataset) {
    if (sharing == null) {
      sharing = new HostBatch(dataset, capacity, this);
    }
    sharing.epoch = epoch;
    return sharing;
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

  /** The epoch that the samples are read for, counted from 0; decides how they are augmented. */
  public int epoch() {
    return epoch;
  }

  /**
   * Says which epoch the samples are read for; the first one unless said.
   *
   * @param counted from 0
   * @throws IllegalArgumentException if it is negative
   */
  public void beginEpoch(int counted) {
    if (counted < 0) {
      throw new IllegalArgumentException("epochs are counted from 0, so " + counted + " is none");
    }
    epoch = counted;
  }

  /** Values for whoever changes a sample in place; reused, so that an epoch allocates nothing. */
  float[] scratch(int length) {
    if (scratch.length < length) {
      scratch = new float[length];
    }
    return scratch;
  }

  /** Room for samples that one of this batch is made of; reused, and of the same epoch. */
  HostBatch part(Dataset dataset, int samples) {
    if (partsOf != dataset) {
      part = new HostBatch(dataset, samples);
      partsOf = dataset;
    }
    part.epoch = epoch;
    return part;
  }

  /** The input values, sample after sample; null where inputs are indices. */
  public float[] inputs() {
    return inputs;
  }

  /** The input indices, sample after sample; null where inputs are values. */
  public int[] indices() {
    return indices;
  }

  /** The class labels, sample after sample; null where targets are values. */
  public int[] labels() {
    return labels;
  }

  /** The target values, sample after sample; null where targets are labels. */
  public float[] targets() {
    return targets;
  }

  /** Position of the first input value or index of a sample. */
  public int inputOffset(int sample) {
    return sample * inputLength;
  }

  /** Position of the first label or target value of a sample. */
  public int targetOffset(int sample) {
    return sample * targetLength;
  }
}
