package org.oncilla.cpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.oncilla.backend.Backend;
import org.oncilla.backend.Span;
import org.oncilla.cpu.CpuSettings.VectorUse;
import org.oncilla.random.Philox;

class CpuRandomTest {
  @ParameterizedTest
  @ValueSource(ints = {1, 3, 4, 5, 4096, 4097, 20_003})
  void uniformTakesTheWordsOfPhilox(int length) {
    Span out = new TestSpans(1).values(length);
    float[] margins = TestSpans.margins(out);
    try (Backend backend = new CpuBackend(new CpuSettings(3, VectorUse.AUTO))) {
      backend.random().uniform(0x123456789ABCDEFL, -7, -2f, 3f, out);
    }
    int[] words = new int[4];
    for (int i = 0; i < length; i++) {
      Philox.block(0x123456789ABCDEFL, -7, i / 4, words, 0);
      float u = (words[i % 4] >>> 8) / 16777216f;
      assertThat(TestSpans.at(out, i)).as("element %d", i).isEqualTo(-2f + u * 5f);
    }
    assertThat(TestSpans.margins(out)).isEqualTo(margins);
  }

  @Test
  void dropoutKeepsWhatUniformPutsAboveTheThreshold() {
    TestSpans spans = new TestSpans(2);
    Span x = spans.values(10_001);
    Span uniform = spans.values(10_001);
    Span out = spans.values(10_001);
    try (Backend backend = new CpuBackend(new CpuSettings(2, VectorUse.AUTO))) {
      backend.random().uniform(5, 6, 0f, 1f, uniform);
      backend.random().dropout(5, 6, 0.25, x, out, false);
      for (int i = 0; i < x.length(); i++) {
        float kept = TestSpans.at(uniform, i) < 0.25f ? 0f : TestSpans.at(x, i) / 0.75f;
        assertThat(TestSpans.at(out, i)).isCloseTo(kept, Offset.offset(1e-6f));
      }
      assertThatThrownBy(() -> backend.random().dropout(1, 2, 1.0, x, out, false))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("dropout: probability 1.0 of dropping an element must be in [0, 1)");
    }
  }
}
