package org.oncilla.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
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

  /**
   * By brute force: the one window of an image lists every input pixel, in order and each once, so
   * that weights and inputs have the same order.
   */
  @Test
  void convolutionsThatAreMatrixProducts() {
    int found = 0;
    for (int code = 0; code < 4 * 4 * 4 * 4 * 2 * 2 * 2 * 2; code++) {
      int height = 1 + code % 4;
      int width = 1 + code / 4 % 4;
      int kernelHeight = 1 + code / 16 % 4;
      int kernelWidth = 1 + code / 64 % 4;
      int padHeight = code / 256 % 2;
      int padWidth = code / 512 % 2;
      int dilation = 1 + code / 1024 % 2;
      int groups = 1 + code / 2048 % 2;
      if ((kernelHeight - 1) * dilation >= height + 2 * padHeight
          || (kernelWidth - 1) * dilation >= width + 2 * padWidth) {
        continue;
      }
      ConvolutionShape shape =
          new ConvolutionShape(
              3,
              2,
              height,
              width,
              4,
              kernelHeight,
              kernelWidth,
              1,
              2,
              padHeight,
              padWidth,
              dilation,
              dilation,
              groups);
      List<Integer> pixels = new ArrayList<>();
      for (int row = 0; row < kernelHeight; row++) {
        for (int column = 0; column < kernelWidth; column++) {
          int y = row * dilation - padHeight;
          int x = column * dilation - padWidth;
          boolean inside = y >= 0 && y < height && x >= 0 && x < width;
          pixels.add(inside ? y * width + x : -1);
        }
      }
      boolean whole = pixels.equals(IntStream.range(0, height * width).boxed().toList());
      boolean product = groups == 1 && shape.outputLength() == 3 * 4 && whole;
      assertThat(shape.isMatrixProduct()).as("%s", shape).isEqualTo(product);
      found += product ? 1 : 0;
    }
    assertThat(found).isGreaterThan(16);
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
        "an epilogue cannot fuse exp; apply it as an operation of its own");
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
