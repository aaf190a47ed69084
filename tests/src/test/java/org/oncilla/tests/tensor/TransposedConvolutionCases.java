package org.oncilla.tests.tensor;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.oncilla.backend.UnaryOp;
import org.oncilla.tensor.ConvTranspose2dOptions;

/** Transposed convolutions of every stride, padding, output padding, dilation and grouping. */
final class TransposedConvolutionCases {
  private TransposedConvolutionCases() {}

  static List<OperationCase> all() {
    Draw draw = new Draw(22);
    ConvTranspose2dOptions plain = ConvTranspose2dOptions.DEFAULT;
    UnaryOp none = UnaryOp.IDENTITY;
    List<OperationCase> cases = new ArrayList<>();
    for (UnaryOp activation : Functions.FUSABLE) {
      cases.add(spread(draw, plain.stride(2), activation, true));
    }
    cases.add(spread(draw, plain, none, false));
    cases.add(spread(draw, plain.padding(1), UnaryOp.RELU, false));
    cases.add(spread(draw, plain.stride(2).padding(1).outputPadding(1), none, true));
    // Kernels that leave gaps between them.
    cases.add(spread(draw, plain.stride(4).outputPadding(2, 3), none, true));
    cases.add(spread(draw, plain.dilation(2), none, true));
    cases.add(spread(draw, plain.groups(2), none, true));
    cases.add(spread(draw, plain.groups(3).stride(2), UnaryOp.TANH, false));
    cases.add(spread(draw, new ConvTranspose2dOptions(1, 3, 1, 0, 0, 2, 2, 1, 2), none, true));
    return cases;
  }

  private static OperationCase spread(
      Draw draw, ConvTranspose2dOptions options, UnaryOp activation, boolean biased) {
    int in = options.groups() * draw.between(1, 2);
    int perGroup = draw.between(1, 2);
    HostTensor images = draw.values(draw.between(1, 2), in, draw.between(3, 5), draw.between(3, 5));
    List<HostTensor> inputs = new ArrayList<>();
    inputs.add(images);
    inputs.add(draw.values(in, perGroup, draw.between(1, 3), draw.between(1, 3)));
    if (biased) {
      inputs.add(draw.values(options.groups() * perGroup));
    }
    return new OperationCase(
        String.format(
            "convTranspose2d %s %s %s %s%s",
            Arrays.toString(images.sizes()),
            Arrays.toString(inputs.get(1).sizes()),
            options,
            activation,
            biased ? " with bias" : ""),
        inputs,
        x -> x[0].convTranspose2d(x[1], biased ? x[2] : null, options, activation),
        x -> spread(x[0], x[1], biased ? x[2] : null, options, activation));
  }

  /** Every pixel adds a kernel to an output without padding, of which the padding is cut off. */
  private static HostTensor spread(
      HostTensor x, HostTensor w, HostTensor bias, ConvTranspose2dOptions o, UnaryOp activation) {
    int channels = w.size(1) * o.groups();
    int fullHeight = (x.size(2) - 1) * o.strideHeight() + o.dilationHeight() * (w.size(2) - 1) + 1;
    int fullWidth = (x.size(3) - 1) * o.strideWidth() + o.dilationWidth() * (w.size(3) - 1) + 1;
    double[][][][] full =
        new double[x.size(0)][channels][fullHeight + o.outputPadHeight()]
            [fullWidth + o.outputPadWidth()];
    HostTensor.fill(
        new int[] {x.size(0), x.size(1), x.size(2), x.size(3), w.size(1), w.size(2), w.size(3)},
        at -> {
          int group = at[1] / (x.size(1) / o.groups());
          int row = at[2] * o.strideHeight() + at[5] * o.dilationHeight();
          int column = at[3] * o.strideWidth() + at[6] * o.dilationWidth();
          full[at[0]][group * w.size(1) + at[4]][row][column] +=
              x.at(at[0], at[1], at[2], at[3]) * w.at(at[1], at[4], at[5], at[6]);
          return 0;
        });
    return HostTensor.fill(
        new int[] {
          x.size(0),
          channels,
          fullHeight + o.outputPadHeight() - 2 * o.padHeight(),
          fullWidth + o.outputPadWidth() - 2 * o.padWidth()
        },
        at ->
            Functions.function(activation)
                .applyAsDouble(
                    full[at[0]][at[1]][at[2] + o.padHeight()][at[3] + o.padWidth()]
                        + (bias == null ? 0 : bias.at(at[1]))));
  }
}
