package org.oncilla.tests.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.oncilla.backend.Backend;
import org.oncilla.nn.Activations;
import org.oncilla.nn.Conv2d;
import org.oncilla.nn.Dropout;
import org.oncilla.nn.Flatten;
import org.oncilla.nn.ForwardHook;
import org.oncilla.nn.Graph;
import org.oncilla.nn.Linear;
import org.oncilla.nn.Module;
import org.oncilla.nn.NamedModule;
import org.oncilla.nn.ReLU;
import org.oncilla.nn.Residual;
import org.oncilla.nn.Sequential;
import org.oncilla.nn.Tanh;
import org.oncilla.tensor.NoGrad;
import org.oncilla.tensor.Scope;
import org.oncilla.tensor.Shape;
import org.oncilla.tensor.Tensor;
import org.oncilla.tests.TestBackends;
import org.oncilla.tests.TestBackends.TestBackend;
import org.oncilla.tests.reference.ReferenceBackend;

/** What each layer computes can be seen from outside. */
class ActivationsTest {
  private static final double TOLERANCE = 1e-5;
  private static final Shape IMAGE = Shape.of(1, 5, 5);

  static List<TestBackend> backends() {
    return TestBackends.present();
  }

  private static Sequential nested() {
    return new Sequential(
        new Sequential(new Conv2d(2, 3), new ReLU()),
        new Flatten(),
        new Dropout(0.5),
        new Linear(3));
  }

  private static Tensor images(Backend backend, int count) {
    return Tensor.uniform(backend, IMAGE.prepend(count), 3, 0, -1, 1);
  }

  /** Each layer's output is what the layers up to it compute one by one. */
  @ParameterizedTest
  @MethodSource("backends")
  void areTheOutputsOfTheLayersOneByOne(TestBackend tested) {
    Backend backend = tested.backend();
    int liveBefore = backend.pool().statistics().liveBuffers();
    try (Module model = nested().initialize(backend, IMAGE, 1);
        Scope scope = Scope.open();
        NoGrad off = NoGrad.open()) {
      Tensor input = images(backend, 2);
      Map<String, Tensor> outputs = Activations.of(model, input);
      assertThat(outputs.keySet()).containsExactly("0.1", "1", "2", "3");
      assertThat(model.isTraining()).isTrue();
      assertThat(model.children().get(2).isTraining()).isTrue();

      Module convolution = model.children().get(0).children().get(0);
      Tensor maps = convolution.forward(input).relu();
      Tensor rows = maps.reshape(2, -1);
      same(outputs.get("0.1"), maps);
      same(outputs.get("1"), rows);
      same(outputs.get("2"), rows);
      same(outputs.get("3"), model.children().get(3).forward(rows));
    }
    assertThat(backend.pool().statistics().liveBuffers()).isEqualTo(liveBefore);
  }

  private static void same(Tensor actual, Tensor expected) {
    assertThat(actual.shape()).isEqualTo(expected.shape());
    assertThat(actual.toDoubleArray()).containsExactly(expected.toDoubleArray(), within(TOLERANCE));
  }

  @Test
  void ofALayerAloneHaveAnEmptyPath() {
    try (ReferenceBackend backend = new ReferenceBackend();
        Module model = new Linear(2).initialize(backend, Shape.of(3), 1);
        Scope scope = Scope.open()) {
      Tensor input = Tensor.uniform(backend, Shape.of(4, 3), 3, 0, -1, 1);
      Map<String, Tensor> outputs = Activations.of(model, input);
      assertThat(outputs.keySet()).containsExactly("");
      same(outputs.get(""), model.forward(input));
    }
  }

  /** Of blocks with several ways, what comes out at their end is seen too. */
  @ParameterizedTest
  @MethodSource("backends")
  void ofBranchesAreThoseOfEachWayAndTheWhole(TestBackend tested) {
    Backend backend = tested.backend();
    Module residual =
        new Residual(new Sequential(new Conv2d(1, 3).padding(1), new Tanh()), new Conv2d(1, 1));
    Graph graph =
        Graph.builder()
            .apply("left", new Conv2d(2, 1), Graph.INPUT)
            .apply("bend", new Tanh(), "left")
            .apply("right", new Conv2d(2, 1), Graph.INPUT)
            .sum("sum", "bend", "right")
            .build("sum");
    try (Module model = new Sequential(residual, new ReLU(), graph, new Flatten());
        Scope scope = Scope.open();
        NoGrad off = NoGrad.open()) {
      model.initialize(backend, IMAGE, 1);
      Map<String, Tensor> outputs = Activations.of(model, images(backend, 2));
      assertThat(outputs.keySet())
          .containsExactly("0.body.1", "0.shortcut", "0", "1", "2.bend", "2.right", "2", "3");
      same(outputs.get("0"), outputs.get("0.body.1").add(outputs.get("0.shortcut")));
      same(outputs.get("1"), outputs.get("0").relu());
      same(outputs.get("2"), outputs.get("2.bend").add(outputs.get("2.right")));
    }
  }

  @Test
  void modulesAreNamedInTheOrderOfComputation() {
    try (ReferenceBackend backend = new ReferenceBackend();
        Module model = nested().initialize(backend, IMAGE, 1)) {
      assertThat(model.namedModules().stream().map(NamedModule::toString))
          .containsExactly(
              "0.0 Conv2d",
              "0.1 ReLU",
              "0 Sequential",
              "1 Flatten",
              "2 Dropout",
              "3 Linear",
              "Sequential");
    }
  }

  @Test
  void hooksSeeTheirOwnThreadUntilTheyAreClosed() throws InterruptedException {
    try (ReferenceBackend backend = new ReferenceBackend();
        Module model = nested().initialize(backend, IMAGE, 1);
        Scope scope = Scope.open()) {
      Tensor input = images(backend, 1);
      List<Module> inner = new ArrayList<>();
      List<Module> outer = new ArrayList<>();
      try (ForwardHook first = ForwardHook.open((layer, output) -> outer.add(layer))) {
        try (ForwardHook second = ForwardHook.open((layer, output) -> inner.add(layer))) {
          model.forward(input);
          assertThatThrownBy(first::close)
              .isInstanceOf(IllegalStateException.class)
              .hasMessage(
                  "forward hooks close innermost first: close the one that was opened after this"
                      + " one");
        }
        Thread other = new Thread(() -> model.forward(input).close());
        other.start();
        other.join();
      }
      model.forward(input);
      assertThat(inner).hasSize(4).isEqualTo(outer);
    }
  }

  /** What the observer makes of an output does not become part of the graph. */
  @Test
  void observersAreNotRecorded() {
    List<Boolean> recorded = new ArrayList<>();
    try (ReferenceBackend backend = new ReferenceBackend();
        Module model = nested().initialize(backend, IMAGE, 1);
        Scope scope = Scope.open();
        ForwardHook hook =
            ForwardHook.open((layer, output) -> recorded.add(output.square().requiresGrad()))) {
      assertThat(model.forward(images(backend, 1)).requiresGrad()).isTrue();
    }
    assertThat(recorded).hasSize(4).containsOnly(false);
  }

  @Test
  void anObserverThatFailsLeaksNothing() {
    try (ReferenceBackend backend = new ReferenceBackend();
        Module model = nested().initialize(backend, IMAGE, 1);
        Tensor input = images(backend, 1);
        NoGrad off = NoGrad.open()) {
      int live = backend.pool().statistics().liveBuffers();
      for (int failing = 0; failing < 4; failing++) {
        List<Module> seen = new ArrayList<>();
        int last = failing;
        try (ForwardHook hook =
            ForwardHook.open(
                (layer, output) -> {
                  seen.add(layer);
                  if (seen.size() > last) {
                    throw new UnsupportedOperationException("the observer's own failure");
                  }
                })) {
          assertThatThrownBy(() -> model.forward(input)).hasMessage("the observer's own failure");
        }
        assertThat(backend.pool().statistics().liveBuffers())
            .as("after %d", failing)
            .isEqualTo(live);
      }
    }
  }

  @Test
  void aWrongInputIsTheLayersOwnErrorAndLeaksNothing() {
    try (ReferenceBackend backend = new ReferenceBackend();
        Module model = nested().initialize(backend, IMAGE, 1);
        Tensor input = Tensor.zeros(backend, Shape.of(1, 1, 6, 6))) {
      int live = backend.pool().statistics().liveBuffers();
      assertThatThrownBy(() -> Activations.of(model, input))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("layer 3 (Linear) with input of shape [1, 32]");
      assertThat(backend.pool().statistics().liveBuffers()).isEqualTo(live);
      assertThat(model.isTraining()).isTrue();
    }
  }
}
