package org.oncilla.tests.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.oncilla.backend.Backend;
import org.oncilla.backend.DeviceBuffer;
import org.oncilla.backend.Span;
import org.oncilla.random.Philox;

class RandomConformance {
  private static final int[] LENGTHS = {1, 2, 3, 4, 5, 7, 16, 63, 64, 65, 1001, 4096, 70_001};

  @OnEveryBackend
  void uniform(BackendUnderTest target) {
    Cases cases = new Cases(71);
    for (int length : LENGTHS) {
      target.check(uniform(cases.word(), cases.word(), 0, 1, length));
      target.check(uniform(cases.word(), cases.between(0, 9), -0.3f, 0.7f, length));
      target.check(uniform(cases.between(0, 9), 0, -1e-3f, 3.3f, length));
    }
  }

  /** Every half of the seed and of the stream counts, whatever its sign. */
  @OnEveryBackend
  void uniformOfEverySeedAndStream(BackendUnderTest target) {
    long[] words = {0, 1, -1, 1L << 31, 1L << 32, 1L << 63, 0x85a308d3243f6a88L, Long.MAX_VALUE};
    for (long seed : words) {
      for (long stream : words) {
        target.check(uniform(seed, stream, 0, 1, 9));
      }
    }
  }

  /** The first block of seed 0 and stream 0 is Random123's known answer for an all-zero counter. */
  @OnEveryBackend
  void knownAnswer(BackendUnderTest target) {
    Backend backend = target.backend();
    DeviceBuffer buffer = backend.pool().acquire(backend.floatType(), 4, "known answer");
    try {
      Span span = new Span(buffer, 0, 4);
      backend.random().uniform(0, 0, 0, 1, span);
      float[] values = new float[4];
      backend.memory().read(span, values, 0);
      int[] answer = {0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8};
      for (int i = 0; i < 4; i++) {
        assertThat(values[i])
            .as("%s: word %d", target, i)
            .isEqualTo((answer[i] >>> 8) / 16_777_216f)
            .isEqualTo(Philox.uniform(answer[i]));
      }
    } finally {
      backend.pool().release(buffer);
    }
  }

  @OnEveryBackend
  void dropout(BackendUnderTest target) {
    Cases cases = new Cases(72);
    for (int length : LENGTHS) {
      for (double probability : new double[] {0, 0.1, 0.5, 1.0 / 3, 0.999}) {
        target.check(dropout(cases, probability, length, false));
        target.check(dropout(cases, probability, length, true));
      }
    }
  }

  /**
   * A probability that is one of the drawn values drops what is below it and not the value itself.
   */
  @OnEveryBackend
  void dropoutAtTheThreshold(BackendUnderTest target) {
    int[] words = new int[4];
    Philox.block(5, 6, 0, words, 0);
    for (int word : words) {
      double drawn = Philox.uniform(word);
      for (double probability : List.of(drawn, Math.nextUp(drawn), Math.nextDown(drawn))) {
        target.check(dropout(5, 6, probability, new float[] {1, 2, 3, 4}, new float[4], false));
      }
    }
  }

  static KernelCall uniform(long seed, long stream, float low, float high, int length) {
    String range = " in [" + low + ", " + high + ")";
    return KernelCall.of("uniform " + seed + " " + stream + range + " length=" + length)
        .output("out", length, Tolerance.EXACT)
        .run((backend, on) -> backend.random().uniform(seed, stream, low, high, on.span("out")));
  }

  static KernelCall dropout(Cases cases, double probability, int length, boolean accumulate) {
    return dropout(
        cases.word(),
        cases.word(),
        probability,
        cases.values(length),
        cases.values(length),
        accumulate);
  }

  private static KernelCall dropout(
      long seed, long stream, double probability, float[] x, float[] before, boolean accumulate) {
    String options = " probability=" + probability + " accumulate=" + accumulate;
    String name = "dropout " + seed + " " + stream + " length=" + x.length;
    return Judged.sum(
        "out",
        // A scale that is rounded, a product and a sum; a dropped element has magnitude 0.
        4,
        tolerance ->
            KernelCall.of(name + options)
                .input("x", x)
                .result("out", accumulate, before, tolerance)
                .run(
                    (backend, on) ->
                        backend
                            .random()
                            .dropout(
                                seed,
                                stream,
                                probability,
                                on.span("x"),
                                on.span("out"),
                                accumulate)));
  }
}
