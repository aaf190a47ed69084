package org.oncilla.cpu;

import static org.oncilla.backend.DType.FLOAT32;

import org.oncilla.backend.ArgumentChecks;
import org.oncilla.backend.BinaryOp;
import org.oncilla.backend.RandomKernels;
import org.oncilla.backend.Span;
import org.oncilla.random.Philox;

/** Random numbers; chunks are whole Philox blocks, so that each is drawn once. */
final class CpuRandom implements RandomKernels {
  private static final int WORDS = 4;

  /** Elements drawn at a time: whole Philox blocks. */
  private static final int BLOCK = 4096;

  private final CpuContext context;

  CpuRandom(CpuContext context) {
    this.context = context;
  }

  /** Handles n elements from {@code from} on, whose uniform values are u[0 …]. */
  @FunctionalInterface
  private interface Use {
    void accept(int from, int n, float[] u);
  }

  private void forEachBlock(long seed, long stream, int length, Use use) {
    context.forEachChunk(
        length,
        BLOCK,
        (from, to) -> {
          float[] u = context.scratch().floats(Scratch.Slot.BLOCK, BLOCK);
          draw(seed, stream, from, to, u);
          use.accept(from, to - from, u);
        });
  }

  /** Uniform values of elements {@code from}, which begins a Philox block, to {@code to}−1. */
  private static void draw(long seed, long stream, int from, int to, float[] u) {
    int[] words = new int[WORDS];
    for (int first = from; first < to; first += WORDS) {
      Philox.block(seed, stream, first / WORDS, words, 0);
      // Past the end of an output whose length is odd there is still room in the block.
      u[first - from] = Philox.uniform(words[0]);
      u[first - from + 1] = Philox.uniform(words[1]);
      u[first - from + 2] = Philox.uniform(words[2]);
      u[first - from + 3] = Philox.uniform(words[3]);
    }
  }

  @Override
  public void uniform(long seed, long stream, float low, float high, Span out) {
    ArgumentChecks.uniform(FLOAT32, out);
    float[] values = CpuBuffer.floats(out);
    float range = high - low;
    forEachBlock(
        seed,
        stream,
        out.length(),
        (from, n, u) -> {
          for (int i = 0; i < n; i++) {
            values[out.offset() + from + i] = low + u[i] * range;
          }
        });
  }

  @Override
  public void dropout(
      long seed, long stream, double probability, Span x, Span out, boolean accumulate) {
    ArgumentChecks.dropout(FLOAT32, probability, x, out);
    float[] in = CpuBuffer.floats(x);
    float[] values = CpuBuffer.floats(out);
    float threshold = (float) probability;
    float scale = (float) (1 / (1 - probability));
    forEachBlock(
        seed,
        stream,
        x.length(),
        (from, n, u) -> {
          mask(in, x.offset() + from, threshold, scale, u, n);
          int at = out.offset() + from;
          if (accumulate) {
            context.simd().elementwise().binary(BinaryOp.ADD, values, at, u, 0, values, at, n);
          } else {
            System.arraycopy(u, 0, values, at, n);
          }
        });
  }

  /** Replaces each uniform value by what it leaves of x. */
  private static void mask(float[] x, int xo, float threshold, float scale, float[] u, int n) {
    for (int i = 0; i < n; i++) {
      // The sign of a difference instead of a branch, which random values would mispredict.
      int dropped = Float.floatToRawIntBits(u[i] - threshold) >> 31;
      int kept = Float.floatToRawIntBits(x[xo + i] * scale) & ~dropped;
      u[i] = Float.intBitsToFloat(kept);
    }
  }
}
