package org.oncilla.nn;

import org.oncilla.random.Streams;
import org.oncilla.tensor.Tensor;

/**
 * The random numbers that a model draws while it trains: a seed, and a counter that gives every
 * draw a stream of its own. Saved with a checkpoint, so that a resumed training draws on where it
 * stopped.
 */
public final class RandomStreams {
  private long seed;
  private long draws;

  RandomStreams(long seed) {
    this.seed = seed;
  }

  /** The seed of the model. */
  public long seed() {
    return seed;
  }

  /** How many streams were drawn so far. */
  public long draws() {
    return draws;
  }

  /** Continues the draws of a seed after a number of them. */
  public void restore(long otherSeed, long drawn) {
    seed = otherSeed;
    draws = drawn;
  }

  /** Drops elements of x with a probability, by a mask of its own. */
  Tensor dropout(Tensor x, double probability) {
    return x.dropout(probability, seed, Streams.MASKS + draws++);
  }

  /** Values in [low, high) for each element of x, from a stream of their own. */
  Tensor uniform(Tensor x, double low, double high) {
    long stream = Streams.MASKS + draws++;
    return Tensor.uniform(x.backend(), x.shape(), seed, stream, (float) low, (float) high);
  }
}
