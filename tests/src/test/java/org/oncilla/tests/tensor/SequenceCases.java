package org.oncilla.tests.tensor;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.oncilla.backend.UnaryOp;
import org.oncilla.tensor.Conv1dOptions;
import org.oncilla.tensor.Pool1dOptions;

/** Convolution and pooling of sequences. */
final class SequenceCases {
  private SequenceCases() {}

  static List<OperationCase> all() {
    Draw draw = new Draw(21);
    Conv1dOptions plain = Conv1dOptions.DEFAULT;
    List<OperationCase> cases = new ArrayList<>();
    cases.add(conv(draw, plain, UnaryOp.IDENTITY, true));
    cases.add(conv(draw, plain.padding(2), UnaryOp.TANH, false));
    cases.add(conv(draw, plain.stride(2), UnaryOp.SIGMOID, true));
    cases.add(conv(draw, plain.stride(3).padding(1), UnaryOp.IDENTITY, true));
    cases.add(conv(draw, plain.dilation(2), UnaryOp.IDENTITY, false));
    cases.add(conv(draw, plain.groups(2), UnaryOp.RELU, true));
    cases.add(conv(draw, new Conv1dOptions(2, 3, 2, 3), UnaryOp.IDENTITY, true));
    List<Pool1dOptions> windows =
        List.of(
            Pool1dOptions.of(1),
            Pool1dOptions.of(2),
            Pool1dOptions.of(3).stride(1),
            Pool1dOptions.of(2).stride(3),
            Pool1dOptions.of(3).stride(2).padding(1));
    for (Pool1dOptions window : windows) {
      cases.add(max(draw, window));
      cases.add(average(draw, window));
      cases.add(average(draw, window.countPadding(false)));
    }
    return cases;
  }

  private static OperationCase conv(
      Draw draw, Conv1dOptions options, UnaryOp activation, boolean biased) {
    int perGroup = draw.between(1, 2);
    int out = options.groups() * draw.between(1, 3);
    HostTensor sequences =
        draw.values(draw.between(1, 3), options.groups() * perGroup, draw.between(7, 11));
    List<HostTensor> inputs = new ArrayList<>();
    inputs.add(sequences);
    inputs.add(draw.values(out, perGroup, draw.between(1, 4)));
    if (biased) {
      inputs.add(draw.values(out));
    }
    return new OperationCase(
        String.format(
            "conv1d %s %s %s %s%s",
            Arrays.toString(sequences.sizes()),
            Arrays.toString(inputs.get(1).sizes()),
            options,
            activation,
            biased ? " with bias" : ""),
        inputs,
        x -> x[0].conv1d(x[1], biased ? x[2] : null, options, activation),
        x -> convolved(x[0], x[1], biased ? x[2] : null, options, activation));
  }

  private static HostTensor convolved(
      HostTensor x, HostTensor w, HostTensor bias, Conv1dOptions o, UnaryOp activation) {
    int length = ConvolutionCases.out(x.size(2), w.size(2), o.stride(), o.padding(), o.dilation());
    DoubleUnaryOperator function = Functions.function(activation);
    return HostTensor.fill(
        new int[] {x.size(0), w.size(0), length},
        at -> {
          double sum = bias == null ? 0 : bias.at(at[1]);
          int group = at[1] / (w.size(0) / o.groups());
          for (int c = 0; c < w.size(1); c++) {
            for (int i = 0; i < w.size(2); i++) {
              int position = at[2] * o.stride() - o.padding() + i * o.dilation();
              if (position >= 0 && position < x.size(2)) {
                sum += x.at(at[0], group * w.size(1) + c, position) * w.at(at[1], c, i);
              }
            }
          }
          return function.applyAsDouble(sum);
        });
  }

  private static OperationCase max(Draw draw, Pool1dOptions window) {
    HostTensor x = sequences(draw);
    return new OperationCase(
        "maxPool1d " + Arrays.toString(x.sizes()) + " " + window,
        List.of(x),
        t -> t[0].maxPool1d(window),
        h -> pooled(h[0], window, members -> Arrays.stream(members).max().orElseThrow()));
  }

  private static OperationCase average(Draw draw, Pool1dOptions window) {
    HostTensor x = sequences(draw);
    return new OperationCase(
        "avgPool1d " + Arrays.toString(x.sizes()) + " " + window,
        List.of(x),
        t -> t[0].avgPool1d(window),
        h ->
            pooled(
                h[0],
                window,
                members ->
                    Arrays.stream(members).sum()
                        / (window.countPadding() ? window.kernel() : members.length)));
  }

  private static HostTensor sequences(Draw draw) {
    return draw.values(draw.between(1, 3), draw.between(1, 3), draw.between(6, 9));
  }

  private static HostTensor pooled(HostTensor x, Pool1dOptions o, PoolingCases.Summary summary) {
    int length = ConvolutionCases.out(x.size(2), o.kernel(), o.stride(), o.padding(), 1);
    return HostTensor.fill(
        new int[] {x.size(0), x.size(1), length},
        at -> {
          int from = at[2] * o.stride() - o.padding();
          int to = Math.min(from + o.kernel(), x.size(2));
          double[] members = new double[to - Math.max(from, 0)];
          Arrays.setAll(members, i -> x.at(at[0], at[1], Math.max(from, 0) + i));
          return summary.of(members);
        });
  }
}
