package org.oncilla.tests.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.oncilla.backend.Backend;
import org.oncilla.nn.AdaptiveAvgPool1d;
import org.oncilla.nn.AdaptiveAvgPool2d;
import org.oncilla.nn.AvgPool1d;
import org.oncilla.nn.AvgPool2d;
import org.oncilla.nn.Conv1d;
import org.oncilla.nn.Conv2d;
import org.oncilla.nn.ConvTranspose2d;
import org.oncilla.nn.Flatten;
import org.oncilla.nn.GlobalAvgPool2d;
import org.oncilla.nn.Initializers;
import org.oncilla.nn.MaxPool1d;
import org.oncilla.nn.MaxPool2d;
import org.oncilla.nn.Module;
import org.oncilla.nn.ModuleConfig;
import org.oncilla.nn.Modules;
import org.oncilla.nn.Parameter;
import org.oncilla.nn.Reshape;
import org.oncilla.nn.Sequential;
import org.oncilla.nn.Upsample;
import org.oncilla.nn.ZeroPad2d;
import org.oncilla.tensor.Pool1dOptions;
import org.oncilla.tensor.Scope;
import org.oncilla.tensor.Shape;
import org.oncilla.tensor.Tensor;
import org.oncilla.tests.reference.ReferenceBackend;
import org.oncilla.tests.tensor.Draw;

/** What layers of images and sequences compute in cases worked out by hand, and refuse. */
class ImageLayerTest {
  private Backend backend;
  private Scope scope;

  @BeforeEach
  void open() {
    backend = new ReferenceBackend();
    scope = Scope.open();
  }

  @AfterEach
  void close() {
    scope.close();
    backend.close();
  }

  private double[] outputOf(Module layer, int[] sample, double... values) {
    try (Module model = layer.initialize(backend, Shape.of(sample), 1)) {
      return model.forward(Tensor.of(backend, values, Shape.of(sample).prepend(1))).toDoubleArray();
    }
  }

  // ---- what they compute

  @Test
  void samePaddingPutsTheOddZeroAtTheEnd() {
    Conv1d pairs = new Conv1d(1, 2).weightInitializer(Initializers.constant(1)).samePadding();
    assertThat(outputOf(pairs, new int[] {1, 3}, 1, 2, 3)).containsExactly(3, 5, 3);
    Conv1d fours = new Conv1d(1, 4).weightInitializer(Initializers.constant(1)).samePadding();
    assertThat(outputOf(fours, new int[] {1, 4}, 1, 2, 3, 4)).containsExactly(6, 10, 9, 7);
    Conv2d squares = new Conv2d(1, 2).weightInitializer(Initializers.constant(1)).samePadding();
    assertThat(outputOf(squares, new int[] {1, 2, 2}, 1, 2, 3, 4)).containsExactly(10, 6, 7, 4);
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "2, 1", "3, 1", "5, 1", "2, 3", "3, 2", "4, 2"})
  void samePaddingKeepsTheSize(int kernel, int dilation) {
    assertThat(new Conv2d(2, kernel).dilation(dilation).samePadding().summary(Shape.of(3, 7, 9)))
        .extracting(summary -> summary.layers().get(0).output())
        .isEqualTo(Shape.of(2, 7, 9));
    assertThat(new Conv1d(2, kernel).dilation(dilation).samePadding().summary(Shape.of(3, 9)))
        .extracting(summary -> summary.layers().get(0).output())
        .isEqualTo(Shape.of(2, 9));
  }

  @Test
  void depthwiseKernelsSeeTheirChannelAlone() {
    Conv2d layer = Conv2d.depthwise(2, 2, 1).bias(false);
    try (Module model = layer.initialize(backend, Shape.of(2, 1, 2), 1)) {
      assertThat(layer.weight().shape()).isEqualTo(Shape.of(4, 1, 1, 1));
      layer.weight().value().copyFrom(new double[] {1, 10, 100, 1000});
      Tensor x = Tensor.of(backend, new double[] {1, 2, 3, 4}, Shape.of(1, 2, 1, 2));
      assertThat(model.forward(x).toDoubleArray())
          .containsExactly(1, 2, 10, 20, 300, 400, 3000, 4000);
    }
  }

  /** ⟨conv(x), y⟩ = ⟨x, convTranspose(y)⟩ for every x and y makes the one the other's transpose. */
  @Test
  void aTransposedConvolutionIsTheTranspose() {
    Conv2d down = new Conv2d(4, 3, 2).stride(2, 3).padding(1, 0).groups(2).bias(false);
    ConvTranspose2d up =
        new ConvTranspose2d(6, 3, 2)
            .stride(2, 3)
            .padding(1, 0)
            .outputPadding(1, 2)
            .groups(2)
            .bias(false);
    try (Module convolution = down.initialize(backend, Shape.of(6, 6, 7), 1);
        Module transposed = up.initialize(backend, Shape.of(4, 3, 2), 2)) {
      assertThat(convolution.outputShape()).isEqualTo(transposed.inputShape());
      assertThat(transposed.outputShape()).isEqualTo(Shape.of(6, 6, 7));
      up.weight().value().copyFrom(down.weight().value().toDoubleArray());
      Tensor x = new Draw(1).values(2, 6, 6, 7).on(backend);
      Tensor y = new Draw(2).values(2, 4, 3, 2).on(backend);
      double one = convolution.forward(x).mul(y).sum().item();
      double other = x.mul(transposed.forward(y)).sum().item();
      assertThat(one).isCloseTo(other, within(1e-10));
    }
  }

  @Test
  void globalPoolingIsAdaptivePoolingFlattened() {
    Tensor x = new Draw(3).values(2, 3, 4, 5).on(backend);
    try (Module global = new GlobalAvgPool2d().initialize(backend, Shape.of(3, 4, 5), 1);
        Module adaptive =
            new Sequential(new AdaptiveAvgPool2d(1), new Flatten())
                .initialize(backend, Shape.of(3, 4, 5), 1)) {
      assertThat(global.outputShape()).isEqualTo(Shape.of(3));
      assertThat(global.forward(x).toDoubleArray())
          .containsExactly(adaptive.forward(x).toDoubleArray());
    }
  }

  @Test
  void averagesCountPaddedZerosOrNot() {
    Pool1dOptions windows = Pool1dOptions.of(3).stride(2).padding(1);
    assertThat(outputOf(new AvgPool1d(windows), new int[] {1, 3}, 3, 6, 9)).containsExactly(3, 5);
    assertThat(outputOf(new AvgPool1d(windows.countPadding(false)), new int[] {1, 3}, 3, 6, 9))
        .containsExactly(4.5, 7.5);
  }

  /** Settings saved by a version whose windows were square still make the same layers. */
  @Test
  void readsTheSettingsOfSquareWindows() {
    Module pool =
        Modules.create(
            ModuleConfig.of("AvgPool2d", Map.of("kernelSize", 3, "stride", 2, "padding", 1)));
    assertThat(pool.config()).isEqualTo(new AvgPool2d(3, 2, 1).config());
    Map<String, Object> settings =
        Map.of(
            "outChannels",
            4,
            "kernelSize",
            3,
            "stride",
            2,
            "padding",
            1,
            "dilation",
            1,
            "groups",
            1,
            "bias",
            true);
    assertThat(Modules.create(ModuleConfig.of("Conv2d", settings)).config())
        .isEqualTo(new Conv2d(4, 3).stride(2).padding(1).config());
  }

  @Test
  void parametersAreNamedAndShapedAsEverywhere() {
    try (Module model =
        new Sequential(new ConvTranspose2d(6, 3, 2).groups(2), new Reshape(6, -1), new Conv1d(4, 5))
            .initialize(backend, Shape.of(4, 2, 2), 1)) {
      assertThat(model.parameters().list().stream().map(Parameter::name))
          .containsExactly("0.weight", "0.bias", "2.weight", "2.bias");
      assertThat(model.parameters().list().stream().map(Parameter::shape))
          .containsExactly(Shape.of(4, 3, 3, 2), Shape.of(6), Shape.of(4, 6, 5), Shape.of(4));
    }
  }

  // ---- what they refuse

  private static void refuses(ThrowingCallable call, String... parts) {
    assertThatThrownBy(call).isInstanceOf(IllegalArgumentException.class).message().contains(parts);
  }

  private static void refuses(Module layer, Shape sample, String... parts) {
    refuses(() -> new Sequential(layer).summary(sample), parts);
  }

  @Test
  void convolutionsThatDoNotFit() {
    refuses(
        new Conv2d(4, 3).groups(2),
        Shape.of(3, 8, 8),
        "layer 0 (Conv2d) with input of shape [3, 8, 8]",
        "groups 2 must divide the 3 input channels and the 4 output channels");
    refuses(
        Conv2d.depthwise(3, 1, 3), Shape.of(4, 8, 8), "groups 3 must divide the 4 input channels");
    refuses(new Conv2d(4, 3, 9), Shape.of(3, 8, 8), "a kernel of width 9 does not fit", "width 8");
    refuses(
        new Conv2d(4, 3).stride(2).samePadding(),
        Shape.of(3, 8, 8),
        "samePadding keeps rows and columns for a stride of 1, but the stride is 2x2",
        "padding(height, width)");
    refuses(
        new Conv2d(4, 3),
        Shape.of(8),
        "Conv2d needs images, [C, H, W], but gets [8]",
        "new Reshape(channels, height, width)");
    refuses(
        new Conv1d(4, 5).padding(1),
        Shape.of(3, 2),
        "layer 0 (Conv1d) with input of shape [3, 2]",
        "conv1d: a kernel of length 5 does not fit the padded input of length 4 (2 + 2*1)");
    refuses(new Conv1d(4, 3).groups(2), Shape.of(3, 8), "conv1d: groups 2 must divide the 3");
    refuses(new Conv1d(4, 3), Shape.of(8), "Conv1d needs sequences, [C, L], but gets [8]");
    refuses(
        new Conv1d(4, 3).stride(2).samePadding(),
        Shape.of(3, 8),
        "samePadding keeps the length for a stride of 1, but the stride is 2");
    refuses(() -> new Conv2d(0, 3), "Conv2d: needs at least 1 output channel", "0 and [3, 3]");
    refuses(() -> new Conv1d(4, 0), "Conv1d: needs at least 1 output channel", "4 and [0]");
    refuses(() -> new ConvTranspose2d(4, 2, 0), "ConvTranspose2d: needs", "4 and [2, 0]");
  }

  @Test
  void transposedConvolutionsThatDoNotFit() {
    refuses(
        new ConvTranspose2d(4, 3).stride(2).outputPadding(2),
        Shape.of(3, 4, 4),
        "layer 0 (ConvTranspose2d) with input of shape [3, 4, 4]",
        "the output padding must be at least 0 and less than the stride, but height has output"
            + " padding 2 and stride 2");
    refuses(
        new ConvTranspose2d(4, 3).groups(2),
        Shape.of(3, 4, 4),
        "convTranspose2d: groups 2 must divide the 3 input channels and the 4 output channels");
    refuses(
        new ConvTranspose2d(4, 1).padding(2), Shape.of(3, 4, 4), "an output of height 0; use less");
    refuses(new ConvTranspose2d(4, 3), Shape.of(3, 4), "ConvTranspose2d needs images, [C, H, W]");
  }

  @Test
  void poolingsThatDoNotFit() {
    refuses(
        new MaxPool1d(4),
        Shape.of(3, 3),
        "layer 0 (MaxPool1d) with input of shape [3, 3]",
        "a kernel of length 4 does not fit the padded input of length 3");
    refuses(new AvgPool1d(2, 2, 2), Shape.of(3, 8), "padding 2 is more than half of the window 2");
    refuses(new AvgPool1d(2), Shape.of(3), "AvgPool1d needs sequences, [C, L], but gets [3]");
    refuses(new MaxPool2d(2), Shape.of(4, 4), "MaxPool2d needs images, [C, H, W], but gets [4, 4]");
    refuses(new GlobalAvgPool2d(), Shape.of(4), "GlobalAvgPool2d needs images");
    refuses(new AdaptiveAvgPool2d(2), Shape.of(4), "AdaptiveAvgPool2d needs images");
    refuses(new AdaptiveAvgPool1d(2), Shape.of(4), "AdaptiveAvgPool1d needs sequences");
    refuses(() -> new AdaptiveAvgPool2d(2, 0), "at least 1 row and column, not 2 and 0");
    refuses(() -> new AdaptiveAvgPool1d(0), "at least 1 element, not 0");
  }

  @Test
  void sizesThatDoNotFit() {
    refuses(
        new Reshape(5, -1),
        Shape.of(4, 6),
        "layer 0 (Reshape) with input of shape [4, 6]",
        "shape [4, 6] has 24 elements, which do not fit [5, -1]");
    refuses(() -> new Reshape(-1, -1), "Reshape: sizes must be at least 1, or one of them -1");
    refuses(() -> new Reshape(2, 0), "not [2, 0]");
    refuses(() -> new ZeroPad2d(0, 0, -1, 0), "at least 0 zeros on each side, not [0, 0, -1, 0]");
    refuses(new ZeroPad2d(1), Shape.of(4), "ZeroPad2d needs images");
    refuses(() -> new Upsample(0), "Upsample: the factors must be at least 1, not 0 and 0");
    refuses(new Upsample(2), Shape.of(4), "Upsample needs images");
    refuses(
        () -> Modules.create(ModuleConfig.of("Upsample", Map.of("factor", 2, "mode", "cubic"))),
        "module Upsample: setting mode must be nearest or bilinear, but is cubic");
    refuses(
        () -> Modules.create(ModuleConfig.of("ZeroPad2d", Map.of("padding", List.of(1, 2)))),
        "module ZeroPad2d: setting padding must be a list of four whole numbers, but is [1, 2]");
    refuses(
        () ->
            Modules.create(
                ModuleConfig.of("AdaptiveAvgPool2d", Map.of("outputSize", List.of(1, 2, 3)))),
        "setting outputSize must be one whole number or a list of two, but is [1, 2, 3]");
  }

  /** Batches whose samples are others than the model was initialized for. */
  @Test
  void batchesOfOtherSamples() {
    try (Module model =
        new Sequential(new Reshape(2, 6), new Conv1d(3, 4)).initialize(backend, Shape.of(12), 1)) {
      refuses(
          () -> model.forward(Tensor.zeros(backend, Shape.of(2, 10))),
          "layer 0 (Reshape) with input of shape [2, 10]",
          "shape [10] has 10 elements, which do not fit [2, 6]");
    }
  }
}
