package org.oncilla.tests.tensor;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.oncilla.backend.UnaryOp;
import org.oncilla.tensor.Conv2dOptions;

/** Convolutions of every stride, padding, dilation, grouping and activation. */
final class ConvolutionCases {
  private ConvolutionCases() {}

  static List<OperationCase> all() {
    Draw draw = new Draw(12);
    Conv2dOptions plain = Conv2dOptions.DEFAULT;
    List<OperationCase> cases = new ArrayList<>();
    for (UnaryOp activation : Functions.FUSABLE) {
      cases.add(conv(draw, plain, 1, activation, true));
      cases.add(conv(draw, plain.padding(1), 2, activation, false));
    }
    UnaryOp none = UnaryOp.IDENTITY;
    cases.add(conv(draw, plain.stride(2), 2, none, true));
    cases.add(conv(draw, plain.stride(3).padding(2), 1, none, true));
    cases.add(conv(draw, plain.dilation(2), 2, none, true));
    cases.add(conv(draw, plain.dilation(2).padding(2).stride(2), 2, none, true));
    cases.add(conv(draw, plain.groups(2), 2, none, true));
    cases.add(conv(draw, plain.groups(3).padding(1), 1, none, false));
    cases.add(conv(draw, new Conv2dOptions(1, 2, 2, 0, 2, 1, 2), 2, UnaryOp.TANH, true));
    cases.add(conv(draw, new Conv2dOptions(2, 1, 0, 1, 1, 2, 1), 2, UnaryOp.RELU, true));
    return cases;
  }

  private static OperationCase conv(
      Draw draw, Conv2dOptions options, int batch, UnaryOp activation, boolean biased) {
    int groups = options.groups();
    int perGroup = draw.between(1, 2);
    int out = groups * draw.between(1, 2);
    int kernelHeight = draw.between(1, 3);
    int kernelWidth = draw.between(1, 3);
    HostTensor images =
        draw.values(batch, groups * perGroup, draw.between(5, 7), draw.between(5, 7));
    List<HostTensor> inputs = new ArrayList<>();
    inputs.add(images);
    inputs.add(draw.values(out, perGroup, kernelHeight, kernelWidth));
    if (biased) {
      inputs.add(draw.values(out));
    }
    String name =
        String.format(
            "conv2d %s %s %s %s%s",
            Arrays.toString(images.sizes()),
            Arrays.toString(inputs.get(1).sizes()),
            options,
            activation,
            biased ? " with bias" : "");
    return new OperationCase(
        name,
        inputs,
        x -> x[0].conv2d(x[1], biased ? x[2] : null, options, activation),
        x -> convolved(x[0], x[1], biased ? x[2] : null, options, activation));
  }

  private static HostTensor convolved(
      HostTensor x, HostTensor w, HostTensor bias, Conv2dOptions o, UnaryOp activation) {
    int height = out(x.size(2), w.size(2), o.strideHeight(), o.padHeight(), o.dilationHeight());
    int width = out(x.size(3), w.size(3), o.strideWidth(), o.padWidth(), o.dilationWidth());
    DoubleUnaryOperator function = Functions.function(activation);
    return HostTensor.fill(
        new int[] {x.size(0), w.size(0), height, width},
        at -> {
          double sum = bias == null ? 0 : bias.at(at[1]);
          int group = at[1] / (w.size(0) / o.groups());
          for (int c = 0; c < w.size(1); c++) {
            for (int i = 0; i < w.size(2); i++) {
              for (int j = 0; j < w.size(3); j++) {
                int row = at[2] * o.strideHeight() - o.padHeight() + i * o.dilationHeight();
                int column = at[3] * o.strideWidth() - o.padWidth() + j * o.dilationWidth();
                boolean inside = row >= 0 && row < x.size(2) && column >= 0 && column < x.size(3);
                double pixel = inside ? x.at(at[0], group * w.size(1) + c, row, column) : 0;
                sum += pixel * w.at(at[1], c, i, j);
              }
            }
          }
          return function.applyAsDouble(sum);
        });
  }

  /** How many windows fit, by trying one after the other. */
  static int out(int in, int kernel, int stride, int pad, int dilation) {
    int count = 0;
    while (count * stride + dilation * (kernel - 1) < in + 2 * pad) {
      count++;
    }
    return count;
  }
}
