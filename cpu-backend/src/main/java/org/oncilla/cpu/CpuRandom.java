package org.oncilla.cpu;

import static org.oncilla.backend.DType.FLOAT32;

import org.oncilla.backend.RandomKernels;
import org.oncilla.backend.Span;
import org.oncilla.backend.SpanChecks;
import org.oncilla.random.Philox;

/** Random numbers; chunks are whole Philox blocks, so that each is drawn once. */
final class CpuRandom implements RandomKernels {
  private static final int WORDS = 4;

  private final CpuContext context;

  CpuRandom(CpuContext context) {
    this.context = context;
  }

  /** Receives the uniform value of an element. */
  @FunctionalInterface
  private interface Draw {
    void accept(int index, float u);
  }

  private void forEachDraw(long seed, long stream, int length, Draw draw) {
    context.forEachChunk(
        length,
        CpuContext.CHUNK / WORDS,
        (from, to) -> {
          int[] words = new int[WORDS];
          for (int first = from; first < to; first += WORDS) {
            Philox.block(seed, stream, first / WORDS, words, 0);
            for (int i = first; i < Math.min(first + WORDS, to); i++) {
              draw.accept(i, Philox.uniform(words[i - first]));
            }
          }
        });
  }

  @Override
  public void uniform(long seed, long stream, float low, float high, Span out) {
    SpanChecks.require("uniform", "out", out, FLOAT32, out.length());
    float[] values = CpuBuffer.floats(out);
    float range = high - low;
    forEachDraw(seed, stream, out.length(), (i, u) -> values[out.offset() + i] = low + u * range);
  }

  @Override
  public void dropout(
      long seed, long stream, double probability, Span x, Span out, boolean accumulate) {
    if (!(probability >= 0 && probability < 1)) {
      throw new IllegalArgumentException(
          "dropout: probability " + probability + " of dropping an element is not in [0, 1)");
    }
    SpanChecks.require("dropout", "out", out, FLOAT32, out.length());
    SpanChecks.require("dropout", "x", x, FLOAT32, out.length());
    float[] in = CpuBuffer.floats(x);
    float[] values = CpuBuffer.floats(out);
    float threshold = (float) probability;
    float scale = (float) (1 / (1 - probability));
    forEachDraw(
        seed,
        stream,
        x.length(),
        (i, u) -> {
          float kept = u < threshold ? 0f : in[x.offset() + i] * scale;
          int at = out.offset() + i;
          values[at] = accumulate ? values[at] + kept : kept;
        });
  }
}
