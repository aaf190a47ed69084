package org.oncilla.data;

import org.oncilla.random.Generator;
import org.oncilla.random.Streams;

/** Mixtures of two samples each, of inputs and of targets. */
final class MixupDataset extends DatasetView {
  private final long seed;
  private final double alpha;

  MixupDataset(Dataset samples, long seed, double alpha) {
    super(samples.hasLabels() ? samples.oneHot() : samples);
    if (!(alpha > 0) || Double.isInfinite(alpha)) {
      throw new IllegalArgumentException(
          "mixup: alpha must be above 0 and finite, not " + alpha + "; usual are 0.2 to 1");
    }
    if (samples.hasIndices()) {
      throw new IllegalArgumentException(
          "mixup: mixes values, but the inputs of shape " + samples.inputShape() + " are indices");
    }
    this.seed = seed;
    this.alpha = alpha;
  }

  @Override
  public void read(int index, HostBatch batch, int position) {
    Generator generator = new Generator(seed, Streams.mixture(batch.epoch(), index));
    float share = (float) generator.nextBeta(alpha, alpha);
    HostBatch pair = batch.part(samples, 2);
    samples.read(index, pair, 0);
    samples.read(generator.nextInt(size()), pair, 1);
    mix(pair.inputs(), share, batch.inputs(), batch.inputOffset(position));
    mix(pair.targets(), share, batch.targets(), batch.targetOffset(position));
  }

  /** Mixes the two halves of {@code pair}. */
  private static void mix(float[] pair, float share, float[] into, int at) {
    int length = pair.length / 2;
    for (int i = 0; i < length; i++) {
      into[at + i] = share * pair[i] + (1 - share) * pair[length + i];
    }
  }

  @Override
  String call() {
    return "mixup(" + seed + ", " + alpha + ")";
  }
}
