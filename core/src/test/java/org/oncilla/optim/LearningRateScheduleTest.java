package org.oncilla.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Rates worked out by hand. */
class LearningRateScheduleTest {
  @Test
  void exponentialDecayHalves() {
    assertThat(rates(new ExponentialDecay(0.8, 0.5), 4)).containsExactly(0.8, 0.4, 0.2, 0.1);
  }

  @Test
  void stepDecayHoldsEachRate() {
    assertThat(rates(new StepDecay(1, 0.25, 2), 6))
        .containsExactly(1, 1, 0.25, 0.25, 0.0625, 0.0625);
  }

  @Test
  void cosineDecayIsHalfAWave() {
    double[] rates = rates(new CosineDecay(1, 0.2, 4), 7);
    double[] expected = {
      1, 0.6 + 0.4 * Math.sqrt(0.5), 0.6, 0.6 - 0.4 * Math.sqrt(0.5), 0.2, 0.2, 0.2
    };
    for (int epoch = 0; epoch < expected.length; epoch++) {
      assertThat(rates[epoch]).isCloseTo(expected[epoch], within(1e-15));
    }
  }

  @Test
  void refusesSenselessSettings() {
    assertThatThrownBy(() -> new StepDecay(0, 0.5, 1))
        .hasMessage("StepDecay: the initial rate must be finite and above 0, not 0.0");
    assertThatThrownBy(() -> new StepDecay(1, 0, 1))
        .hasMessage("StepDecay: the factor must be in (0, 1], not 0.0");
    assertThatThrownBy(() -> new StepDecay(1, 0.5, 0))
        .hasMessage("StepDecay: a rate must last at least 1 epoch, not 0");
    assertThatThrownBy(() -> new CosineDecay(1, 2, 3))
        .hasMessage("CosineDecay: the least rate must be in [0, 1.0], not 2.0");
    assertThatThrownBy(() -> new CosineDecay(1, 0, 0))
        .hasMessage("CosineDecay: needs at least 1 epoch, not 0");
  }

  private static double[] rates(LearningRateSchedule schedule, int epochs) {
    return IntStream.range(0, epochs).mapToDouble(schedule::rate).toArray();
  }
}
