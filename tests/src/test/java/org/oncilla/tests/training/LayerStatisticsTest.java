package org.oncilla.tests.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.oncilla.backend.Backend;
import org.oncilla.backend.MemoryStatistics;
import org.oncilla.nn.Activations;
import org.oncilla.nn.Flatten;
import org.oncilla.nn.ForwardHook;
import org.oncilla.nn.Initializer;
import org.oncilla.nn.Initializers;
import org.oncilla.nn.Linear;
import org.oncilla.nn.Module;
import org.oncilla.nn.Parameter;
import org.oncilla.nn.ReLU;
import org.oncilla.nn.Sequential;
import org.oncilla.nn.Sigmoid;
import org.oncilla.optim.Sgd;
import org.oncilla.tensor.Scope;
import org.oncilla.tensor.Shape;
import org.oncilla.tensor.Tensor;
import org.oncilla.tests.TestBackends;
import org.oncilla.tests.TestBackends.TestBackend;
import org.oncilla.tests.WaitCounter;
import org.oncilla.train.EpochResult;
import org.oncilla.train.LayerMonitor;
import org.oncilla.train.LayerStatistics;
import org.oncilla.train.Trainer;
import org.oncilla.train.TrainingListener;

/** How large each layer's gradients, weights and outputs are, as a user sees them. */
class LayerStatisticsTest {
  private static final int STEPS = 3;
  private static final int BATCH = 6;
  private static final int HIDDEN = 8;

  static List<TestBackend> backends() {
    return TestBackends.present();
  }

  // ---- against norms computed on the host

  @ParameterizedTest
  @MethodSource("backends")
  void areTheNormsOfGradientsWeightsAndOutputs(TestBackend tested) {
    Backend backend = tested.backend();
    double[] gradientNorms = new double[3];
    double[] squares = new double[3];
    int[] elements = new int[3];
    try (Module model = twoLayers().initialize(backend, Shape.of(5), 1);
        LayerMonitor monitor = new LayerMonitor(model)) {
      for (int step = 0; step < STEPS; step++) {
        model.parameters().zeroGrad();
        try (Scope scope = Scope.open()) {
          Tensor input = Tensor.uniform(backend, Shape.of(BATCH + step, 5), 2, step, -1, 1);
          Tensor output;
          try (ForwardHook hook = monitor.watchOutputs()) {
            output = model.forward(input);
          }
          output.square().sum().backward();
          monitor.addGradients();
          add(model, gradientNorms);
          List<Tensor> outputs = List.copyOf(Activations.of(model, input).values());
          for (int i = 0; i < outputs.size(); i++) {
            squares[i] += sumOfSquares(outputs.get(i));
            elements[i] += outputs.get(i).shape().length();
          }
        }
      }
      List<LayerStatistics> layers = monitor.read();
      assertThat(layers.stream().map(LayerStatistics::label))
          .containsExactly("0 Linear", "1 ReLU", "2 Linear", "3 Sigmoid", "4 Linear");
      int output = 0;
      int weighted = 0;
      for (LayerStatistics layer : layers) {
        boolean linear = layer.type().equals("Linear");
        if (linear) {
          close(layer.gradientNorm(), gradientNorms[weighted++] / STEPS);
          close(layer.weightNorm(), norm(model, layer.path(), Parameter::value));
        } else {
          assertThat(layer.gradientNorm()).isNaN();
          assertThat(layer.weightNorm()).isNaN();
        }
        if (linear && !layer.path().equals("4")) {
          assertThat(layer.activationRms()).as("folded into the next").isNaN();
        } else {
          close(layer.activationRms(), Math.sqrt(squares[output] / elements[output]));
          output++;
        }
      }
      monitor.reset();
      assertThat(monitor.read()).hasSize(3).allMatch(layer -> Double.isNaN(layer.gradientNorm()));
    }
  }

  private static Module twoLayers() {
    return new Sequential(
        new Linear(7), new ReLU(), new Linear(4).bias(false), new Sigmoid(), new Linear(2));
  }

  private static void add(Module model, double[] norms) {
    for (int i = 0; i < norms.length; i++) {
      norms[i] += norm(model, Integer.toString(2 * i), Parameter::gradient);
    }
  }

  /** In double precision, over the weight and the bias of a layer. */
  private static double norm(
      Module model, String path, java.util.function.Function<Parameter, Tensor> part) {
    return Math.sqrt(
        model.parameters().list().stream()
            .filter(parameter -> parameter.name().startsWith(path + "."))
            .mapToDouble(parameter -> sumOfSquares(part.apply(parameter)))
            .sum());
  }

  private static double sumOfSquares(Tensor tensor) {
    return Arrays.stream(tensor.toDoubleArray()).map(x -> x * x).sum();
  }

  private static void close(double actual, double expected) {
    assertThat(actual).isCloseTo(expected, within(2e-6 * expected));
  }

  // ---- what the course shows

  /**
   * Each sigmoid's derivative is at most 1/4, so gradients shrink on their way to the first layer.
   */
  @ParameterizedTest
  @MethodSource("backends")
  void gradientsVanishInADeepSigmoidNet(TestBackend tested) {
    double[] sigmoid = gradientNorms(tested, Sigmoid::new, Initializers.glorotUniform());
    for (int layer = 1; layer < sigmoid.length; layer++) {
      assertThat(sigmoid[layer]).isGreaterThan(2 * sigmoid[layer - 1]);
    }
    assertThat(sigmoid[0]).isPositive().isLessThan(1e-4 * sigmoid[HIDDEN]);
    double[] relu = gradientNorms(tested, ReLU::new, Initializers.heNormal());
    assertThat(relu[0]).isGreaterThan(0.1 * relu[HIDDEN]);
  }

  /** With weights far too large each layer multiplies the gradient instead. */
  @ParameterizedTest
  @MethodSource("backends")
  void gradientsExplodeWhereWeightsAreTooLarge(TestBackend tested) {
    double[] norms = gradientNorms(tested, ReLU::new, Initializers.normal(2));
    assertThat(norms[0]).isGreaterThan(1e4);
  }

  /** Of each linear layer, the first one first, over an epoch that hardly moves the weights. */
  private static double[] gradientNorms(
      TestBackend tested, Supplier<Module> activation, Initializer weights) {
    List<Module> layers = new ArrayList<>(List.of(new Flatten()));
    for (int i = 0; i < HIDDEN; i++) {
      layers.add(new Linear(24).weightInitializer(weights));
      layers.add(activation.get());
    }
    layers.add(new Linear(10).weightInitializer(weights));
    try (Module model = new Sequential(layers);
        Trainer trainer =
            Nets.trainer(model, tested.backend(), () -> new Sgd(1e-12)).watchLayers().build()) {
      EpochResult result = trainer.fit(Nets.digits(64).batches(32), null, 1).last();
      return result.layers().stream()
          .filter(layer -> layer.type().equals("Linear"))
          .mapToDouble(LayerStatistics::gradientNorm)
          .toArray();
    }
  }

  // ---- what watching costs

  @ParameterizedTest
  @MethodSource("backends")
  void watchingChangesNoBitAndWaitsOnceAnEpoch(TestBackend tested) {
    WaitCounter plain = new WaitCounter(tested.backend());
    WaitCounter watching = new WaitCounter(tested.backend());
    double[] expected = weightsAfterTraining(plain.backend(), false);
    assertThat(weightsAfterTraining(watching.backend(), true)).containsExactly(expected);
    assertThat(watching.waits()).isEqualTo(plain.waits() + 2);
  }

  private static double[] weightsAfterTraining(Backend backend, boolean watch) {
    try (Module model = Nets.convolutional();
        Trainer trainer = trainer(model, backend, watch).build()) {
      trainer.fit(Nets.digits(320).batches(32), Nets.digits(64).batches(32), 2);
      return model.parameters().values().toDoubleArray();
    }
  }

  private static Trainer.Builder trainer(Module model, Backend backend, boolean watch) {
    Trainer.Builder builder = Nets.trainer(model, backend).clipGradientNorm(0.5);
    return watch ? builder.watchLayers() : builder;
  }

  @ParameterizedTest
  @MethodSource("backends")
  void watchingAllocatesNothingAfterTheFirstEpoch(TestBackend tested) {
    long before = tested.backend().pool().statistics().liveBytes();
    List<MemoryStatistics> memory = new ArrayList<>();
    TrainingListener meter =
        new TrainingListener() {
          @Override
          public void epochEnded(Trainer trainer, EpochResult result) {
            memory.add(trainer.backend().pool().statistics());
          }
        };
    try (Module model = Nets.convolutional();
        Trainer trainer = trainer(model, tested.backend(), true).listener(meter).build()) {
      trainer.fit(Nets.digits(100).batches(32), null, 3);
    }
    assertThat(memory).hasSize(3);
    assertThat(memory.get(2).allocations()).isEqualTo(memory.get(0).allocations());
    assertThat(memory.get(2).liveBytes()).isEqualTo(memory.get(0).liveBytes());
    assertThat(tested.backend().pool().statistics().liveBytes()).isEqualTo(before);
  }

  /** Clipping shortens what the weights see, not what is reported. */
  @ParameterizedTest
  @MethodSource("backends")
  void gradientsAreReportedAsBackwardComputesThem(TestBackend tested) {
    double[] clipped = firstEpoch(tested, 1e-3);
    double[] free = firstEpoch(tested, 1e6);
    assertThat(clipped).hasSameSizeAs(free);
    IntStream.range(0, free.length)
        .forEach(i -> assertThat(clipped[i]).isCloseTo(free[i], within(1e-5 * free[i])));
  }

  private static double[] firstEpoch(TestBackend tested, double maxNorm) {
    try (Module model = Nets.convolutional();
        Trainer trainer =
            Nets.trainer(model, tested.backend(), () -> new Sgd(1e-12))
                .clipGradientNorm(maxNorm)
                .watchLayers()
                .build()) {
      EpochResult result = trainer.fit(Nets.digits(64).batches(32), null, 1).last();
      return result.layers().stream()
          .mapToDouble(LayerStatistics::gradientNorm)
          .filter(norm -> !Double.isNaN(norm))
          .toArray();
    }
  }

  @Test
  void theTableLeavesOutWhatALayerDoesNotHave() {
    List<LayerStatistics> layers =
        List.of(
            new LayerStatistics("0", "Conv2d", 1.5e-7, 2, Double.NaN),
            new LayerStatistics("1", "Sigmoid", Double.NaN, Double.NaN, 0.5),
            new LayerStatistics("2", "Linear", 12.34567, 123456, 1e-3));
    assertThat(LayerStatistics.table(layers).lines())
        .containsExactly(
            "layer      gradient norm    weight norm     output RMS",
            "0 Conv2d       1.500e-07          2.000         folded",
            "1 Sigmoid                                       0.5000",
            "2 Linear           12.35      1.235e+05       0.001000",
            "",
            "folded: computed with the activation that follows, where the output is seen");
  }

  @Test
  void theTableHasNoEmptyColumns() {
    List<LayerStatistics> layers =
        List.of(
            new LayerStatistics("", "Linear", Double.NaN, 0.25, 7),
            new LayerStatistics("", "Tanh", Double.NaN, Double.NaN, 0.5));
    assertThat(LayerStatistics.table(layers))
        .isEqualTo(
            """
            layer     weight norm     output RMS
            Linear         0.2500          7.000
            Tanh                          0.5000
            """);
  }
}
