package org.oncilla.tests.reference;

import org.oncilla.backend.ArgumentChecks;
import org.oncilla.backend.DType;
import org.oncilla.backend.RandomKernels;
import org.oncilla.backend.Span;
import org.oncilla.random.Philox;

/** Philox block by block; uniform values and masks in single precision, as the contract says. */
final class ReferenceRandom implements RandomKernels {
  @Override
  public void uniform(long seed, long stream, float low, float high, Span out) {
    ArgumentChecks.uniform(DType.FLOAT64, out);
    Values outs = Values.of(out);
    for (int i = 0; i < out.length(); i++) {
      float scaled = draw(seed, stream, i) * (high - low);
      outs.set(i, low + scaled);
    }
  }

  @Override
  public void dropout(
      long seed, long stream, double probability, Span x, Span out, boolean accumulate) {
    ArgumentChecks.dropout(DType.FLOAT64, probability, x, out);
    Values xs = Values.of(x);
    Values outs = Values.of(out);
    for (int i = 0; i < out.length(); i++) {
      boolean dropped = draw(seed, stream, i) < (float) probability;
      outs.store(i, dropped ? 0 : xs.get(i) / (1 - probability), accumulate);
    }
  }

  private static float draw(long seed, long stream, int i) {
    int[] words = new int[4];
    Philox.block(seed, stream, i / 4, words, 0);
    return Philox.uniform(words[i % 4]);
  }
}
