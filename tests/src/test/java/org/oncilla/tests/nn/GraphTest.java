package org.oncilla.tests.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.oncilla.nn.Activations;
import org.oncilla.nn.BuildContext;
import org.oncilla.nn.Concat;
import org.oncilla.nn.Conv2d;
import org.oncilla.nn.Dropout;
import org.oncilla.nn.Flatten;
import org.oncilla.nn.Graph;
import org.oncilla.nn.Linear;
import org.oncilla.nn.Module;
import org.oncilla.nn.ModuleConfig;
import org.oncilla.nn.Modules;
import org.oncilla.nn.Parameter;
import org.oncilla.nn.ReLU;
import org.oncilla.nn.Residual;
import org.oncilla.nn.Sequential;
import org.oncilla.nn.Summary;
import org.oncilla.nn.Tanh;
import org.oncilla.tensor.NoGrad;
import org.oncilla.tensor.Scope;
import org.oncilla.tensor.Shape;
import org.oncilla.tensor.Tensor;
import org.oncilla.tests.reference.ReferenceBackend;
import org.oncilla.tests.tensor.Draw;

/** Modules wired to one another: what they compute, name, free and refuse. */
class GraphTest {
  private final ReferenceBackend backend = new ReferenceBackend();

  @AfterEach
  void close() {
    backend.close();
  }

  // ---- what they compute

  @Test
  void computesWhatTheWiringSays() {
    try (Module graph =
            Graph.builder()
                .concat("both", "bent", "skip")
                .apply("bent", new Tanh(), "dense")
                .apply("dense", new Linear(4), Graph.INPUT)
                .sum("skip", "dense", Graph.INPUT, "bent")
                .build("both")
                .initialize(backend, Shape.of(4), 1);
        Scope scope = Scope.open()) {
      Tensor x = new Draw(3).values(2, 4).on(backend);
      Tensor dense =
          x.matmul(parameter(graph, "dense.weight"), false, true)
              .add(parameter(graph, "dense.bias"));
      Tensor expected = Tensor.concat(1, dense.tanh(), dense.add(x).add(dense.tanh()));
      assertThat(graph.forward(x).toDoubleArray()).containsExactly(expected.toDoubleArray());
    }
  }

  @Test
  void residualsAddTheShortcutAndConcatsStandInOrder() {
    try (Module residual = new Residual(new Linear(3)).initialize(backend, Shape.of(3), 1);
        Module concat =
            new Concat(new Linear(1), new Linear(2)).initialize(backend, Shape.of(3), 2);
        Scope scope = Scope.open()) {
      Tensor x = new Draw(4).values(2, 3).on(backend);
      Tensor body = x.matmul(parameter(residual, "body.weight"), false, true);
      assertThat(residual.forward(x).toDoubleArray()).containsExactly(body.add(x).toDoubleArray());
      Tensor first = x.matmul(parameter(concat, "0.weight"), false, true);
      Tensor second = x.matmul(parameter(concat, "1.weight"), false, true);
      assertThat(concat.forward(x).toDoubleArray())
          .containsExactly(Tensor.concat(1, first, second).toDoubleArray());
    }
  }

  private static Tensor parameter(Module model, String name) {
    return model.parameters().list().stream()
        .filter(parameter -> parameter.name().equals(name))
        .map(Parameter::value)
        .findFirst()
        .orElseThrow();
  }

  // ---- what they are called

  @Test
  void parametersAreNamedByTheirPlace() {
    Module model =
        new Sequential(
            new Residual(
                new Sequential(new Conv2d(8, 3).padding(1), new ReLU(), new Conv2d(8, 1)),
                new Conv2d(8, 1).bias(false)),
            new Concat(new Conv2d(2, 1), new Conv2d(3, 1)),
            Graph.builder()
                .apply("flat", new Flatten(), Graph.INPUT)
                .apply("head", new Linear(2), "flat")
                .build("head"));
    model.initialize(backend, Shape.of(3, 2, 2), 1);
    assertThat(model.parameters().list().stream().map(Parameter::name))
        .containsExactly(
            "0.body.0.weight",
            "0.body.0.bias",
            "0.body.2.weight",
            "0.body.2.bias",
            "0.shortcut.weight",
            "1.0.weight",
            "1.0.bias",
            "1.1.weight",
            "1.1.bias",
            "2.head.weight",
            "2.head.bias");
    assertThat(model.summary().layers())
        .contains(
            new Summary.Layer("0.shortcut", "Conv2d", Shape.of(8, 2, 2), 24, 0),
            new Summary.Layer("0.sum", "Sum", Shape.of(8, 2, 2), 0, 0),
            new Summary.Layer("1.concat", "Concat", Shape.of(5, 2, 2), 0, 0),
            new Summary.Layer("2.head", "Linear", Shape.of(2), 42, 0));
    model.close();
  }

  @Test
  void everyModuleWithinReportsWhatItComputed() {
    try (Module model =
            new Sequential(
                    new Residual(new Sequential(new Linear(3), new Tanh())),
                    new Concat(new Linear(1), new Linear(2)))
                .initialize(backend, Shape.of(3), 1);
        Scope scope = Scope.open()) {
      Tensor x = new Draw(5).values(2, 3).on(backend);
      Map<String, Tensor> outputs = Activations.of(model, x);
      assertThat(outputs.keySet()).containsExactly("0.body.1", "0", "1.0", "1.1", "1");
      assertThat(outputs.get("0").toDoubleArray())
          .containsExactly(outputs.get("0.body.1").add(x).toDoubleArray());
    }
  }

  // ---- what they free

  /** Tells how many buffers live when it runs. */
  private static final class Probe extends Module {
    private final ReferenceBackend backend;
    private int live;

    private Probe(ReferenceBackend backend) {
      this.backend = backend;
    }

    @Override
    protected Shape build(BuildContext context, Shape input) {
      return input;
    }

    @Override
    public Tensor forward(Tensor input) {
      live = backend.pool().statistics().liveBuffers();
      return input;
    }

    @Override
    public ModuleConfig config() {
      return ModuleConfig.of("Probe", Map.of());
    }
  }

  @Test
  void resultsGoWithTheirLastReader() {
    Probe whileHeld = new Probe(backend);
    Probe afterwards = new Probe(backend);
    try (Module graph =
            Graph.builder()
                .apply("a", new Linear(4), Graph.INPUT)
                .apply("b", new Linear(4), "a")
                .apply("held", whileHeld, "b")
                .sum("sum", "a", "held")
                .apply("afterwards", afterwards, "sum")
                .build("afterwards")
                .initialize(backend, Shape.of(4), 1);
        Tensor x = Tensor.zeros(backend, Shape.of(2, 4));
        NoGrad off = NoGrad.open()) {
      int before = backend.pool().statistics().liveBuffers();
      try (Tensor y = graph.forward(x)) {
        assertThat(whileHeld.live - before).as("a and b").isEqualTo(2);
        assertThat(afterwards.live - before).as("the sum alone").isEqualTo(1);
        assertThat(y.isClosed()).isFalse();
      }
      assertThat(x.isClosed()).isFalse();
      assertThat(backend.pool().statistics().liveBuffers()).isEqualTo(before);
    }
  }

  @Test
  void anActivationIsFoldedWhereNothingElseReadsTheLayer() {
    assertThat(buffersMadeBy(activated("layer"))).as("folded").isEqualTo(1);
    assertThat(
            buffersMadeBy(
                Graph.builder()
                    .apply("layer", new Linear(4), Graph.INPUT)
                    .apply("bent", new Tanh(), "layer")
                    .sum("sum", "layer", "bent")
                    .build("sum")))
        .as("a sum needs both")
        .isEqualTo(3);
    assertThat(buffersMadeBy(new Sequential(new Linear(4), new Tanh()))).isEqualTo(1);
    assertThat(buffersMadeBy(new Sequential(new Linear(4), new Tanh(), new ReLU())))
        .as("only one activation fits a kernel")
        .isEqualTo(2);
  }

  private static Graph activated(String name) {
    return Graph.builder()
        .apply(name, new Linear(4), Graph.INPUT)
        .apply("bent", new Tanh(), name)
        .build("bent");
  }

  private static long buffersMadeBy(Module model) {
    try (ReferenceBackend fresh = new ReferenceBackend();
        Module built = model.initialize(fresh, Shape.of(4), 1);
        Tensor x = Tensor.zeros(fresh, Shape.of(30, 4));
        NoGrad off = NoGrad.open()) {
      long before = fresh.pool().statistics().allocations();
      built.forward(x).close();
      return fresh.pool().statistics().allocations() - before;
    }
  }

  @Test
  void aFailingNodeIsNamedAndLeaksNothing() {
    try (Module graph =
            Graph.builder()
                .apply("first", new Conv2d(2, 1), Graph.INPUT)
                .apply("second", new Sequential(new Flatten(), new Linear(3)), "first")
                .apply("third", new Flatten(), "first")
                .concat("both", "second", "third")
                .build("both")
                .initialize(backend, Shape.of(1, 2, 2), 1);
        Tensor tooLarge = Tensor.zeros(backend, Shape.of(2, 1, 3, 3));
        NoGrad off = NoGrad.open()) {
      int before = backend.pool().statistics().liveBuffers();
      assertThatThrownBy(() -> graph.forward(tooLarge))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith(
              "layer second.1 (Linear) with input of shape [2, 18]: Linear was");
      assertThat(backend.pool().statistics().liveBuffers()).isEqualTo(before);
    }
  }

  @Test
  void aModuleThatPassesItsInputOnDoesNotFreeItForOthers() {
    try (Module model =
            new Residual(new Sequential(new Dropout(0.5), new Dropout(0.5)))
                .initialize(backend, Shape.of(3), 1);
        Tensor x = Tensor.full(backend, Shape.of(2, 3), 2);
        NoGrad off = NoGrad.open()) {
      model.eval();
      try (Tensor y = model.forward(x)) {
        assertThat(y.toDoubleArray()).containsOnly(4);
      }
      assertThat(x.isClosed()).isFalse();
    }
  }

  // ---- what they refuse

  @Test
  void refusesBranchesThatDoNotMeet() {
    assertThatThrownBy(
            () ->
                new Sequential(new ReLU(), new Residual(new Conv2d(8, 3).stride(2).padding(1)))
                    .summary(Shape.of(4, 6, 6)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "layer 1 (Residual) with input of shape [4, 6, 6]: sum: needs one shape, but body gives"
                + " [8, 3, 3] and the input gives [4, 6, 6]; give the one that differs a layer that"
                + " changes its shape, as new Conv2d(channels, 1).stride(stride) does on a"
                + " shortcut");
    assertThatThrownBy(() -> new Residual(new Linear(2), new Linear(3)).summary(Shape.of(4)))
        .hasMessageContaining("body gives [2] and shortcut gives [3]");
    assertThatThrownBy(
            () -> new Concat(new Conv2d(2, 1), new Conv2d(2, 3)).summary(Shape.of(1, 6, 6)))
        .hasMessageContaining("concat: samples may differ in their channels alone")
        .hasMessageContaining("0 gives [2, 6, 6] and 1 gives [2, 4, 4]")
        .hasMessageContaining("padding and strides");
    assertThatThrownBy(() -> new Concat(new Conv2d(2, 1), new Flatten()).summary(Shape.of(1, 6, 6)))
        .hasMessageContaining("0 gives [2, 6, 6] and 1 gives [36]");
    assertThatThrownBy(() -> new Concat(new ReLU(), new ReLU()).summary(Shape.SCALAR))
        .hasMessageContaining("concat: needs samples with an axis, but 0 gives []");
    assertThatThrownBy(() -> new Concat(new ReLU()))
        .hasMessage("Concat: needs at least two branches, not 1");
  }

  @Test
  void refusesGraphsThatCannotBeComputed() {
    assertThatThrownBy(
            () ->
                Graph.builder().apply("a", new ReLU(), "b").apply("c", new ReLU(), "a").build("c"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Graph: node a reads \"b\", which is no node; the nodes are [a, c], and \"input\" is"
                + " what the graph is given");
    assertThatThrownBy(() -> activated("a").forward(Tensor.zeros(backend, Shape.of(1, 4))))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("call initialize(backend, inputShape, seed)");
    assertThatThrownBy(() -> Graph.builder().apply("a", new ReLU(), Graph.INPUT).build("y"))
        .hasMessage("Graph: the output \"y\" is no node; the nodes are [a]");
    assertThatThrownBy(
            () ->
                Graph.builder()
                    .apply("a", new ReLU(), Graph.INPUT)
                    .sum("b", "a", "d")
                    .apply("c", new ReLU(), "b")
                    .apply("d", new ReLU(), "c")
                    .build("d"))
        .hasMessage(
            "Graph: the nodes b <- d <- c <- b read one another in a cycle, so none can be computed"
                + " first");
    assertThatThrownBy(
            () ->
                Graph.builder()
                    .apply("a", new ReLU(), Graph.INPUT)
                    .apply("b", new ReLU(), "a")
                    .build("a"))
        .hasMessage(
            "Graph: nothing reads node b, and it is not the output a; remove it or let a sum or"
                + " concat read it");
    assertThatThrownBy(
            () ->
                Graph.builder()
                    .apply("a", new ReLU(), Graph.INPUT)
                    .apply("a", new ReLU(), "a")
                    .build("a"))
        .hasMessage("Graph: two nodes are named a; each needs a name of its own");
  }

  @Test
  void refusesNodesWithoutANameOrAPartner() {
    for (String name : List.of("", "a.b", Graph.INPUT)) {
      assertThatThrownBy(() -> Graph.builder().apply(name, new ReLU(), Graph.INPUT))
          .hasMessageContaining("a node cannot be named \"" + name + "\"")
          .hasMessageContaining("paths of parameters");
    }
    assertThatThrownBy(() -> Graph.builder().sum("s", Graph.INPUT))
        .hasMessage("Graph: node s joins at least two others, not [input]");
    Linear shared = new Linear(4);
    assertThatThrownBy(
            () ->
                Graph.builder()
                    .apply("a", shared, Graph.INPUT)
                    .apply("b", shared, "a")
                    .build("b")
                    .summary(Shape.of(4)))
        .hasMessageContaining("layer b (Linear)")
        .hasMessageContaining("make an object for each place");
  }

  @Test
  void refusesConfigurationsThatAreNoGraph() {
    ModuleConfig config = activated("a").config();
    assertThat(Modules.create(config).config()).isEqualTo(config);
    assertThatThrownBy(
            () -> Modules.create(new ModuleConfig("Graph", config.arguments(), List.of())))
        .hasMessageContaining("module Graph: node [a, apply, input] must be a name")
        .hasMessageContaining("there are 0 modules to apply");
    Map<String, Object> product =
        Map.of("output", "p", "nodes", List.of(List.of("p", "Product", "input", "input")));
    assertThatThrownBy(() -> Modules.create(ModuleConfig.of("Graph", product)))
        .hasMessageContaining("no way to join results is called \"Product\"; there are Sum and");
    assertThatThrownBy(() -> Modules.create(ModuleConfig.of("Graph", Map.of("nodes", 3))))
        .hasMessage("module Graph: setting nodes must be a list of lists of texts, but is 3");
    assertThatThrownBy(() -> Modules.create(ModuleConfig.of("Residual", Map.of())))
        .hasMessage("module Residual: needs a body, and a shortcut or none, not 0 modules");
  }
}
