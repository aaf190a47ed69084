package org.oncilla.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** The sizes that kernels are called with, and the texts of those that do not fit. */
class KernelShapesTest {
  @Test
  void convolutionSizes() {
    ConvolutionShape shape = new ConvolutionShape(2, 6, 14, 20, 16, 5, 3, 1, 2, 0, 1, 1, 3, 2);
    assertThat(shape.outHeight()).isEqualTo(10);
    assertThat(shape.outWidth()).isEqualTo((20 + 2 - 3 * 2 - 1) / 2 + 1);
    assertThat(shape.inputLength()).isEqualTo(2 * 6 * 14 * 20);
    assertThat(shape.outputLength()).isEqualTo(2 * 16 * 10 * 8);
    assertThat(shape.weightLength()).isEqualTo(16 * 3 * 5 * 3);
    assertThat(shape.groupInChannels()).isEqualTo(3);
    assertThat(shape.groupOutChannels()).isEqualTo(8);
  }

  @Test
  void aKernelMayJustFitThePaddedInput() {
    ConvolutionShape shape = new ConvolutionShape(1, 1, 3, 1, 1, 5, 3, 1, 1, 1, 1, 1, 1, 1);
    assertThat(shape.outHeight()).isEqualTo(1);
    assertThat(shape.outWidth()).isEqualTo(1);
  }

  @Test
  void convolutionRefusals() {
    refused(
        () -> new ConvolutionShape(1, 1, 4, 9, 1, 5, 3, 1, 1, 0, 0, 1, 1, 1),
        "conv2d: a kernel of height 5 does not fit the padded input of height 4 (4 + 2*0); use a"
            + " smaller kernel or more padding");
    refused(
        () -> new ConvolutionShape(1, 1, 9, 4, 1, 3, 3, 1, 1, 0, 1, 1, 3, 1),
        "conv2d: a kernel of width 7 (3 dilated by 3) does not fit the padded input of width 6 (4 +"
            + " 2*1); use a smaller kernel or more padding");
    refused(
        () -> new ConvolutionShape(1, 6, 9, 9, 8, 3, 3, 1, 1, 0, 0, 1, 1, 4),
        "conv2d: groups 4 must divide the 6 input channels and the 8 output channels");
    refused(
        () -> new ConvolutionShape(0, 6, 9, 9, 8, 3, 3, 1, 1, 0, 0, 1, 1, 1),
        "conv2d: sizes must be positive, but the input is 0x6x9x9 with 8 output channels");
    refused(
        () -> new ConvolutionShape(1, 6, 9, 9, 8, 3, 3, 0, 1, 0, 0, 1, 1, 1),
        "conv2d: kernel, stride and dilation must be at least 1 and padding at least 0, but height"
            + " has kernel 3, stride 0, padding 0, dilation 1");
  }

  @Test
  void enormousPaddingOverflowsByName() {
    ConvolutionShape shape =
        new ConvolutionShape(1, 1, 4, 4, 1, 3, 3, 1, 1, Integer.MAX_VALUE, 0, 1, 1, 1);
    assertThatThrownBy(shape::outHeight).isInstanceOf(ArithmeticException.class);
  }

  @Test
  void poolingSizesAndRefusals() {
    PoolingShape shape = new PoolingShape(2, 3, 7, 8, 3, 2, 2, 2, 1, 0);
    assertThat(shape.outHeight()).isEqualTo(4);
    assertThat(shape.outWidth()).isEqualTo(4);
    assertThat(shape.outputLength()).isEqualTo(2 * 3 * 16);
    refused(
        () -> new PoolingShape(1, 1, 2, 2, 3, 2, 1, 1, 0, 0),
        "pool2d: a kernel of height 3 does not fit the padded input of height 2 (2 + 2*0); use a"
            + " smaller kernel or more padding");
    refused(
        () -> new PoolingShape(1, 1, 8, 8, 3, 3, 1, 1, 2, 0),
        "pool2d: padding 2x0 is more than half of the window 3x3, so some windows would hold"
            + " nothing");
    refused(
        () -> new PoolingShape(1, 0, 8, 8, 3, 3, 1, 1, 0, 0),
        "pool2d: sizes must be positive, but the input is 1x0x8x8");
  }

  @Test
  void otherRefusals() {
    refused(
        () -> GemmShape.of(3, 0, 4, false, false),
        "gemm sizes must be positive: batch 1, m 3, n 0, k 4");
    refused(() -> new ReduceShape(2, 0, 1), "reduction sizes must be positive: 2x0x1");
    refused(() -> new BroadcastShape(new int[7], new int[7], new int[7]), "broadcast of rank 7");
    refused(() -> new BroadcastShape(new int[2], new int[2], new int[1]), "broadcast of rank 2");
    refused(() -> new CopyShape(new int[0], 0, new int[0], 0, new int[0]), "copy of rank 0");
    refused(
        () -> new Epilogue(false, null, UnaryOp.EXP),
        "an epilogue cannot fuse EXP; apply it as an operation of its own");
  }

  @Test
  void spansStayWithinTheirBuffer() {
    DeviceBuffer buffer = new CountingMemory().allocate(DType.FLOAT32, 10);
    assertThat(new Span(buffer, 10, 0).length()).isZero();
    assertThat(new Span(buffer, 2, 8).slice(3, 5)).isEqualTo(new Span(buffer, 5, 5));
    assertThatThrownBy(() -> new Span(buffer, 3, 8))
        .isInstanceOf(IndexOutOfBoundsException.class)
        .hasMessage("span of 8 elements at 3 exceeds a buffer of 10");
    assertThatThrownBy(() -> new Span(buffer, Integer.MAX_VALUE, 8))
        .isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> new Span(buffer, 2, 5).slice(2, 4))
        .isInstanceOf(IndexOutOfBoundsException.class)
        .hasMessage("slice of 4 elements at 2 exceeds a span of 5");
  }

  private static void refused(ThrowingCallable shape, String text) {
    assertThatThrownBy(shape).isInstanceOf(IllegalArgumentException.class).hasMessage(text);
  }
}
