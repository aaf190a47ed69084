package org.oncilla.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.function.IntToDoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Rates of each epoch, those that PyTorch's own tests of ReduceLROnPlateau state among them. */
class ReduceOnPlateauTest {
  /** The rates during the epochs that end with some values. */
  private static double[] rates(ReduceOnPlateau schedule, String figure, double... values) {
    return DoubleStream.of(values)
        .map(
            value -> {
              double rate = schedule.rate(0);
              schedule.epochEnded(Map.of(figure, value));
              return rate;
            })
        .toArray();
  }

  /** Stated by PyTorch's tests test_reduce_lr_on_plateau4 and 6: always better in time. */
  @Test
  void staysWhileItGetsBetter() {
    ReduceOnPlateau growing = new ReduceOnPlateau(0.5).patience(3).threshold(0.1);
    assertThat(rates(growing.watchHighest("a"), "a", twenty(i -> 1.5 * Math.pow(1.025, i))))
        .containsOnly(0.5);
    ReduceOnPlateau falling = new ReduceOnPlateau(0.5).threshold(0.1);
    assertThat(rates(falling, "loss", twenty(i -> 1.5 * Math.pow(0.85, i)))).containsOnly(0.5);
  }

  /** Stated by PyTorch's test_reduce_lr_on_plateau5. */
  @Test
  void fallsAfterItsPatienceAndACooldown() {
    ReduceOnPlateau schedule =
        new ReduceOnPlateau(0.5).patience(5).cooldown(5).threshold(0.1).watchHighest("a");
    requirePyTorchsRates(rates(schedule, "a", twenty(i -> 1.5 * Math.pow(1.005, i))), schedule);
  }

  /** Stated by PyTorch's test_reduce_lr_on_plateau7: a better value within the cooldown. */
  @Test
  void fallsAgainAfterABetterValueWithinTheCooldown() {
    ReduceOnPlateau schedule = new ReduceOnPlateau(0.5).patience(5).cooldown(5).threshold(0.1);
    double[] values = twenty(i -> i < 7 ? 1 : i == 7 ? 0.6 : 0.5);
    requirePyTorchsRates(rates(schedule, "loss", values), schedule);
  }

  /** PyTorch states the rates after each epoch: 6 times 0.5, 11 times 0.05, 0.005. */
  private static void requirePyTorchsRates(double[] duringEpochs, ReduceOnPlateau after) {
    double[] expected = twenty(i -> i < 6 + 1 ? 0.5 : i < 17 + 1 ? 0.05 : 0.005);
    assertThat(duringEpochs).containsExactly(expected, within(1e-15));
    assertThat(after.rate(20)).isCloseTo(0.005, within(1e-15));
  }

  /** Stated by PyTorch's test_reduce_lr_on_plateau8: not below 0.4. */
  @Test
  void doesNotFallBelowTheLeastRate() {
    ReduceOnPlateau schedule =
        new ReduceOnPlateau(0.5).patience(5).cooldown(5).threshold(0.1).leastRate(0.4);
    double[] rates = rates(schedule.watchHighest("a"), "a", twenty(i -> 1.5 * Math.pow(1.005, i)));
    assertThat(rates).containsExactly(twenty(i -> i < 6 + 1 ? 0.5 : 0.4));
  }

  /** Stated by PyTorch's test_reduce_lr_on_plateau3, of values below 0. */
  @Test
  void anAbsoluteThresholdIsRightForValuesBelowZero() {
    ReduceOnPlateau schedule =
        new ReduceOnPlateau(0.5).patience(5).cooldown(5).absoluteThreshold(1e-4).watchHighest("a");
    double[] rates = rates(schedule, "a", twenty(i -> i < 2 ? -0.8 : -0.234));
    double[] expected = twenty(i -> i < 8 + 1 ? 0.5 : i < 19 + 1 ? 0.05 : 0.005);
    assertThat(rates).containsExactly(expected, within(1e-15));
  }

  /** Stated by PyTorch's test_reduce_lr_on_plateau2: falling, but too slowly. */
  @Test
  void anAbsoluteThresholdDoesNotScale() {
    ReduceOnPlateau schedule = new ReduceOnPlateau(0.5).patience(5).absoluteThreshold(0.1);
    double[] rates = rates(schedule, "loss", twenty(i -> 10 - i * 0.0165));
    double[] expected = twenty(i -> i < 6 + 1 ? 0.5 : i < 13 + 1 ? 0.05 : 0.005);
    assertThat(rates).containsExactly(expected, within(1e-15));
  }

  private static double[] twenty(IntToDoubleFunction values) {
    return IntStream.range(0, 20).mapToDouble(values).toArray();
  }

  @Test
  void valuesMustBeBetterByTheThreshold() {
    ReduceOnPlateau schedule = new ReduceOnPlateau(1).factor(0.5).threshold(0.1).patience(0);
    // 0.91 is less than a tenth better than 1, 0.89 more; 0.805 is not, of 0.89; 0.8 is.
    assertThat(rates(schedule, "loss", 1, 0.91, 0.89, 0.805, 0.8, 0.8))
        .containsExactly(1, 1, 0.5, 0.5, 0.25, 0.25);
  }

  @Test
  void watchesAMetricThatGrows() {
    ReduceOnPlateau schedule =
        new ReduceOnPlateau(1).factor(0.5).patience(1).threshold(0).watchHighest("accuracy");
    assertThat(rates(schedule, "accuracy", 0.1, 0.2, 0.2, 0.15, 0.3, 0.3, 0.2, 0.1))
        .containsExactly(1, 1, 1, 1, 0.5, 0.5, 0.5, 0.25);
  }

  @Test
  void watchesAMetricThatFalls() {
    ReduceOnPlateau schedule =
        new ReduceOnPlateau(1).patience(0).leastRate(0.05).watchLowest("error");
    assertThat(rates(schedule, "error", 1, 1, 1, 1, 1)).containsExactly(1, 1, 0.1, 0.05, 0.05);
  }

  @Test
  void goesOnFromASavedState() {
    double[] values = {3, 2, 2, 2, 1, 1, 1, 1, 1, 1, 0.5, 0.5, 0.5, 0.5};
    for (int stop = 0; stop <= values.length; stop++) {
      ReduceOnPlateau whole = plateau();
      ReduceOnPlateau first = plateau();
      rates(whole, "loss", values);
      rates(first, "loss", Arrays.copyOf(values, stop));
      ReduceOnPlateau second = plateau();
      second.restore(first.state());
      rates(second, "loss", Arrays.copyOfRange(values, stop, values.length));
      assertThat(second.state()).isEqualTo(whole.state());
    }
  }

  private static ReduceOnPlateau plateau() {
    return new ReduceOnPlateau(0.3).factor(0.5).patience(1).cooldown(2);
  }

  @Test
  void anEmptyStateBeginsAnew() {
    ReduceOnPlateau schedule = plateau();
    rates(schedule, "loss", 1, 1, 1, 1);
    schedule.restore(Map.of());
    assertThat(schedule.state()).isEqualTo(plateau().state());
  }

  @Test
  void refusesSenselessSettings() {
    ReduceOnPlateau schedule = new ReduceOnPlateau(0.1);
    refused(
        () -> new ReduceOnPlateau(-0.1),
        "ReduceOnPlateau: the initial rate must be finite and above 0, not -0.1");
    refused(() -> schedule.factor(1.5), "ReduceOnPlateau: the factor must be in (0, 1), not 1.5");
    refused(
        () -> schedule.patience(-1),
        "ReduceOnPlateau: the patience must be at least 0 epochs, not -1");
    refused(
        () -> schedule.cooldown(-2),
        "ReduceOnPlateau: the cooldown must be at least 0 epochs, not -2");
    refused(
        () -> schedule.threshold(1), "ReduceOnPlateau: the threshold must be in [0, 1), not 1.0");
    refused(
        () -> schedule.absoluteThreshold(-1),
        "ReduceOnPlateau: the threshold must be finite and at least 0, not -1.0");
    refused(
        () -> schedule.leastRate(0.2),
        "ReduceOnPlateau: the least rate must be in [0, 0.1], not 0.2");
  }

  @Test
  void refusesWhatItCannotWatch() {
    ReduceOnPlateau schedule = new ReduceOnPlateau(0.1).watchHighest("accuracy");
    refused(
        () -> schedule.requireFits(3, Set.of()),
        "ReduceOnPlateau: watches the validation's accuracy, but there is no validation data; pass"
            + " it to fit");
    refused(
        () -> schedule.requireFits(3, Set.of("loss", "f1")),
        "ReduceOnPlateau: watches the validation's accuracy, but measured are [f1, loss]; pass the"
            + " metric to the trainer");
    refused(
        () -> schedule.restore(Map.of("rate", "0.1")),
        "ReduceOnPlateau: the saved state lacks best; it holds [rate]");
    refused(
        () -> schedule.restore(Map.of("rate", "fast")),
        "ReduceOnPlateau: the saved state {rate=fast} holds what is no number");
  }

  private static void refused(Runnable senseless, String text) {
    assertThatThrownBy(senseless::run)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(text);
  }
}
