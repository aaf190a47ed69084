package org.oncilla.cpu;

import java.util.List;
import org.oncilla.backend.BinaryOp;
import org.oncilla.backend.ConvolutionShape;
import org.oncilla.cpu.simd.ElementwiseOps;
import org.oncilla.cpu.simd.TileKernels;

/** The forward convolution as a {@link TapConvolution} of the input with all taps. */
final class ConvolutionForward {
  private static final int ROWS = TileKernels.ROWS;

  private ConvolutionForward() {}

  /** How the input of a convolution is arranged. */
  static TapLayout inputLayout(ConvolutionShape shape) {
    return new TapLayout(
        shape.inChannels(),
        TapLayout.Axis.of(
            shape.inHeight(),
            shape.kernelHeight(),
            shape.strideHeight(),
            shape.padHeight(),
            shape.dilationHeight(),
            shape.outHeight()),
        TapLayout.Axis.of(
            shape.inWidth(),
            shape.kernelWidth(),
            shape.strideWidth(),
            shape.padWidth(),
            shape.dilationWidth(),
            shape.outWidth()));
  }

  /** Where each weight of an output channel reads, in the order of the weights. */
  static int[] taps(ConvolutionShape shape, TapLayout layout) {
    int[] taps = new int[shape.groupInChannels() * shape.kernelHeight() * shape.kernelWidth()];
    int at = 0;
    for (int c = 0; c < shape.groupInChannels(); c++) {
      for (int i = 0; i < shape.kernelHeight(); i++) {
        for (int j = 0; j < shape.kernelWidth(); j++) {
          taps[at++] = layout.tap(c, i * shape.dilationHeight(), j * shape.dilationWidth());
        }
      }
    }
    return taps;
  }

  static void run(
      CpuContext context,
      ConvolutionShape shape,
      float[] x,
      int xo,
      float[] w,
      int wo,
      float[] y,
      int yo,
      Finish finish) {
    TapLayout layout = inputLayout(shape);
    int[] taps = taps(shape, layout);
    int outputs = shape.groupOutChannels();
    int panels = Ceil.div(outputs, ROWS);
    int panelLength = ROWS * taps.length;
    float[] packed =
        context
            .scratch()
            .floats(Scratch.Slot.WEIGHTS, (long) shape.groups() * panels * panelLength);
    context
        .team()
        .run(
            shape.weightLength() > CpuContext.CHUNK,
            shape.groups() * panels,
            panel -> {
              int channel = panel / panels * outputs + panel % panels * ROWS;
              int members = Math.min(ROWS, outputs - panel % panels * ROWS);
              PanelPacking.interleave(
                  w,
                  wo + channel * taps.length,
                  taps.length,
                  members,
                  taps.length,
                  packed,
                  panel * panelLength,
                  ROWS);
            });
    TapConvolution.Sink sink =
        denseSink(context, shape.outChannels(), shape.outHeight(), shape.outWidth(), y, yo, finish);
    TapConvolution.Part part =
        new TapConvolution.Part(taps, shape.outHeight(), shape.outWidth(), 0, sink);
    new TapConvolution(
            context,
            layout,
            shape.groups(),
            shape.groupInChannels(),
            outputs,
            List.of(part),
            packed)
        .run(x, xo, shape.batch());
  }

  /** Stores complete rows to [image][channel][height][width], with bias and activation. */
  static TapConvolution.Sink denseSink(
      CpuContext context,
      int channels,
      int height,
      int width,
      float[] out,
      int offset,
      Finish finish) {
    ElementwiseOps ops = context.simd().elementwise();
    return (image, channel, firstRow, rows, from, at, stride) -> {
      int to = offset + ((image * channels + channel) * height + firstRow) * width;
      boolean dense = stride == width;
      int length = dense ? rows * width : width;
      int count = dense ? 1 : rows;
      float bias = finish.biasOf(channel);
      if (finish.accumulate()) {
        float[] block = context.scratch().floats(Scratch.Slot.BLOCK, (long) rows * width);
        ops.copyRows(from, at, stride, block, 0, length, count, bias);
        ops.binary(BinaryOp.ADD, out, to, block, 0, out, to, rows * width);
      } else {
        ops.copyRows(from, at, stride, out, to, length, count, bias);
      }
      finish.activate(ops, out, to, rows * width);
    };
  }
}
