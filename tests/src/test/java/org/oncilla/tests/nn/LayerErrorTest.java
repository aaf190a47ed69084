package org.oncilla.tests.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.oncilla.data.ArrayDataset;
import org.oncilla.data.Dataset;
import org.oncilla.loss.MseLoss;
import org.oncilla.nn.BatchNorm2d;
import org.oncilla.nn.BuildContext;
import org.oncilla.nn.Concat;
import org.oncilla.nn.Conv1d;
import org.oncilla.nn.Conv2d;
import org.oncilla.nn.ConvTranspose2d;
import org.oncilla.nn.Flatten;
import org.oncilla.nn.GlobalAvgPool2d;
import org.oncilla.nn.Graph;
import org.oncilla.nn.Linear;
import org.oncilla.nn.MinMaxScaler;
import org.oncilla.nn.Module;
import org.oncilla.nn.ModuleConfig;
import org.oncilla.nn.Modules;
import org.oncilla.nn.PReLU;
import org.oncilla.nn.ReLU;
import org.oncilla.nn.Residual;
import org.oncilla.nn.Sequential;
import org.oncilla.nn.StandardScaler;
import org.oncilla.optim.Sgd;
import org.oncilla.tensor.NoGrad;
import org.oncilla.tensor.Pool2dOptions;
import org.oncilla.tensor.Scope;
import org.oncilla.tensor.Shape;
import org.oncilla.tensor.Tensor;
import org.oncilla.tests.reference.ReferenceBackend;
import org.oncilla.train.History;
import org.oncilla.train.Trainer;

/** What models say of inputs, settings and layers that do not fit: the layer, and the remedy. */
class LayerErrorTest {
  private final ReferenceBackend backend = new ReferenceBackend();

  @AfterEach
  void close() {
    backend.close();
  }

  private static void refuses(ThrowingCallable call, String message) {
    assertThatThrownBy(call).isInstanceOf(IllegalArgumentException.class).hasMessage(message);
  }

  /** That a batch is refused with a text, and that nothing stays behind. */
  private void refusesBatch(Module model, String message, int... sizes) {
    try (Tensor x = Tensor.zeros(backend, Shape.of(sizes));
        NoGrad off = NoGrad.open()) {
      int live = backend.pool().statistics().liveBuffers();
      refuses(() -> model.forward(x), message);
      assertThat(backend.pool().statistics().liveBuffers()).isEqualTo(live);
    }
  }

  // ---- inputs

  private static Dataset rows() {
    float[] values = {1, 100, 7, 2, 200, 8, 3, 300, 9};
    return ArrayDataset.ofTargets(Shape.of(3), values, Shape.of(1), new float[3]);
  }

  /** One value would broadcast to the three that the scaling has. */
  @Test
  void scalersRefuseOtherFeaturesAndSamplesWithoutABatch() {
    for (Module scaler :
        List.of(new StandardScaler().fit(rows()), new MinMaxScaler().fit(rows()))) {
      String type = scaler.getClass().getSimpleName();
      try (Module model = scaler.initialize(backend, Shape.of(3), 1)) {
        for (int features : new int[] {1, 2, 4}) {
          refusesBatch(
              model,
              type
                  + " was built for inputs of shape [3], but the input of shape [4, "
                  + features
                  + "] has "
                  + features
                  + " features in place of 3; a batch of such samples has shape [N, 3]",
              4,
              features);
        }
        refusesBatch(
            model,
            type
                + " was built for inputs of shape [3], but the input has shape [3]; add the batch"
                + " axis, [N, 3], for one sample by reshape(1, 3)",
            3);
        refusesBatch(
            model,
            type
                + " was built for inputs of shape [3], but the input has shape [2, 3, 1]; a batch"
                + " of such samples has shape [N, 3]",
            2,
            3,
            1);
      }
    }
  }

  @Test
  void scalersOfImagesTakeOtherRowsButNotOtherChannels() {
    Dataset images =
        ArrayDataset.ofTargets(Shape.of(2, 1, 2), new float[8], Shape.of(1), new float[2]);
    try (Module model = new StandardScaler().fit(images).initialize(backend, Shape.of(2, 1, 2), 1);
        Scope scope = Scope.open()) {
      assertThat(model.forward(Tensor.zeros(backend, Shape.of(3, 2, 4, 5))).shape())
          .isEqualTo(Shape.of(3, 2, 4, 5));
      refusesBatch(
          model,
          "StandardScaler was built for inputs of shape [2, 1, 2], but the input of shape"
              + " [3, 1, 1, 2] has 1 channels in place of 2; a batch of such samples has shape"
              + " [N, 2, 1, 2]",
          3,
          1,
          1,
          2);
    }
    try (Module model =
        new StandardScaler().axis(-1).fit(images).initialize(backend, Shape.of(2, 1, 2), 1)) {
      refusesBatch(
          model,
          "StandardScaler was built for inputs of shape [2, 1, 2], but the input of shape"
              + " [3, 2, 1, 1] has 1 along axis 3 in place of 2; a batch of such samples has shape"
              + " [N, 2, 1, 2]",
          3,
          2,
          1,
          1);
    }
  }

  @Test
  void slopesOfChannelsRefuseOtherChannels() {
    try (Module model = new PReLU().perChannel(true).initialize(backend, Shape.of(3), 1)) {
      refusesBatch(
          model,
          "PReLU was built for inputs of shape [3], but the input of shape [2, 1] has 1 features in"
              + " place of 3; a batch of such samples has shape [N, 3]",
          2,
          1);
      refusesBatch(
          model,
          "PReLU was built for inputs of shape [3], but the input has shape [3]; add the batch"
              + " axis, [N, 3], for one sample by reshape(1, 3)",
          3);
    }
  }

  @Test
  void layersWithWeightsTellWhatTheyWereBuiltFor() {
    try (Module model = new Conv2d(3, 3).initialize(backend, Shape.of(1, 28, 28), 1)) {
      refusesBatch(
          model,
          "Conv2d was built for inputs of shape [1, 28, 28], but the input of shape [1, 3, 28, 28]"
              + " has 3 channels in place of 1; a batch of such samples has shape [N, 1, 28, 28]",
          1,
          3,
          28,
          28);
      refusesBatch(
          model,
          "Conv2d was built for inputs of shape [1, 28, 28], but the input has shape [1, 28, 28];"
              + " add the batch axis, [N, 1, 28, 28], for one sample by reshape(1, 1, 28, 28)",
          1,
          28,
          28);
    }
    try (Module model = new Linear(2).initialize(backend, Shape.of(4), 1)) {
      refusesBatch(
          model,
          "Linear was built for inputs of shape [4], but the input has shape [4]; add the batch"
              + " axis, [N, 4], for one sample by reshape(1, 4)",
          4);
    }
    Map<Module, Shape> others =
        Map.of(new Conv1d(2, 3), Shape.of(2, 9), new ConvTranspose2d(2, 3), Shape.of(2, 4, 4));
    others.forEach(
        (layer, sample) -> {
          try (Module model = layer.initialize(backend, sample, 1);
              Scope scope = Scope.open()) {
            Tensor wrong = Tensor.zeros(backend, sample.with(0, 3).prepend(2));
            assertThatThrownBy(() -> model.forward(wrong))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("was built for inputs of shape " + sample)
                .hasMessageContaining("has 3 channels in place of 2");
          }
        });
  }

  /** Whatever the first layer makes of it: a Flatten would make rows of one image's rows. */
  @Test
  void modelsTellWhatTheyWereBuiltFor() {
    try (Module model =
        new Sequential(new Flatten(), new Linear(2)).initialize(backend, Shape.of(1, 4, 4), 1)) {
      refusesBatch(
          model,
          "Sequential was built for inputs of shape [1, 4, 4], but the input has shape [1, 4, 4];"
              + " add the batch axis, [N, 1, 4, 4], for one sample by reshape(1, 1, 4, 4)",
          1,
          4,
          4);
      refusesBatch(
          model,
          "layer 1 (Linear) with input of shape [2, 48]: Linear was built for inputs of shape [16],"
              + " but the input of shape [2, 48] has 48 features in place of 16; a batch of such"
              + " samples has shape [N, 16] (the model was built for batches of shape"
              + " [N, 1, 4, 4], this one has shape [2, 3, 4, 4])",
          2,
          3,
          4,
          4);
    }
    try (Module model =
            new Sequential(new BatchNorm2d()).initialize(backend, Shape.of(1, 4, 4), 1);
        Tensor x = Tensor.zeros(backend, Shape.of(2, 3, 4, 4))) {
      assertThatThrownBy(() -> model.forward(x))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith("layer 0 (BatchNorm2d) with input of shape [2, 3, 4, 4]: batch")
          .hasMessageEndingWith(
              "(the model was built for batches of shape [N, 1, 4, 4], this one has shape"
                  + " [2, 3, 4, 4])");
    }
  }

  @Test
  void fullyConvolutionalModelsTakeLargerImages() {
    try (Module model =
            new Sequential(
                    new Conv2d(2, 3),
                    new PReLU().perChannel(true),
                    new Residual(new Sequential(new Conv2d(2, 3).samePadding(), new ReLU())),
                    new GlobalAvgPool2d(),
                    new Linear(3))
                .initialize(backend, Shape.of(1, 8, 8), 1);
        Scope scope = Scope.open()) {
      assertThat(model.forward(Tensor.zeros(backend, Shape.of(2, 1, 11, 9))).shape())
          .isEqualTo(Shape.of(2, 3));
    }
  }

  // ---- layers of one's own

  /** A layer whose build and forward are the test's. */
  private static final class Own extends Module {
    private final Function<BuildContext, Shape> declared;
    private final Function<Tensor, Tensor> computed;
    private final List<Module> children;

    Own(
        Function<BuildContext, Shape> declared,
        Function<Tensor, Tensor> computed,
        Module... children) {
      this.declared = declared;
      this.computed = computed;
      this.children = List.of(children);
    }

    @Override
    protected Shape build(BuildContext context, Shape input) {
      return declared.apply(context);
    }

    @Override
    public Tensor forward(Tensor input) {
      return computed.apply(input);
    }

    @Override
    public List<Module> children() {
      return children;
    }

    @Override
    public ModuleConfig config() {
      return ModuleConfig.of("Own", Map.of());
    }
  }

  @Test
  void aLayerThatGivesAnotherShapeThanItTellsIsNamed() {
    String message =
        "layer 1 (Own) with input of shape [64, 4]: its build tells outputs of shape [3], so [N, 3]"
            + " for a batch, but its forward gives [64, 4]; let build return the shape of one"
            + " sample of what forward computes";
    for (Function<Tensor, Tensor> computed :
        List.<Function<Tensor, Tensor>>of(x -> x, x -> x.add(1))) {
      try (Module model =
          new Sequential(new ReLU(), new Own(context -> Shape.of(3), computed), new Linear(2))
              .initialize(backend, Shape.of(4), 1)) {
        refusesBatch(model, message, 64, 4);
      }
    }
  }

  @Test
  void aChildThatIsNotBuiltIsNamed() {
    Linear forgotten = new Linear(3);
    refuses(
        () ->
            new Sequential(new Own(context -> Shape.of(3), forgotten::forward, forgotten))
                .initialize(backend, Shape.of(4), 1),
        "layer 0 (Own) with input of shape [4]: it lists a Linear as a child that it does not"
            + " build; call context.child(name, child, shape) for it in build, which sizes it and"
            + " gives its output's shape");
    try (Module model =
            new Own(context -> Shape.of(3), forgotten::forward)
                .initialize(backend, Shape.of(4), 1);
        Tensor x = Tensor.zeros(backend, Shape.of(2, 4))) {
      assertThatThrownBy(() -> model.forward(x))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage(
              "forward: this Linear is part of no model that is initialized; call"
                  + " initialize(backend, inputShape, seed) on the outermost module, as fit does."
                  + " Where that was done, the module that holds this one has not built it: its"
                  + " build must call context.child(name, module, shape), and its children() list"
                  + " it");
    }
    refuses(
        () ->
            new Own(context -> context.child("a", null, Shape.of(1)), x -> x).summary(Shape.of(4)),
        "layer (Own) with input of shape [4]: context.child: the module \"a\" is null");
  }

  @Test
  void anInnerModuleSendsToTheOutermost() {
    Linear inner = new Linear(3);
    try (Module model = new Sequential(inner).initialize(backend, Shape.of(4), 1)) {
      assertThat(model.isInitialized()).isTrue();
      assertThatThrownBy(inner::parameters)
          .isInstanceOf(IllegalStateException.class)
          .hasMessage(
              "parameters: this Linear is part of a model; ask the outermost module for it, a"
                  + " Sequential");
    }
  }

  @Test
  void theSameObjectTwiceAndNoneAreRefusedWithTheirPlaces() {
    ReLU shared = new ReLU();
    refuses(
        () -> new Sequential(new Linear(3), shared, new Linear(3), shared).summary(Shape.of(2)),
        "layer 3 (ReLU) with input of shape [3]: the same ReLU object stands in two places of the"
            + " model, 1 and 3; a module has one place, by which its weights, outputs and mode are"
            + " known, so make an object for each place, also of layers without weights");
    refuses(() -> new Sequential(new Linear(3), null), "Sequential: module 1 of 2 is null");
    refuses(() -> new Sequential(Arrays.asList(null, shared)), "Sequential: module 0 of 2 is null");
    refuses(() -> new Concat(shared, null), "Concat: module 1 of 2 is null");
    refuses(() -> new Residual(shared, null), "Residual: module 1 of 2 is null");
    refuses(() -> new Residual((Module) null), "Residual: module 0 of 1 is null");
    refuses(
        () -> Graph.builder().apply("a", null, Graph.INPUT), "Graph: the module of node a is null");
  }

  @Test
  void namesOfTheLibrarysModulesStayTheirs() {
    refuses(
        () -> Modules.register("Linear", config -> new ReLU()),
        "Modules.register: \"Linear\" is a module of the library, and saved models mean that one by"
            + " it; choose another name, and give it in config() too: ModuleConfig.of(\"MyLinear\","
            + " …)");
    assertThat(Modules.create(new Linear(3).config())).isInstanceOf(Linear.class);
    Modules.register("LayerErrorTest.Own", config -> new ReLU());
    Modules.register("LayerErrorTest.Own", config -> new Flatten());
    assertThat(Modules.create(ModuleConfig.of("LayerErrorTest.Own", Map.of())))
        .isInstanceOf(Flatten.class);
  }

  // ---- settings

  @Test
  void settingsAreRefusedWhereTheyAreMade() {
    String slide = " must be at least 1 and padding at least 0, but ";
    refuses(
        () -> new Conv2d(1, 3).stride(0),
        "conv2d: stride and dilation" + slide + "height has stride 0, padding 0, dilation 1");
    refuses(
        () -> new Conv2d(1, 3).stride(2, 0),
        "conv2d: stride and dilation" + slide + "width has stride 0, padding 0, dilation 1");
    refuses(
        () -> new Conv2d(1, 3).padding(-1),
        "conv2d: stride and dilation" + slide + "height has stride 1, padding -1, dilation 1");
    refuses(
        () -> new Conv2d(1, 3).dilation(0),
        "conv2d: stride and dilation" + slide + "height has stride 1, padding 0, dilation 0");
    refuses(
        () -> new Conv2d(1, 3).groups(0), "conv2d: groups must be at least 1, 1 for none, not 0");
    refuses(
        () -> new Conv1d(1, 3).stride(-2),
        "conv1d: stride and dilation" + slide + "length has stride -2, padding 0, dilation 1");
    refuses(
        () -> new Conv1d(1, 3).groups(0), "conv1d: groups must be at least 1, 1 for none, not 0");
    refuses(
        () -> new ConvTranspose2d(1, 3).stride(0),
        "convTranspose2d: stride and dilation"
            + slide
            + "height has stride 0, padding 0, dilation 1");
    refuses(
        () -> Pool2dOptions.of(2).stride(1, 0),
        "pool2d: kernel, stride and dilation"
            + slide
            + "width has kernel 2, stride 0, padding 0, dilation 1");
  }

  @Test
  void ofPaddingAndSamePaddingTheLastOneCounts() {
    Shape image = Shape.of(1, 8, 8);
    assertThat(new Conv2d(1, 3).samePadding().padding(3).summary(image).layers().get(0).output())
        .isEqualTo(Shape.of(1, 12, 12));
    assertThat(new Conv2d(1, 3).padding(3).samePadding().summary(image).layers().get(0).output())
        .isEqualTo(image);
    Conv1d sequence = new Conv1d(1, 3);
    try (Module model = sequence.initialize(backend, Shape.of(1, 8), 1)) {
      assertThat(model.outputShape()).isEqualTo(Shape.of(1, 6));
      assertThatThrownBy(sequence::samePadding)
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("Conv1d: samePadding is set before the model is initialized");
    }
  }

  @Test
  void aFitWithNothingToDoTellsWhatIsDoneAndAsked() {
    try (Module model = new Sequential(new Linear(1));
        Trainer trainer =
            Trainer.of(model)
                .backend(backend)
                .loss(new MseLoss())
                .optimizer(new Sgd(1e-6))
                .build()) {
      History first = trainer.fit(rows().batches(3), null, 2);
      assertThat(first.epochsDone()).isEqualTo(2);
      History second = trainer.fit(rows().batches(3), null, 1);
      assertThatThrownBy(second::last)
          .isInstanceOf(IllegalStateException.class)
          .hasMessage(
              "fit had nothing to do: 2 epoch(s) are done and 1 asked for, a total that counts"
                  + " those done before; ask for 3 to train one more");
    }
  }
}
