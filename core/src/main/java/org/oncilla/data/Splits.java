package org.oncilla.data;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;
import org.oncilla.random.Generator;
import org.oncilla.random.Streams;

/** How samples are drawn for a {@link Split}; both parts keep the order of the whole. */
final class Splits {
  private Splits() {}

  /** Each sample is as likely to be in the training part. */
  static Split random(Dataset samples, double trainFraction, long seed) {
    int size = samples.size();
    int train = trainSize("split", size, trainFraction);
    int[] order = IntStream.range(0, size).toArray();
    Permutations.shuffle(order, new Generator(seed, Streams.SPLITS));
    return parts(samples, Arrays.copyOf(order, train));
  }

  /** As near as whole numbers come to the same fraction of each class. */
  static Split stratified(Dataset samples, double trainFraction, long seed) {
    if (!samples.hasLabels() || samples.targetShape().rank() != 0) {
      throw new IllegalArgumentException(
          "stratifiedSplit: the samples need one class label each, but their targets are "
              + (samples.hasLabels() ? "labels" : "values")
              + " of shape "
              + samples.targetShape()
              + "; use split");
    }
    int train = trainSize("stratifiedSplit", samples.size(), trainFraction);
    int[][] classes = byClass(samples);
    int[] quotas = quotas(classes, samples.size(), train);
    Generator generator = new Generator(seed, Streams.SPLITS);
    int[] chosen = new int[train];
    int count = 0;
    for (int c = 0; c < classes.length; c++) {
      Permutations.shuffle(classes[c], generator);
      System.arraycopy(classes[c], 0, chosen, count, quotas[c]);
      count += quotas[c];
    }
    return parts(samples, chosen);
  }

  private static int trainSize(String operation, int size, double fraction) {
    if (!(fraction > 0 && fraction < 1)) {
      throw new IllegalArgumentException(
          operation + ": the fraction of training samples must be in (0, 1), not " + fraction);
    }
    if (size < 2) {
      throw new IllegalArgumentException(
          operation + ": at least 2 samples are needed for two parts, not " + size);
    }
    return (int) Math.max(1, Math.min(size - 1, Math.round(fraction * size)));
  }

  private static int[][] byClass(Dataset samples) {
    HostBatch one = new HostBatch(samples, 1);
    int[] labels = new int[samples.size()];
    for (int i = 0; i < labels.length; i++) {
      samples.read(i, one, 0);
      labels[i] = one.labels()[one.targetOffset(0)];
    }
    int[][] classes = new int[samples.classes()][];
    for (int c = 0; c < classes.length; c++) {
      int label = c;
      classes[c] = IntStream.range(0, labels.length).filter(i -> labels[i] == label).toArray();
      if (classes[c].length == 1) {
        throw new IllegalArgumentException(
            "stratifiedSplit: class "
                + c
                + " has 1 sample, which cannot be in both parts; use split, or give the class more"
                + " samples");
      }
    }
    return classes;
  }

  /**
   * The training samples of each class: those of its exact share rounded down, and one more for the
   * largest remainders (Hare's method), so that the sum is exact.
   */
  private static int[] quotas(int[][] classes, int size, int train) {
    int[] quotas = new int[classes.length];
    long[] remainders = new long[classes.length];
    for (int c = 0; c < classes.length; c++) {
      long share = (long) classes[c].length * train;
      quotas[c] = (int) (share / size);
      remainders[c] = share % size;
    }
    int missing = train - Arrays.stream(quotas).sum();
    IntStream.range(0, classes.length)
        .boxed()
        .sorted(Comparator.comparingLong(c -> -remainders[c]))
        .limit(missing)
        .forEach(c -> quotas[c]++);
    return quotas;
  }

  private static Split parts(Dataset samples, int[] chosen) {
    boolean[] train = new boolean[samples.size()];
    for (int index : chosen) {
      train[index] = true;
    }
    return new Split(
        PickedDataset.part(
            samples, IntStream.range(0, train.length).filter(i -> train[i]).toArray()),
        PickedDataset.part(
            samples, IntStream.range(0, train.length).filter(i -> !train[i]).toArray()));
  }
}
