package org.oncilla.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** Rates worked out by hand, by formulas written out here, or published by PyTorch. */
class LearningRateScheduleTest {
  private static final double CLOSE = 1e-14;

  @Test
  void constantRateStays() {
    assertThat(rates(new ConstantRate(0.3), 0, 0.5, 7)).containsExactly(0.3, 0.3, 0.3);
  }

  @Test
  void exponentialDecayHalvesFromEpochToEpoch() {
    assertThat(rates(new ExponentialDecay(0.8, 0.5), 0, 0.5, 0.999, 1, 1.5, 2, 3))
        .containsExactly(0.8, 0.8, 0.8, 0.4, 0.4, 0.2, 0.1);
  }

  @Test
  void stepDecayHoldsEachRate() {
    assertThat(rates(new StepDecay(1, 0.25, 2), 0, 1, 1.9, 2, 3.5, 4, 5))
        .containsExactly(1, 1, 1, 0.25, 0.25, 0.0625, 0.0625);
  }

  /** The example in the documentation of PyTorch's MultiStepLR: 0.05 with milestones 30 and 80. */
  @Test
  void multiStepDecayFallsAtItsMilestones() {
    double[] rates = rates(new MultiStepDecay(0.05, 0.1, 30, 80), 0, 29.9, 30, 79.5, 80, 99);
    double[] expected = {0.05, 0.05, 0.005, 0.005, 0.0005, 0.0005};
    assertThat(rates).containsExactly(expected, within(1e-17));
  }

  @Test
  void cosineDecayIsHalfAWave() {
    double[] rates = rates(new CosineDecay(1, 0.2, 4), 0, 1, 2, 3, 4, 5, 6);
    double[] expected = {
      1, 0.6 + 0.4 * Math.sqrt(0.5), 0.6, 0.6 - 0.4 * Math.sqrt(0.5), 0.2, 0.2, 0.2
    };
    assertThat(rates).containsExactly(expected, within(CLOSE));
    // A third of the wave: cos(π/3) = 1/2.
    assertThat(new CosineDecay(1, 0.2, 4).rate(4.0 / 3)).isCloseTo(0.2 + 0.6, within(CLOSE));
  }

  @Test
  void warmupRisesInALine() {
    Warmup warmup = new Warmup(new StepDecay(0.8, 0.5, 1), 2, 0.25);
    assertThat(rates(warmup, 0, 0.5, 1, 1.5, 2, 2.5, 3, 4))
        .containsExactly(new double[] {0.2, 0.35, 0.5, 0.65, 0.8, 0.8, 0.4, 0.2}, within(CLOSE));
  }

  /** The documentation of PyTorch's LinearLR: 0.05 with its default factor of a third at first. */
  @Test
  void warmupBeginsAtAThirdByDefault() {
    assertThat(rates(new Warmup(new ConstantRate(0.05), 4), 0, 1, 2, 3, 4))
        .containsExactly(new double[] {0.05 / 3, 0.025, 0.1 / 3, 0.125 / 3, 0.05}, within(CLOSE));
  }

  /**
   * The sequence that PyTorch's own test of OneCycleLR states for 10 steps up to 25, with the
   * cosine written out. PyTorch puts the peak into step pct_start·10 − 1 and the end into step 9.
   */
  @Test
  void oneCycleIsThatOfPyTorch() {
    double[] expected = new double[10];
    Arrays.setAll(
        expected, step -> step < 2 ? cosine(1, 25, step / 2.0) : cosine(25, 0.5, (step - 2) / 7.0));
    assertThat(expected[1]).isCloseTo(13, within(CLOSE));
    assertThat(expected[9]).isEqualTo(0.5);
    OneCycle cycle = new OneCycle(25, 9, 2.0 / 9, 25, 2);
    assertThat(rates(cycle, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9)).containsExactly(expected, within(1e-13));
  }

  private static double cosine(double start, double end, double share) {
    return end + (start - end) / 2.0 * (Math.cos(Math.PI * share) + 1);
  }

  @Test
  void oneCycleHasPyTorchsDefaults() {
    OneCycle cycle = new OneCycle(0.5, 10);
    assertThat(rates(cycle, 0, 3, 10, 11))
        .containsExactly(new double[] {0.02, 0.5, 2e-6, 2e-6}, within(CLOSE));
  }

  @Test
  void refusesSenselessSettings() {
    refused(() -> new ConstantRate(-1), "ConstantRate: the initial rate must be finite and above");
    refused(
        () -> new StepDecay(0, 0.5, 1),
        "StepDecay: the initial rate must be finite and above 0, not 0.0");
    refused(() -> new StepDecay(1, 0, 1), "StepDecay: the factor must be in (0, 1], not 0.0");
    refused(() -> new StepDecay(1, 0.5, 0), "StepDecay: a rate must last at least 1 epoch, not 0");
    refused(
        () -> new ExponentialDecay(0.1, 1.5),
        "ExponentialDecay: the factor must be in (0, 1], not 1.5");
    refused(
        () -> new MultiStepDecay(1, 0.5, 3, 3),
        "MultiStepDecay: the milestones must be at least 1, each later than the one before, not"
            + " [3, 3]");
    refused(
        () -> new MultiStepDecay(1, 0.5, List.of(0)),
        "MultiStepDecay: the milestones must be at least 1");
    refused(
        () -> new CosineDecay(1, 2, 3), "CosineDecay: the least rate must be in [0, 1.0], not 2.0");
    refused(() -> new CosineDecay(1, 0, 0), "CosineDecay: needs at least 1 epoch, not 0");
    refused(() -> new Warmup(null, 1), "Warmup: the schedule after the warm-up is missing");
    refused(
        () -> new Warmup(new ConstantRate(1), 0),
        "Warmup: the number of epochs must be finite and above 0, not 0.0");
    refused(
        () -> new Warmup(new ConstantRate(1), 1, 1.5),
        "Warmup: the start factor must be in [0, 1], not 1.5");
    refused(
        () -> new OneCycle(1, 5, 1, 25, 1e4),
        "OneCycle: pctStart, the share of the time in which the rate rises, must be in (0, 1), not"
            + " 1.0");
    refused(
        () -> new OneCycle(1, 5, 0.3, 0.5, 1e4),
        "OneCycle: divFactor must be finite and at least 1, not 0.5");
    refused(
        () -> new OneCycle(1, 5, 0.3, 25, 0),
        "OneCycle: finalDivFactor must be finite and above 0, not 0.0");
    refused(() -> new OneCycle(1, 0), "OneCycle: needs at least 1 epoch, not 0");
  }

  @Test
  void refusesTrainingsThatDoNotFit() {
    refused(
        () -> new Warmup(new ConstantRate(1), 2.5).requireFits(2, Set.of()),
        "Warmup: the warm-up of 2.5 epochs is longer than the training of 2; train longer, or warm"
            + " up for less");
    new Warmup(new ConstantRate(1), 2).requireFits(2, Set.of());
    refused(
        () -> new OneCycle(1, 5).requireFits(6, Set.of()),
        "OneCycle: the cycle ends after 5 epochs, but the training has 6; make the cycle as long"
            + " as the training");
    refused(
        () -> new Warmup(new OneCycle(1, 5), 0.5).requireFits(6, Set.of()),
        "OneCycle: the cycle ends after 5 epochs, but the training has 6");
    refused(
        () -> new Warmup(new ReduceOnPlateau(1), 1).requireFits(6, Set.of()),
        "ReduceOnPlateau: watches the validation's loss, but there is no validation data");
  }

  /** Another call of fit may complete the cycle, so that it is no error. */
  @Test
  void warnsOfACycleThatTheTrainingDoesNotComplete() {
    ListAppender<ILoggingEvent> log = new ListAppender<>();
    log.start();
    Logger logger = (Logger) LoggerFactory.getLogger(OneCycle.class);
    logger.addAppender(log);
    try {
      new OneCycle(0.1, 5).requireFits(5, Set.of());
      assertThat(log.list).isEmpty();
      new OneCycle(0.1, 5).requireFits(3, Set.of());
    } finally {
      logger.detachAppender(log);
    }
    assertThat(log.list)
        .singleElement()
        .satisfies(
            event -> {
              assertThat(event.getLevel()).isEqualTo(Level.WARN);
              assertThat(event.getFormattedMessage())
                  .startsWith(
                      "OneCycle: the cycle has 5 epochs, but this training ends after 3, before the"
                          + " rate has fallen; make the cycle as long as the training");
            });
  }

  private static void refused(Runnable senseless, String text) {
    assertThatThrownBy(senseless::run)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(text);
  }

  private static double[] rates(LearningRateSchedule schedule, double... times) {
    return DoubleStream.of(times).map(schedule::rate).toArray();
  }
}
