package org.oncilla.cpu;

import java.util.ArrayList;
import java.util.List;
import org.oncilla.backend.ConvolutionShape;
import org.oncilla.backend.UnaryOp;
import org.oncilla.cpu.simd.TileKernels;

/**
 * The gradient of a convolution's input as a {@link TapConvolution} of the output's gradient. Input
 * positions whose padded row and column have the same remainders under the stride get contributions
 * from the same taps, so each pair of remainders is one part:
 *
 * <pre>dx[c, h'·s + a − pad] = Σ over o and the taps i with i·d ≡ a (mod s) of
 *                              dy[o, h' − ⌊i·d/s⌋] · w[o, c, i]</pre>
 */
final class ConvolutionInputGradient {
  private static final int ROWS = TileKernels.ROWS;

  private final CpuContext context;
  private final ConvolutionShape shape;
  private final AxisPlan vertical;
  private final AxisPlan horizontal;
  private final TapLayout layout;

  private ConvolutionInputGradient(CpuContext context, ConvolutionShape shape) {
    this.context = context;
    this.shape = shape;
    vertical =
        new AxisPlan(
            shape.inHeight(),
            shape.kernelHeight(),
            shape.strideHeight(),
            shape.padHeight(),
            shape.dilationHeight(),
            shape.outHeight());
    horizontal =
        new AxisPlan(
            shape.inWidth(),
            shape.kernelWidth(),
            shape.strideWidth(),
            shape.padWidth(),
            shape.dilationWidth(),
            shape.outWidth());
    layout = new TapLayout(shape.outChannels(), vertical.gradients(), horizontal.gradients());
  }

  /** The arithmetic above along one axis. */
  private record AxisPlan(int in, int kernel, int stride, int pad, int dilation, int out) {
    /** The first h' of a remainder that lies in the image. */
    int first(int remainder) {
      return Math.max(0, Ceil.div(Math.max(0, pad - remainder), stride));
    }

    /** The number of h' of a remainder that lie in the image. */
    int count(int remainder) {
      int last = Math.floorDiv(in - 1 + pad - remainder, stride);
      return Math.max(0, last - first(remainder) + 1);
    }

    /** Rows of zeros before the gradient. */
    int margin() {
      int smallestFirst = first(stride - 1);
      return Math.max(0, (kernel - 1) * dilation / stride - smallestFirst);
    }

    TapLayout.Axis gradients() {
      int furthest = (in - 1 + pad) / stride + 1;
      return new TapLayout.Axis(
          out, 1, margin(), margin() + Math.max(out, furthest), new int[] {0});
    }

    /** The taps of a remainder. */
    int[] taps(int remainder) {
      int[] taps = new int[kernel];
      int count = 0;
      for (int i = 0; i < kernel; i++) {
        if (i * dilation % stride == remainder) {
          taps[count++] = i;
        }
      }
      return java.util.Arrays.copyOf(taps, count);
    }

    /** Where a tap reads for the first h' of its remainder. */
    int position(int remainder, int tap) {
      return first(remainder) - tap * dilation / stride + margin();
    }
  }

  static void run(
      CpuContext context,
      ConvolutionShape shape,
      float[] dy,
      int dyo,
      float[] w,
      int wo,
      float[] dx,
      int dxo,
      boolean accumulate) {
    new ConvolutionInputGradient(context, shape).run(dy, dyo, w, wo, dx, dxo, accumulate);
  }

  private void run(
      float[] dy, int dyo, float[] w, int wo, float[] dx, int dxo, boolean accumulate) {
    int panels = shape.groups() * Ceil.div(shape.groupInChannels(), ROWS);
    int kernel = shape.kernelHeight() * shape.kernelWidth();
    float[] packed =
        context
            .scratch()
            .floats(Scratch.Slot.WEIGHTS, (long) panels * ROWS * shape.groupOutChannels() * kernel);
    List<TapConvolution.Part> parts = new ArrayList<>();
    int packedEnd = 0;
    for (int a = 0; a < shape.strideHeight(); a++) {
      for (int b = 0; b < shape.strideWidth(); b++) {
        int rows = vertical.count(a);
        int columns = horizontal.count(b);
        if (rows == 0 || columns == 0) {
          continue;
        }
        int[] is = vertical.taps(a);
        int[] js = horizontal.taps(b);
        pack(w, wo, is, js, packed, packedEnd);
        TapConvolution.Sink sink = sink(a, b, columns, dx, dxo, accumulate);
        parts.add(new TapConvolution.Part(tapsOf(a, b, is, js), rows, columns, packedEnd, sink));
        packedEnd += panels * ROWS * shape.groupOutChannels() * is.length * js.length;
      }
    }
    new TapConvolution(
            context,
            layout,
            shape.groups(),
            shape.groupOutChannels(),
            shape.groupInChannels(),
            parts,
            packed)
        .run(dy, dyo, shape.batch());
  }

  private int[] tapsOf(int a, int b, int[] is, int[] js) {
    int[] taps = new int[shape.groupOutChannels() * is.length * js.length];
    int at = 0;
    for (int o = 0; o < shape.groupOutChannels(); o++) {
      for (int i : is) {
        for (int j : js) {
          taps[at++] = layout.tap(o, vertical.position(a, i), horizontal.position(b, j));
        }
      }
    }
    return taps;
  }

  /** Panels of six input channels: [group][panel][output channel][tap][input channel]. */
  private void pack(float[] w, int wo, int[] is, int[] js, float[] packed, int packedOffset) {
    int inputs = shape.groupInChannels();
    int outputs = shape.groupOutChannels();
    int groupPanels = Ceil.div(inputs, ROWS);
    int panelLength = ROWS * outputs * is.length * js.length;
    context
        .team()
        .run(
            shape.weightLength() > CpuContext.CHUNK,
            shape.groups() * groupPanels,
            panel -> {
              int firstOutput = panel / groupPanels * outputs;
              int firstInput = panel % groupPanels * ROWS;
              int members = Math.min(ROWS, inputs - firstInput);
              int to = packedOffset + panel * panelLength;
              for (int o = 0; o < outputs; o++) {
                int from = wo + index(firstOutput + o, firstInput);
                for (int i : is) {
                  for (int j : js) {
                    packTap(w, from + i * shape.kernelWidth() + j, members, packed, to);
                    to += ROWS;
                  }
                }
              }
            });
  }

  private int index(int output, int input) {
    return (output * shape.groupInChannels() + input) * shape.kernelHeight() * shape.kernelWidth();
  }

  private void packTap(float[] w, int from, int members, float[] packed, int to) {
    int stride = shape.kernelHeight() * shape.kernelWidth();
    for (int r = 0; r < ROWS; r++) {
      packed[to + r] = r < members ? w[from + r * stride] : 0f;
    }
  }

  private TapConvolution.Sink sink(
      int a, int b, int columns, float[] dx, int dxo, boolean accumulate) {
    int height = shape.inHeight();
    int width = shape.inWidth();
    if (shape.strideHeight() == 1 && shape.strideWidth() == 1) {
      Finish finish = new Finish(accumulate, null, 0, UnaryOp.IDENTITY);
      return ConvolutionForward.denseSink(
          context, shape.inChannels(), height, width, dx, dxo, finish);
    }
    int top = vertical.first(a) * shape.strideHeight() + a - shape.padHeight();
    int left = horizontal.first(b) * shape.strideWidth() + b - shape.padWidth();
    int step = shape.strideWidth();
    return (image, channel, firstRow, rows, from, at, stride) -> {
      int plane = dxo + (image * shape.inChannels() + channel) * height * width;
      for (int r = 0; r < rows; r++) {
        int to = plane + (top + (firstRow + r) * shape.strideHeight()) * width + left;
        int source = at + r * stride;
        for (int q = 0; q < columns; q++) {
          float sum = from[source + q];
          dx[to + q * step] = accumulate ? dx[to + q * step] + sum : sum;
        }
      }
    };
  }
}
