package org.oncilla.tests.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.oncilla.io.Checkpoint;
import org.oncilla.io.Checkpoints;
import org.oncilla.nn.BatchNorm1d;
import org.oncilla.nn.BatchNorm2d;
import org.oncilla.nn.GroupNorm;
import org.oncilla.nn.LayerNorm;
import org.oncilla.nn.Linear;
import org.oncilla.nn.Module;
import org.oncilla.nn.ModuleConfig;
import org.oncilla.nn.Modules;
import org.oncilla.nn.Sequential;
import org.oncilla.tensor.Scope;
import org.oncilla.tensor.Shape;
import org.oncilla.tensor.Tensor;
import org.oncilla.tests.TestBackends;
import org.oncilla.tests.TestBackends.TestBackend;
import org.oncilla.tests.reference.ReferenceBackend;
import org.oncilla.tests.tensor.Draw;
import org.oncilla.tests.tensor.HostTensor;

/** What normalization layers do beside computing: statistics, modes, names, refusals. */
class NormalizationLayerTest {
  private static final double SINGLE = 2e-6;

  static List<TestBackend> backends() {
    return TestBackends.present();
  }

  /** PyTorch's definition, batch by batch: shares of 0.1, the variance divided by m − 1. */
  @ParameterizedTest
  @MethodSource("backends")
  void runningStatisticsAfterThreeBatchesAreTheDefinition(TestBackend tested) {
    Draw draw = new Draw(8);
    double[] mean = {0, 0};
    double[] variance = {1, 1};
    BatchNorm2d layer = new BatchNorm2d();
    try (Module model = layer.initialize(tested.backend(), Shape.of(2, 3, 4), 1);
        Scope scope = Scope.open()) {
      for (int samples : new int[] {5, 3, 1}) {
        HostTensor x = draw.values(samples, 2, 3, 4);
        model.forward(x.on(tested.backend()));
        for (int c = 0; c < 2; c++) {
          double[] values = channel(x, c);
          double average = java.util.Arrays.stream(values).average().orElseThrow();
          double squares =
              java.util.Arrays.stream(values).map(v -> (v - average) * (v - average)).sum();
          mean[c] = 0.9 * mean[c] + 0.1 * average;
          variance[c] = 0.9 * variance[c] + 0.1 * squares / (values.length - 1);
        }
      }
      assertClose(layer.runningMean().value().toDoubleArray(), mean);
      assertClose(layer.runningVariance().value().toDoubleArray(), variance);

      model.eval();
      HostTensor x = draw.values(2, 2, 3, 4);
      double[] expected =
          HostTensor.fill(
                  x.sizes(), at -> (x.at(at) - mean[at[1]]) / Math.sqrt(variance[at[1]] + 1e-5))
              .values();
      assertClose(model.forward(x.on(tested.backend())).toDoubleArray(), expected);
      assertClose(layer.runningMean().value().toDoubleArray(), mean);
    }
  }

  private static double[] channel(HostTensor x, int c) {
    int spatial = x.size(2) * x.size(3);
    double[] values = new double[x.size(0) * spatial];
    for (int n = 0; n < x.size(0); n++) {
      System.arraycopy(x.values(), (n * x.size(1) + c) * spatial, values, n * spatial, spatial);
    }
    return values;
  }

  private static void assertClose(double[] actual, double[] expected) {
    assertThat(actual).hasSameSizeAs(expected);
    for (int i = 0; i < expected.length; i++) {
      assertThat(actual[i]).isCloseTo(expected[i], within(SINGLE * (1 + Math.abs(expected[i]))));
    }
  }

  /** The names that PyTorch gives them, so that checkpoints can be exchanged. */
  @Test
  void namesAreThoseOfPyTorch() {
    try (ReferenceBackend backend = new ReferenceBackend();
        Module model =
            new Sequential(new Linear(4), new BatchNorm1d(), new LayerNorm())
                .initialize(backend, Shape.of(3), 1)) {
      Checkpoint checkpoint = Checkpoints.of(model);
      assertThat(checkpoint.tensors().keySet())
          .containsExactly(
              "0.weight",
              "0.bias",
              "1.weight",
              "1.bias",
              "2.weight",
              "2.bias",
              "1.running_mean",
              "1.running_var");
      assertThat(checkpoint.tensors().get("1.weight").values()).containsOnly(1);
      assertThat(checkpoint.tensors().get("1.running_mean").values()).containsOnly(0);
      assertThat(checkpoint.tensors().get("1.running_var").values()).containsOnly(1);
      assertThat(model.summary().parameters()).isEqualTo(16 + 8 + 8);
      assertThat(model.summary().buffers()).isEqualTo(8);
    }
  }

  @Test
  void refusesSettingsWithoutSense() {
    assertRefused(() -> new BatchNorm2d().eps(0), "BatchNorm2d: eps must be finite and above 0");
    assertRefused(
        () -> new BatchNorm1d().momentum(1.5),
        "BatchNorm1d: momentum, the share of the new statistic, must be in [0, 1], not 1.5");
    assertRefused(() -> new LayerNorm().eps(-1), "LayerNorm: eps must be finite and above 0");
    assertRefused(() -> new GroupNorm(2).eps(Double.NaN), "GroupNorm: eps must be finite");
    assertRefused(() -> new GroupNorm(0), "GroupNorm: needs at least 1 group, not 0");
    assertRefused(
        () -> new LayerNorm(3, 0),
        "LayerNorm: the sizes of the normalized axes must be at least 1, not [3, 0]");
    assertRefused(
        () -> Modules.create(ModuleConfig.of("BatchNorm2d", Map.of("eps", 1e-5))),
        "module BatchNorm2d: setting momentum must be a number, but is null");
  }

  @Test
  void refusesSamplesThatDoNotFit() {
    assertRefused(
        () -> new BatchNorm2d().summary(Shape.of(4)),
        "layer (BatchNorm2d) with input of shape [4]: BatchNorm2d needs images, [C, H, W], but gets"
            + " [4]");
    assertRefused(
        () -> new BatchNorm1d().summary(Shape.of(4, 3, 3)),
        "BatchNorm1d needs features, [C], or sequences, [C, L], but gets [4, 3, 3]");
    assertRefused(
        () -> new GroupNorm(3).summary(Shape.of(4, 6)),
        "GroupNorm: groups 3 must divide the channels, the first axis of a sample, but the sample has"
            + " shape [4, 6]");
    assertRefused(
        () -> new LayerNorm(5).summary(Shape.of(4, 6)),
        "LayerNorm: the last axes of a sample of shape [4, 6] must be [5]");
    assertRefused(
        () -> new LayerNorm(2, 4, 6).summary(Shape.of(4, 6)),
        "LayerNorm: the last axes of a sample of shape [4, 6] must be [2, 4, 6]");
  }

  /** PyTorch refuses it too: the variance of one value says nothing. */
  @Test
  void refusesToTrainOnOneValueOfAChannel() {
    try (ReferenceBackend backend = new ReferenceBackend();
        Module model =
            new Sequential(new Linear(4), new BatchNorm1d()).initialize(backend, Shape.of(3), 1);
        Scope scope = Scope.open()) {
      Tensor one = Tensor.zeros(backend, Shape.of(1, 3));
      assertRefused(
          () -> model.forward(one),
          "layer 1 (BatchNorm1d) with input of shape [1, 4]: batch norm: training needs more than 1"
              + " value of each channel");
      model.eval();
      assertThat(model.forward(one).shape()).isEqualTo(Shape.of(1, 4));
    }
  }

  private static void assertRefused(Runnable call, String text) {
    assertThatThrownBy(call::run)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(text);
  }
}
