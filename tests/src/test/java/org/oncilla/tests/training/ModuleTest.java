package org.oncilla.tests.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.oncilla.backend.Backend;
import org.oncilla.backend.OutOfDeviceMemoryException;
import org.oncilla.data.Dataset;
import org.oncilla.nn.BatchNorm2d;
import org.oncilla.nn.BuildContext;
import org.oncilla.nn.Conv2d;
import org.oncilla.nn.Dropout;
import org.oncilla.nn.Flatten;
import org.oncilla.nn.Initializers;
import org.oncilla.nn.Linear;
import org.oncilla.nn.Module;
import org.oncilla.nn.ModuleConfig;
import org.oncilla.nn.Modules;
import org.oncilla.nn.ReLU;
import org.oncilla.nn.Sequential;
import org.oncilla.nn.Tanh;
import org.oncilla.optim.Adam;
import org.oncilla.optim.Sgd;
import org.oncilla.tensor.NoGrad;
import org.oncilla.tensor.Scope;
import org.oncilla.tensor.Shape;
import org.oncilla.tensor.Tensor;
import org.oncilla.tests.Digits;
import org.oncilla.tests.reference.ReferenceBackend;
import org.oncilla.train.Trainer;

/** Modules, optimizers and data sets at their edges. */
class ModuleTest {
  private final Backend backend = new ReferenceBackend();

  @AfterEach
  void close() {
    backend.close();
  }

  @Test
  void namesTheLayerWhoseInputDoesNotFit() {
    try (Module model =
        new Sequential(
                new Conv2d(4, 3),
                new Tanh(),
                new Flatten(),
                new Sequential(new Linear(8), new ReLU(), new Linear(2)))
            .initialize(backend, Shape.of(1, 4, 4), 1)) {
      try (Scope scope = Scope.open()) {
        assertThatThrownBy(() -> model.forward(Tensor.zeros(backend, Shape.of(2, 3, 4, 4))))
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessage(
                "layer 0 (Conv2d) with input of shape [2, 3, 4, 4]: Conv2d was built for inputs of"
                    + " shape [1, 4, 4], but the input of shape [2, 3, 4, 4] has 3 channels in"
                    + " place of 1; a batch of such samples has shape [N, 1, 4, 4]");
        assertThatThrownBy(() -> model.forward(Tensor.zeros(backend, Shape.of(2, 1, 5, 5))))
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessage(
                "layer 3.0 (Linear) with input of shape [2, 36]: Linear was built for inputs of"
                    + " shape [16], but the input of shape [2, 36] has 36 features in place of 16;"
                    + " a batch of such samples has shape [N, 16] (the model was built for batches"
                    + " of shape [N, 1, 4, 4], this one has shape [2, 1, 5, 5])");
      }
    }
  }

  @Test
  void namesTheLayerThatNeedsRows() {
    assertThatThrownBy(() -> new Sequential(new Linear(3)).summary(Shape.of(1, 8, 8)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("layer 0 (Linear)")
        .hasMessageContaining("put a Flatten before it");
  }

  @Test
  void aFailingForwardLeaksNothing() {
    try (Module model =
            new Sequential(new Conv2d(4, 3), new ReLU(), new Flatten(), new Linear(2))
                .initialize(backend, Shape.of(1, 4, 4), 1);
        Tensor tooLarge = Tensor.zeros(backend, Shape.of(2, 1, 5, 5))) {
      int before = backend.pool().statistics().liveBuffers();
      try (NoGrad off = NoGrad.open()) {
        assertThatThrownBy(() -> model.forward(tooLarge))
            .isInstanceOf(IllegalArgumentException.class);
      }
      assertThat(backend.pool().statistics().liveBuffers()).isEqualTo(before);
      try (Scope recording = Scope.open()) {
        assertThatThrownBy(() -> model.forward(tooLarge))
            .isInstanceOf(IllegalArgumentException.class);
      }
      assertThat(backend.pool().statistics().liveBuffers()).isEqualTo(before);
    }
  }

  @Test
  void refusesOneObjectInTwoPlaces() {
    Linear shared = new Linear(4);
    assertThatThrownBy(() -> new Sequential(shared, new ReLU(), shared).summary(Shape.of(4)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("layer 2 (Linear)")
        .hasMessageContaining("make an object for each place");
  }

  /** A second build would take the layer's weights away from the model that trains them. */
  @Test
  void refusesALayerThatIsPartOfAnotherModel() {
    Linear shared = new Linear(4);
    try (Module model = new Sequential(shared).initialize(backend, Shape.of(3), 1)) {
      String text =
          "this Linear object is part of another model, a Sequential that is initialized for inputs"
              + " of shape [3]; close() that model first, or make an object for each model";
      Module second = new Sequential(new ReLU(), shared);
      assertThatThrownBy(() -> second.initialize(backend, Shape.of(3), 2))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("layer 1 (Linear)")
          .hasMessageContaining(text);
      assertThatThrownBy(() -> shared.initialize(backend, Shape.of(3), 2))
          .hasMessageContaining(text);
      assertThatThrownBy(() -> shared.summary(Shape.of(3))).hasMessageContaining(text);
      assertThat(shared.weight()).isSameAs(model.parameters().find("0.weight"));
      model.close();
      second.initialize(backend, Shape.of(3), 2);
      assertThat(shared.weight()).isSameAs(second.parameters().find("1.weight"));
      second.close();
    }
  }

  /** A stride that changes would not fit the layers behind, nor a bias the checkpoint. */
  @Test
  void settingsAreMadeBeforeTheModelIsInitialized() {
    Conv2d convolution = new Conv2d(2, 3);
    BatchNorm2d norm = new BatchNorm2d();
    try (Module model = new Sequential(convolution, norm)) {
      model.initialize(backend, Shape.of(1, 8, 8), 1);
      assertThatThrownBy(() -> convolution.stride(2))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage(
              "Conv2d: stride is set before the model is initialized, and this layer's model is;"
                  + " close() it first");
      assertThatThrownBy(() -> convolution.bias(false)).hasMessageContaining("Conv2d: bias is set");
      assertThatThrownBy(() -> norm.affine(false))
          .hasMessageContaining("BatchNorm2d: affine is set before");
      norm.momentum(0.5);
      model.close();
      convolution.stride(2).bias(false);
      model.initialize(backend, Shape.of(1, 8, 8), 1);
      assertThat(model.outputShape()).isEqualTo(Shape.of(2, 3, 3));
      assertThat(model.parameters().find("0.bias")).isNull();
    }
  }

  /** A module of one's own that declares what a test tells it to. */
  private static final class Declaring extends Module {
    private final BiConsumer<BuildContext, Shape> declaration;
    private final List<Module> children;

    Declaring(BiConsumer<BuildContext, Shape> declaration, Module... children) {
      this.declaration = declaration;
      this.children = List.of(children);
    }

    @Override
    protected Shape build(BuildContext context, Shape input) {
      declaration.accept(context, input);
      return input;
    }

    @Override
    public List<Module> children() {
      return children;
    }

    @Override
    public Tensor forward(Tensor input) {
      return input;
    }

    @Override
    public ModuleConfig config() {
      return ModuleConfig.of("Declaring", Map.of());
    }
  }

  @Test
  void refusesModulesWithinThatAreNoChildren() {
    Dropout dropout = new Dropout(0.5);
    BiConsumer<BuildContext, Shape> building = (context, in) -> context.child("drop", dropout, in);
    assertThatThrownBy(() -> new Sequential(new Declaring(building)).summary(Shape.of(4)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("layer 0 (Declaring)")
        .hasMessageContaining("it builds a Dropout that it does not list as a child")
        .hasMessageContaining("let children() return every module within it");
    Module listing = new Sequential(new Declaring(building, dropout));
    assertThat(listing.summary(Shape.of(4)).layers()).extracting("name").contains("0.drop");
  }

  /** Of two parameters of one name, a checkpoint would hold the last. */
  @Test
  void refusesNamesThatAreTaken() {
    for (String name : new String[] {"weight", "", "a.b"}) {
      BiConsumer<BuildContext, Shape> twice =
          (context, input) -> {
            context.parameter("weight", input, Initializers.zeros());
            context.buffer(name, input, Initializers.zeros());
          };
      assertThatThrownBy(() -> new Sequential(new Declaring(twice)).summary(Shape.of(4)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("layer 0 (Declaring)")
          .hasMessageContaining("a parameter or buffer cannot be named \"" + name + "\"")
          .hasMessageContaining("stand once in a module");
    }
  }

  @Test
  void saysWhenAModelHasNoWeightsYet() {
    Module model = new Sequential(new Linear(4));
    assertThatThrownBy(model::parameters)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("call initialize(backend, inputShape, seed)");
    assertThatThrownBy(() -> model.forward(Tensor.zeros(backend, Shape.of(1, 4))))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining(
            "forward: this Sequential is part of no model that is initialized; call initialize(");
  }

  @Test
  void buildsAModelAgainFromItsConfiguration() {
    Module model = Nets.convolutional();
    Module again = Modules.create(model.config());
    assertThat(again.config()).isEqualTo(model.config());
    assertThat(again.summary(Shape.of(1, 8, 8))).isEqualTo(model.summary(Shape.of(1, 8, 8)));
    assertThatThrownBy(() -> Modules.create(ModuleConfig.of("Mystery", Map.of())))
        .hasMessageContaining("unknown module type \"Mystery\"; the known ones are [")
        .hasMessageContaining("Linear, ")
        .hasMessageContaining("Modules.register adds others");
    assertThatThrownBy(() -> Modules.create(ModuleConfig.of("Linear", Map.of())))
        .hasMessageContaining("module Linear: setting outFeatures must be a whole number");
    Map<String, Object> tooLarge = Map.of("outFeatures", 1L << 32);
    assertThatThrownBy(() -> Modules.create(ModuleConfig.of("Linear", tooLarge)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(
            "module Linear: setting outFeatures must be a whole number, but is 4294967296");
  }

  @Test
  void refusesSenselessHyperparameters() {
    assertThatThrownBy(() -> new Linear(0)).hasMessageContaining("at least 1 unit, not 0");
    assertThatThrownBy(() -> new Dropout(1)).hasMessageContaining("must be in [0, 1), not 1.0");
    assertThatThrownBy(() -> Dropout.keeping(0)).hasMessageContaining("in (0, 1], not 0.0");
    assertThatThrownBy(() -> new Sgd(-0.1))
        .hasMessageContaining("Sgd: the learning rate must be a finite number of at least 0");
    assertThatThrownBy(() -> new Sgd(0.1).momentum(-1))
        .hasMessageContaining("Sgd: momentum must be in [0.0, 1.0), not -1.0");
    assertThatThrownBy(() -> new Adam(0.1).betas(0.9, 1))
        .hasMessageContaining("Adam: beta2 must be in [0.0, 1.0), not 1.0");
  }

  @Test
  void anOptimizerWithoutRoomCanBeAttachedLater() {
    try (ReferenceBackend small = new ReferenceBackend(40_000);
        Module model = new Sequential(new Linear(1000)).initialize(small, Shape.of(1), 1);
        Adam adam = new Adam(0.1);
        Tensor inTheWay = Tensor.zeros(small, Shape.of(200))) {
      int live = small.pool().statistics().liveBuffers();
      assertThatThrownBy(() -> adam.attach(model.parameters()))
          .isInstanceOf(OutOfDeviceMemoryException.class)
          .hasMessageContaining("optimizer's first_moment");
      assertThat(small.pool().statistics().liveBuffers()).isEqualTo(live);
      assertThatThrownBy(adam::step)
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("attach(model.parameters()) must come before step()");
      assertThat(inTheWay.isClosed()).isFalse();
    }
  }

  @Test
  void refusesAModelOfAnotherBackend() {
    try (ReferenceBackend other = new ReferenceBackend();
        Module model = Nets.convolutional().initialize(other, Shape.of(1, 8, 8), 1)) {
      Trainer.Builder builder = Nets.trainer(model, backend);
      assertThatThrownBy(builder::build)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("initialize the model on the backend that trains it");
    }
  }

  @Test
  void aRangeOfShuffledSamplesIsShuffled() {
    Dataset range = Digits.train().shuffled(1).range(100, 300);
    int[] order = range.order(0);
    assertThat(order).hasSize(200).doesNotHaveDuplicates();
    assertThat(order).isNotEqualTo(Digits.train().range(100, 300).order(0));
    assertThat(java.util.Arrays.stream(order).min()).hasValue(0);
    assertThat(java.util.Arrays.stream(order).max()).hasValue(199);
    assertThat(range.order(1)).isNotEqualTo(order);
  }
}
