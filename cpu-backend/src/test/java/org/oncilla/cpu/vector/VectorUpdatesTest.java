package org.oncilla.cpu.vector;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.oncilla.cpu.simd.ScalarSimd;
import org.oncilla.cpu.simd.Slice;
import org.oncilla.cpu.simd.UpdateOps;

/** Optimizer steps in whole registers give the bits of the scalar ones, within their bounds. */
class VectorUpdatesTest {
  private static final int MARGIN = 5;
  private static final int FROM = 3;

  private final UpdateOps vector = VectorSimd.create().updates();
  private final UpdateOps scalar = ScalarSimd.create().updates();
  private final int lanes = VectorSimd.create().lanes();
  private final Random random = new Random(7);

  /** A step on slices: parameters, gradients and up to three states. */
  private interface Step {
    void run(UpdateOps ops, Slice[] slices, int from, int to);
  }

  private void requireSameBits(String what, Step step) {
    int[] lengths = {1, 2, lanes - 1, lanes, lanes + 1, 2 * lanes - 1, 4 * lanes, 9 * lanes + 3};
    for (int length : lengths) {
      Slice[] actual = new Slice[5];
      Slice[] expected = new Slice[5];
      for (int k = 0; k < actual.length; k++) {
        // Parameters, gradients and averages have both signs, the other states are squares.
        float[] values = values(length + FROM + 2 * MARGIN, k >= 3);
        actual[k] = new Slice(values, MARGIN - k % 2);
        expected[k] = new Slice(values.clone(), MARGIN - k % 2);
      }
      step.run(vector, actual, FROM, FROM + length);
      step.run(scalar, expected, FROM, FROM + length);
      for (int k = 0; k < actual.length; k++) {
        assertThat(actual[k].array())
            .as("%s of %d, slice %d", what, length, k)
            .containsExactly(expected[k].array());
      }
    }
  }

  private float[] values(int length, boolean squares) {
    float[] values = new float[length];
    for (int i = 0; i < length; i++) {
      float value = random.nextInt(8) == 0 ? 0 : (float) random.nextGaussian();
      values[i] = squares ? value * value : value;
    }
    return values;
  }

  @Test
  void sgd() {
    for (float momentum : new float[] {0f, 0.9f}) {
      for (int flags = 0; flags < 4; flags++) {
        UpdateOps.SgdStep step =
            new UpdateOps.SgdStep(0.1f, 0.01f, momentum, 0.8f, flags % 2 == 1, flags / 2 == 1);
        requireSameBits(
            step.toString(), (ops, s, from, to) -> ops.sgd(step, s[0], s[1], s[2], from, to));
      }
    }
  }

  @Test
  void rmsProp() {
    for (float momentum : new float[] {0f, 0.9f}) {
      for (boolean centered : new boolean[] {true, false}) {
        UpdateOps.RmsPropStep step =
            new UpdateOps.RmsPropStep(0.1f, 0.01f, 0.9f, 0.1f, 1e-4f, momentum, centered);
        requireSameBits(
            step.toString(),
            (ops, s, from, to) ->
                ops.rmsProp(
                    step,
                    s[0],
                    s[1],
                    s[3],
                    momentum == 0 ? null : s[4],
                    centered ? s[2] : null,
                    from,
                    to));
      }
    }
  }

  @Test
  void adagrad() {
    UpdateOps.AdagradStep step = new UpdateOps.AdagradStep(0.1f, 0.01f, 1e-4f);
    requireSameBits("adagrad", (ops, s, from, to) -> ops.adagrad(step, s[0], s[1], s[3], from, to));
  }

  @Test
  void adadelta() {
    UpdateOps.AdadeltaStep step = new UpdateOps.AdadeltaStep(0.5f, 0.01f, 0.9f, 0.1f, 1e-4f);
    requireSameBits(
        "adadelta", (ops, s, from, to) -> ops.adadelta(step, s[0], s[1], s[3], s[4], from, to));
  }

  @Test
  void adam() {
    UpdateOps.AdamStep step =
        new UpdateOps.AdamStep(0.999f, 0.01f, 1e-3f, 0f, 0.9f, 0.1f, 0.999f, 1e-3f, 3f, 1e-8f);
    requireSameBits(
        "adam", (ops, s, from, to) -> ops.adam(step, s[0], s[1], s[2], s[3], null, from, to));
    requireSameBits(
        "amsgrad", (ops, s, from, to) -> ops.adam(step, s[0], s[1], s[2], s[3], s[4], from, to));
  }

  @Test
  void nadam() {
    UpdateOps.AdamStep step =
        new UpdateOps.AdamStep(1f, 0.01f, 1e-3f, 2e-3f, 0.9f, 0.1f, 0.999f, 1e-3f, 3f, 1e-8f);
    requireSameBits(
        "nadam", (ops, s, from, to) -> ops.nadam(step, s[0], s[1], s[2], s[3], from, to));
  }

  @Test
  void lion() {
    UpdateOps.LionStep step = new UpdateOps.LionStep(0.999f, 0.1f, 0.9f, 0.1f, 0.99f, 0.01f);
    requireSameBits("lion", (ops, s, from, to) -> ops.lion(step, s[0], s[1], s[2], from, to));
  }
}
