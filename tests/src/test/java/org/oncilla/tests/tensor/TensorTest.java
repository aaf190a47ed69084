package org.oncilla.tests.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.oncilla.backend.DType;
import org.oncilla.random.Philox;
import org.oncilla.tensor.Conv2dOptions;
import org.oncilla.tensor.Scope;
import org.oncilla.tensor.Shape;
import org.oncilla.tensor.Tensor;
import org.oncilla.tests.TestBackends;
import org.oncilla.tests.TestBackends.TestBackend;

/** Creation, transfers, indices and shapes. */
class TensorTest {
  private Scope scope;

  static List<TestBackend> backends() {
    return TestBackends.present();
  }

  @BeforeEach
  void open() {
    scope = Scope.open();
  }

  @AfterEach
  void close() {
    scope.close();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("org.oncilla.tests.TestBackends#all")
  void theTestsRunOn(TestBackend target) {
    Tensor x = Tensor.full(target.backend(), Shape.of(2), 3);
    assertThat(x.square().toFloatArray()).as("skipped where there is none").containsOnly(9);
  }

  /** The product is small, though its operands' sizes multiplied are not. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("backends")
  void aProductOfALongTransposedColumnFits(TestBackend target) {
    int length = 50_000;
    Tensor row = Tensor.full(target.backend(), Shape.of(1, length), 2);
    Tensor one = Tensor.full(target.backend(), Shape.of(1, 1), 3);
    Tensor column = row.matmul(one, true, false);
    assertThat(column.shape()).isEqualTo(Shape.of(length, 1));
    assertThat(column.toFloatArray()).containsOnly(6);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("backends")
  void valuesComeBackAsTheyWent(TestBackend target) {
    float[] values = {1, -0f, Float.MIN_VALUE, Float.MAX_VALUE, 0.1f, Float.NaN};
    Tensor x = Tensor.of(target.backend(), values, Shape.of(2, 3));
    assertThat(x.toFloatArray()).containsExactly(values);
    assertThat(x.toDoubleArray()[4]).isEqualTo(0.1f);
    assertThat(x.shape()).isEqualTo(Shape.of(2, 3));
    assertThat(x.type()).isEqualTo(target.backend().floatType());
    assertThat(x.backend()).isSameAs(target.backend());
    assertThat(x).hasToString("Tensor[2, 3] " + x.type() + " on " + target.backend().name());
    int[] labels = {3, -7, Integer.MAX_VALUE};
    Tensor indices = Tensor.ofInts(target.backend(), labels, Shape.of(3));
    assertThat(indices.toIntArray()).containsExactly(labels);
    assertThat(indices.type()).isEqualTo(DType.INT32);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("backends")
  void labelsAsIndicators(TestBackend target) {
    Tensor labels = Tensor.ofInts(target.backend(), new int[] {2, 0, -100, 1}, Shape.of(2, 2));
    Tensor rows = labels.slice(0, 0, 1).oneHot(3);
    assertThat(rows.shape()).isEqualTo(Shape.of(1, 2, 3));
    assertThat(rows.toDoubleArray()).containsExactly(0, 0, 1, 1, 0, 0);
    Tensor smooth = labels.oneHot(3, 0.75, 0.125, -100);
    assertThat(smooth.shape()).isEqualTo(Shape.of(2, 2, 3));
    assertThat(smooth.toDoubleArray())
        .containsExactly(0.125, 0.125, 0.75, 0.75, 0.125, 0.125, 0, 0, 0, 0.125, 0.75, 0.125);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("backends")
  void constantsAndScalars(TestBackend target) {
    assertThat(Tensor.zeros(target.backend(), Shape.of(3)).toFloatArray()).containsOnly(0);
    assertThat(Tensor.full(target.backend(), Shape.of(3), 2.5).toFloatArray()).containsOnly(2.5f);
    assertThat(Tensor.full(target.backend(), Shape.SCALAR, -4).item()).isEqualTo(-4);
    assertThat(Tensor.full(target.backend(), Shape.of(1, 1), 7).item()).isEqualTo(7);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("backends")
  void copyFromOverwritesAViewInPlace(TestBackend target) {
    Tensor x = Tensor.zeros(target.backend(), Shape.of(3, 2));
    x.slice(0, 1, 2).copyFrom(new float[] {5, 6});
    assertThat(x.toFloatArray()).containsExactly(0, 0, 5, 6, 0, 0);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("backends")
  void uniformValuesFollowTheGenerator(TestBackend target) {
    float[] drawn = Tensor.uniform(target.backend(), Shape.of(5), 42, 7, -2, 3).toFloatArray();
    int[] words = new int[8];
    Philox.block(42, 7, 0, words, 0);
    Philox.block(42, 7, 1, words, 4);
    for (int i = 0; i < drawn.length; i++) {
      float uniform = (words[i] >>> 8) * 0x1p-24f;
      assertThat(drawn[i]).isEqualTo(-2 + uniform * 5f);
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("backends")
  void argmaxIsTheFirstOfTheLargest(TestBackend target) {
    Tensor x =
        Tensor.of(target.backend(), new double[] {1, 3, 3, 9, 2, 9, -1, -2, -1}, Shape.of(3, 3));
    Tensor rows = x.argmax(1);
    assertThat(rows.toIntArray()).containsExactly(1, 0, 0);
    assertThat(rows.shape()).isEqualTo(Shape.of(3));
    assertThat(rows.requiresGrad()).isFalse();
    assertThat(x.argmax(0).toIntArray()).containsExactly(1, 0, 1);
    assertThat(x.reshape(9).argmax(-1).toIntArray()).containsExactly(3);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("backends")
  void indicesAreSlicedAndPermuted(TestBackend target) {
    Tensor x = Tensor.ofInts(target.backend(), new int[] {1, 2, 3, 4, 5, 6}, Shape.of(2, 3));
    assertThat(x.slice(0, 1, 2).toIntArray()).containsExactly(4, 5, 6);
    assertThat(x.slice(1, 1, 3).toIntArray()).containsExactly(2, 3, 5, 6);
    assertThat(x.transpose(0, 1).toIntArray()).containsExactly(1, 4, 2, 5, 3, 6);
    assertThat(x.reshape(3, 2).detach().toIntArray()).containsExactly(1, 2, 3, 4, 5, 6);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("backends")
  void aKernelSlidesOverABinaryImage(TestBackend target) {
    double[] image = {
      1, 1, 1, 0, 0,
      0, 1, 1, 1, 0,
      0, 0, 1, 1, 1,
      0, 0, 1, 1, 0,
      0, 1, 1, 0, 0
    };
    double[] kernel = {1, 0, 1, 0, 1, 0, 1, 0, 1};
    Tensor x = Tensor.of(target.backend(), image, Shape.of(1, 1, 5, 5));
    Tensor w = Tensor.of(target.backend(), kernel, Shape.of(1, 1, 3, 3));
    assertThat(x.conv2d(w, null, Conv2dOptions.DEFAULT).toDoubleArray())
        .containsExactly(4, 3, 4, 2, 4, 3, 2, 3, 4);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("backends")
  void nanIsNotHidden(TestBackend target) {
    Tensor x = Tensor.of(target.backend(), new double[] {1, Double.NaN, 2}, Shape.of(3));
    assertThat(x.relu().toDoubleArray()).containsExactly(1, Double.NaN, 2);
    assertThat(x.max().item()).isNaN();
    assertThat(x.maximum(x.neg()).toDoubleArray()[1]).isNaN();
    assertThat(x.argmax(0).toIntArray()).containsExactly(1);
  }

  @Test
  void shapesDescribeThemselves() {
    Shape shape = Shape.of(2, 3, 4);
    assertThat(shape).hasToString("[2, 3, 4]").isEqualTo(Shape.of(2, 3, 4));
    assertThat(shape.hashCode()).isEqualTo(Shape.of(2, 3, 4).hashCode());
    assertThat(shape.length()).isEqualTo(24);
    assertThat(shape.size(-1)).isEqualTo(4);
    assertThat(shape.strides()).containsExactly(12, 4, 1);
    assertThat(shape.prepend(5)).isEqualTo(Shape.of(5, 2, 3, 4));
    assertThat(shape.dropFirst()).isEqualTo(Shape.of(3, 4));
    assertThat(shape.without(-2)).isEqualTo(Shape.of(2, 4));
    assertThat(shape.with(1, 7)).isEqualTo(Shape.of(2, 7, 4)).isNotEqualTo(shape);
    assertThat(Shape.of()).isEqualTo(Shape.SCALAR).hasToString("[]");
    assertThat(Shape.SCALAR.length()).isEqualTo(1);
  }
}
