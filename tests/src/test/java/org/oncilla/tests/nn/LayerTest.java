package org.oncilla.tests.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.oncilla.backend.Backend;
import org.oncilla.formats.CheckpointFile;
import org.oncilla.io.Checkpoints;
import org.oncilla.nn.Module;
import org.oncilla.nn.Modules;
import org.oncilla.tensor.NoGrad;
import org.oncilla.tensor.Scope;
import org.oncilla.tensor.Shape;
import org.oncilla.tensor.Tensor;
import org.oncilla.tests.TestBackends;
import org.oncilla.tests.TestBackends.TestBackend;
import org.oncilla.tests.reference.ReferenceBackend;
import org.oncilla.tests.tensor.Draw;
import org.oncilla.tests.tensor.HostTensor;

/**
 * What holds for every layer. Inputs are at most 2, weights at most 1.2 and sums some dozen terms
 * long, so that {@value #SINGLE} of the largest value is what single precision may lose.
 */
class LayerTest {
  private static final double SINGLE = 2e-5;

  static Stream<Arguments> onSinglePrecision() {
    return TestBackends.present().stream()
        .filter(backend -> !backend.isDouble())
        .flatMap(backend -> LayerCases.all().map(layer -> Arguments.of(backend, layer)));
  }

  static List<LayerCase> all() {
    return LayerCases.all().toList();
  }

  @ParameterizedTest(name = "{0}: {1}", allowZeroInvocations = true)
  @MethodSource("onSinglePrecision")
  void outputsAndGradientsAreTheReferences(TestBackend target, LayerCase layer) {
    Result actual = run(layer, target.backend());
    Result expected;
    try (Backend reference = new ReferenceBackend()) {
      expected = run(layer, reference);
    }
    compare("output", actual.output(), expected.output());
    compare("gradient of the parameters", actual.ofParameters(), expected.ofParameters());
    compare("gradient of the input", actual.ofInput(), expected.ofInput());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("all")
  void gradientsAreCentralDifferences(LayerCase layer) {
    LayerGradientCheck.of(layer);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("all")
  void theOutputHasTheShapeThatWasInferred(LayerCase layer) {
    try (Backend backend = new ReferenceBackend();
        Module model = layer.on(backend);
        Scope scope = Scope.open()) {
      Shape batch = model.outputShape().prepend(layer.input().size(0));
      assertThat(model.forward(layer.inputOn(backend)).shape()).isEqualTo(batch);
    }
  }

  /** Weights are saved in single precision; those of the cases are exact in it. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("all")
  void aSavedLayerComputesTheSame(LayerCase layer, @TempDir Path folder) throws Exception {
    Path file = folder.resolve("layer.safetensors");
    try (Backend backend = new ReferenceBackend();
        Module model = layer.on(backend)) {
      evaluate(model, layer, backend);
      model.eval();
      // Running statistics that have moved are not.
      model.buffers().forEach(buffer -> buffer.value().copyFrom(buffer.value().toFloatArray()));
      double[] before = evaluate(model, layer, backend);
      CheckpointFile.save(file, Checkpoints.of(model));
      try (Module loaded = Checkpoints.model(CheckpointFile.load(file), backend)) {
        loaded.eval();
        assertThat(evaluate(loaded, layer, backend)).containsExactly(before);
        assertThat(loaded.config()).isEqualTo(model.config());
        assertThat(loaded.summary()).isEqualTo(model.summary());
      }
    }
    assertThat(Modules.create(layer.layer().get().config()).config())
        .isEqualTo(layer.layer().get().config());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("all")
  void leavesNothingBehind(LayerCase layer) {
    try (Backend backend = new ReferenceBackend();
        Module model = layer.on(backend)) {
      run(model, layer, backend);
      long before = backend.pool().statistics().liveBytes();
      run(model, layer, backend);
      assertThat(backend.pool().statistics().liveBytes()).isEqualTo(before);
    }
  }

  private static double[] evaluate(Module model, LayerCase layer, Backend backend) {
    try (Scope scope = Scope.open();
        NoGrad off = NoGrad.open()) {
      return model.forward(layer.inputOn(backend)).toDoubleArray();
    }
  }

  private record Result(double[] output, double[] ofParameters, double[] ofInput) {}

  private static Result run(LayerCase layer, Backend backend) {
    try (Module model = layer.on(backend)) {
      return run(model, layer, backend);
    }
  }

  private static Result run(Module model, LayerCase layer, Backend backend) {
    model.parameters().zeroGrad();
    try (Scope scope = Scope.open()) {
      Tensor input = layer.inputOn(backend);
      if (!layer.indices()) {
        input.requireGrad();
      }
      // Of a layer that passes its input on, the output would be a leaf.
      Tensor output = model.forward(layer.indices() ? input : input.mul(1));
      HostTensor weights = new Draw(98).values(output.shape().sizes());
      if (output.requiresGrad()) {
        output.backward(weights.on(backend));
      }
      return new Result(
          output.toDoubleArray(),
          model.parameters().gradients().toDoubleArray(),
          layer.indices() ? new double[0] : input.gradient().toDoubleArray());
    }
  }

  private static void compare(String what, double[] actual, double[] expected) {
    double largest = 1;
    for (double value : expected) {
      largest = Math.max(largest, Math.abs(value));
    }
    assertThat(actual).as(what).hasSameSizeAs(expected);
    for (int i = 0; i < expected.length; i++) {
      assertThat(actual[i])
          .as("%s at element %d", what, i)
          .isCloseTo(expected[i], within(SINGLE * largest));
    }
  }
}
