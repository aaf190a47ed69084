package org.oncilla.tests.lectures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.oncilla.data.Dataset;
import org.oncilla.data.HostBatch;
import org.oncilla.nn.AvgPool2d;
import org.oncilla.nn.Conv1d;
import org.oncilla.nn.Conv2d;
import org.oncilla.nn.Flatten;
import org.oncilla.nn.Linear;
import org.oncilla.nn.MaxPool1d;
import org.oncilla.nn.MaxPool2d;
import org.oncilla.nn.Module;
import org.oncilla.nn.ReLU;
import org.oncilla.nn.Sequential;
import org.oncilla.nn.Summary;
import org.oncilla.nn.Tanh;
import org.oncilla.tensor.Conv2dOptions;
import org.oncilla.tensor.Shape;
import org.oncilla.tensor.Tensor;
import org.oncilla.tests.Digits;
import org.oncilla.tests.TestBackends.TestBackend;

/**
 * Convolution by hand, output sizes, edges of a real image, and the nets of the course with their
 * sizes and numbers of parameters. Images are [N, C, H, W]; one sample's shape is [C, H, W].
 */
class ConvolutionalNetworksTest extends LectureExample {
  // ---- convolution by hand

  @ParameterizedTest(name = "{0}")
  @MethodSource("backends")
  void aKernelSlidesOverABinaryImage(TestBackend target) {
    on(target);
    Tensor image =
        images(
            1,
            5,
            new double[] {
              1, 1, 1, 0, 0,
              0, 1, 1, 1, 0,
              0, 0, 1, 1, 1,
              0, 0, 1, 1, 0,
              0, 1, 1, 0, 0
            });
    Tensor kernel = images(1, 3, new double[] {1, 0, 1, 0, 1, 0, 1, 0, 1});
    Tensor map = image.conv2d(kernel, null, Conv2dOptions.DEFAULT);
    assertThat(map.shape()).isEqualTo(Shape.of(1, 1, 3, 3));
    assertValues(map, 4, 3, 4, 2, 4, 3, 2, 3, 4);
  }

  /** Channels of one square image, or of one square kernel. */
  private Tensor images(int channels, int size, double[] pixels) {
    return Tensor.of(backend, pixels, Shape.of(1, channels, size, size));
  }

  /** One kernel per channel, their results summed, plus a bias, is one feature map. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("backends")
  void aKernelSeesAllColours(TestBackend target) {
    on(target);
    Conv2d layer = new Conv2d(5, 3);
    try (Module model = layer.initialize(backend, Shape.of(3, 4, 4), 1)) {
      assertThat(model.summary().parameters()).isEqualTo((3 * 3 * 3 + 1) * 5).isEqualTo(140);
      layer.weight().value().copyFrom(repeated(1, 5 * 3 * 3 * 3));
      layer.bias().value().copyFrom(new double[] {0, 10, 20, 30, 40});
      double[] pixels = new double[3 * 16];
      for (int i = 0; i < pixels.length; i++) {
        pixels[i] = i < 16 ? 1 : i < 32 ? 2 : 3; // red, green and blue
      }
      Tensor maps = model.forward(images(3, 4, pixels));
      assertThat(maps.shape()).isEqualTo(Shape.of(1, 5, 2, 2));
      for (int map = 0; map < 5; map++) {
        double expected = 9 * (1 + 2 + 3) + 10 * map;
        assertValues(maps.slice(1, map, map + 1), repeated(expected, 4));
      }
    }
  }

  private static double[] repeated(double value, int times) {
    double[] values = new double[times];
    java.util.Arrays.fill(values, value);
    return values;
  }

  /** Words as vectors of two numbers; a kernel looks at two neighbouring words. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("backends")
  void aOneDimensionalKernelSlidesOverASentence(TestBackend target) {
    on(target);
    Conv1d layer = new Conv1d(1, 2);
    try (Module model = layer.initialize(backend, Shape.of(2, 4), 1);
        Module pool = new MaxPool1d(3).initialize(backend, Shape.of(1, 3), 1)) {
      layer.weight().value().copyFrom(new double[] {1, -1, 0, 2});
      layer.bias().value().copyFrom(new double[] {1});
      Tensor sentence =
          Tensor.of(backend, new double[] {1, 2, 3, 4, 0, 1, 0, 2}, Shape.of(1, 2, 4));
      Tensor map = model.forward(sentence);
      assertValues(map, 1 - 2 + 2 + 1, 2 - 3 + 0 + 1, 3 - 4 + 4 + 1);
      assertValues(pool.forward(map), 4);
    }
  }

  // ---- edges

  private static final double[] VERTICAL_EDGES = {-1, 0, 1, -2, 0, 2, -1, 0, 1};
  private static final double[] HORIZONTAL_EDGES = {-1, -2, -1, 0, 0, 0, 1, 2, 1};

  /** Sobel's filters as the weights of a layer, on a handwritten digit. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("backends")
  void sobelFiltersFindTheEdgesOfADigit(TestBackend target) {
    on(target);
    Dataset digits = Digits.train();
    HostBatch zero = new HostBatch(digits, 1);
    digits.read(0, zero, 0);
    double[] pixels = new double[64];
    for (int i = 0; i < 64; i++) {
      pixels[i] = zero.inputs()[i];
    }
    Conv2d sobel = new Conv2d(2, 3).samePadding().bias(false);
    try (Module model = sobel.initialize(backend, digits.inputShape(), 1)) {
      double[] both = new double[18];
      System.arraycopy(VERTICAL_EDGES, 0, both, 0, 9);
      System.arraycopy(HORIZONTAL_EDGES, 0, both, 9, 9);
      sobel.weight().value().copyFrom(both);
      Tensor edges = model.forward(images(1, 8, pixels));
      assertThat(edges.shape()).isEqualTo(Shape.of(1, 2, 8, 8));
      assertValues(edges.slice(1, 0, 1), filtered(pixels, VERTICAL_EDGES));
      assertValues(edges.slice(1, 1, 2), filtered(pixels, HORIZONTAL_EDGES));
      // From left to right the stroke begins, where the filter is positive, and ends.
      Tensor row = edges.slice(1, 0, 1).slice(2, 4, 5);
      assertThat(row.slice(3, 0, 1).item()).isPositive();
      assertThat(row.slice(3, 3, 4).item()).isNegative();
      // The stroke at the top begins below the edge of the image and ends above the hole.
      Tensor column = edges.slice(1, 1, 2).slice(3, 3, 4);
      assertThat(column.slice(2, 0, 1).item()).isPositive();
      assertThat(column.slice(2, 3, 4).item()).isNegative();
    }
  }

  /** The same by loops; beyond the edge of the image is zero. */
  private static double[] filtered(double[] pixels, double[] kernel) {
    double[] result = new double[64];
    for (int row = 0; row < 8; row++) {
      for (int column = 0; column < 8; column++) {
        for (int i = 0; i < 9; i++) {
          int r = row + i / 3 - 1;
          int c = column + i % 3 - 1;
          if (r >= 0 && r < 8 && c >= 0 && c < 8) {
            result[row * 8 + column] += kernel[i] * pixels[r * 8 + c];
          }
        }
      }
    }
    return result;
  }

  // ---- sizes; these need no device

  /** (W − F + 2P)/S + 1, rounded down. */
  @ParameterizedTest
  @CsvSource({
    "7, 3, 0, 1, 5",
    "7, 3, 0, 2, 3",
    "7, 3, 1, 1, 7",
    "8, 3, 0, 2, 3",
    "32, 5, 2, 1, 32",
    "32, 11, 5, 4, 8",
    "227, 11, 0, 4, 55",
    "5, 5, 0, 1, 1"
  })
  void convolutionGivesSizes(int width, int kernel, int padding, int stride, int expected) {
    Conv2d layer = new Conv2d(1, kernel).padding(padding).stride(stride);
    assertThat(outputOf(layer, Shape.of(1, width, width)))
        .isEqualTo(Shape.of(1, expected, expected));
  }

  /** (W − F)/S + 1, rounded down. */
  @ParameterizedTest
  @CsvSource({"28, 2, 2, 14", "5, 2, 2, 2", "7, 3, 2, 3", "4, 4, 1, 1"})
  void poolingGivesSizes(int width, int window, int stride, int expected) {
    assertThat(outputOf(new MaxPool2d(window, stride, 0), Shape.of(3, width, width)))
        .isEqualTo(Shape.of(3, expected, expected));
  }

  /** With P = (F − 1)/2 and a stride of 1 the output is as large as the input. */
  @ParameterizedTest
  @CsvSource({"1", "3", "5", "7"})
  void samePaddingKeepsTheSize(int kernel) {
    Shape image = Shape.of(1, 9, 9);
    assertThat(outputOf(new Conv2d(1, kernel).padding((kernel - 1) / 2), image)).isEqualTo(image);
    assertThat(outputOf(new Conv2d(1, kernel).samePadding(), image)).isEqualTo(image);
  }

  private static Shape outputOf(Module layer, Shape image) {
    return layer.summary(image).layers().get(0).output();
  }

  @Test
  void anImpossibleSizeIsAnErrorThatNamesTheSizes() {
    Module tooDeep = new Sequential(new Conv2d(6, 5), new MaxPool2d(2), new Conv2d(16, 5));
    assertThatThrownBy(() -> tooDeep.summary(Shape.of(1, 8, 8)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "layer 2 (Conv2d) with input of shape [6, 2, 2]: conv2d: a kernel of height 5 does not"
                + " fit the padded input of height 2 (2 + 2*0); use a smaller kernel or more"
                + " padding");
    assertThatThrownBy(() -> new MaxPool2d(5).summary(Shape.of(1, 4, 4)))
        .hasMessageContaining("a kernel of height 5 does not fit the padded input of height 4");
  }

  // ---- nets

  @ParameterizedTest(name = "{0}")
  @MethodSource("backends")
  void aSmallNetForMnist(TestBackend target) {
    on(target);
    Sequential net =
        new Sequential(
            new Conv2d(16, 5).padding(2),
            new MaxPool2d(2),
            new Conv2d(32, 5).padding(2),
            new MaxPool2d(2),
            new Flatten());
    assertThat(outputs(net.summary(Shape.of(1, 28, 28))))
        .containsExactly(
            Shape.of(16, 28, 28),
            Shape.of(16, 14, 14),
            Shape.of(32, 14, 14),
            Shape.of(32, 7, 7),
            Shape.of(1568));
    assertRuns(net, Shape.of(1, 28, 28), 1568);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("backends")
  void leNet5(TestBackend target) {
    on(target);
    Sequential net =
        new Sequential(
            new Conv2d(6, 5),
            new Tanh(),
            new AvgPool2d(2),
            new Conv2d(16, 5),
            new Tanh(),
            new AvgPool2d(2),
            new Conv2d(120, 5),
            new Tanh(),
            new Flatten(),
            new Linear(84),
            new Tanh(),
            new Linear(10));
    Summary summary = net.summary(Shape.of(1, 32, 32));
    assertThat(parameters(summary)).containsExactly(156, 2_416, 48_120, 10_164, 850);
    assertThat(summary.parameters()).isEqualTo(61_706);
    assertThat(summary.toString())
        .contains("0 Conv2d", "[N, 6, 28, 28]", "[N, 120, 1, 1]", "48,120", "61,706");
    assertRuns(net, Shape.of(1, 32, 32), 10);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("backends")
  void anAlexNetForSmallImages(TestBackend target) {
    on(target);
    Sequential net =
        new Sequential(
            new Conv2d(96, 11).stride(4).padding(5),
            new ReLU(),
            new MaxPool2d(2),
            new Conv2d(256, 5).padding(2),
            new ReLU(),
            new MaxPool2d(2),
            new Conv2d(384, 3).padding(1),
            new ReLU(),
            new Flatten(),
            new Linear(84),
            new ReLU(),
            new Linear(10));
    Summary summary = net.summary(Shape.of(3, 32, 32));
    List<Shape> outputs = outputs(summary);
    assertThat(List.of(outputs.get(0), outputs.get(2), outputs.get(3), outputs.get(5)))
        .containsExactly(
            Shape.of(96, 8, 8), Shape.of(96, 4, 4), Shape.of(256, 4, 4), Shape.of(256, 2, 2));
    assertThat(outputs.get(6)).isEqualTo(Shape.of(384, 2, 2));
    assertThat(parameters(summary)).containsExactly(34_944, 614_656, 885_120, 129_108, 850);
    assertThat(summary.parameters()).isEqualTo(1_664_678);
    assertRuns(net, Shape.of(3, 32, 32), 10);
  }

  private static List<Shape> outputs(Summary summary) {
    return summary.layers().stream().map(Summary.Layer::output).toList();
  }

  /** Of the layers that have any. */
  private static List<Integer> parameters(Summary summary) {
    return summary.layers().stream().map(Summary.Layer::parameters).filter(n -> n > 0).toList();
  }

  private void assertRuns(Module net, Shape image, int outputs) {
    try (Module model = net.initialize(backend, image, 42)) {
      Tensor images = Tensor.uniform(backend, image.prepend(2), 1, 0, 0, 1);
      Tensor result = model.forward(images);
      assertThat(result.shape()).isEqualTo(Shape.of(2, outputs));
      assertThat(result.toDoubleArray()).doesNotContain(Double.NaN).doesNotContain(0);
    }
  }
}
