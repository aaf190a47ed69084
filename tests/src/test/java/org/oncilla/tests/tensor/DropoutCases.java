package org.oncilla.tests.tensor;

import java.util.List;
import org.oncilla.random.Philox;

/** Dropout, whose mask follows from the published generator. */
final class DropoutCases {
  private DropoutCases() {}

  static List<OperationCase> all() {
    Draw draw = new Draw(17);
    return List.of(
        dropout(draw, 0.5, 42, 0, 5, 7),
        dropout(draw, 0.25, -3, 1L << 40, 33),
        dropout(draw, 0, 7, 1, 4, 2),
        dropout(draw, 0.9, 1L << 50, -1, 3, 3, 3));
  }

  private static OperationCase dropout(
      Draw draw, double probability, long seed, long stream, int... sizes) {
    return new OperationCase(
        String.format("dropout %s with seed %d, stream %d", probability, seed, stream),
        List.of(draw.values(sizes)),
        x -> x[0].dropout(probability, seed, stream),
        x -> {
          double[] out = x[0].values().clone();
          int[] words = new int[4];
          for (int i = 0; i < out.length; i++) {
            Philox.block(seed, stream, i / 4, words, 0);
            double uniform = (words[i % 4] >>> 8) / (double) (1 << 24);
            out[i] = uniform < probability ? 0 : out[i] / (1 - probability);
          }
          return new HostTensor(x[0].sizes(), out);
        });
  }
}
