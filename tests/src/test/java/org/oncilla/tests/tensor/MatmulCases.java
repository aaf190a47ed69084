package org.oncilla.tests.tensor;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.oncilla.backend.UnaryOp;

/** Matrix products and fully connected layers. */
final class MatmulCases {
  private static final int[][] RANKS = {{2, 2}, {3, 3}, {4, 4}, {3, 2}, {4, 2}, {2, 3}, {2, 4}};

  private MatmulCases() {}

  static List<OperationCase> all() {
    Draw draw = new Draw(11);
    List<OperationCase> cases = new ArrayList<>();
    for (int[] ranks : RANKS) {
      for (int transposes = 0; transposes < 4; transposes++) {
        int[] mnk = draw.between(1, 5, 3);
        boolean transposeA = (transposes & 1) != 0;
        boolean transposeB = (transposes & 2) != 0;
        int[] batch = draw.between(1, 3, Math.max(ranks[0], ranks[1]) - 2);
        cases.add(matmul(draw, ranks, batch, mnk, transposeA, transposeB));
      }
    }
    cases.add(matmul(draw, new int[] {2, 2}, new int[0], new int[] {33, 65, 17}, false, false));
    cases.add(matmul(draw, new int[] {3, 3}, new int[] {5}, new int[] {9, 17, 8}, false, true));
    cases.add(matmul(draw, new int[] {3, 2}, new int[] {5}, new int[] {9, 17, 8}, true, true));
    for (UnaryOp activation : Functions.FUSABLE) {
      cases.add(linear(draw, activation, true));
      cases.add(linear(draw, activation, false));
    }
    return cases;
  }

  private static OperationCase matmul(
      Draw draw, int[] ranks, int[] batch, int[] mnk, boolean transposeA, boolean transposeB) {
    int m = mnk[0];
    int n = mnk[1];
    int k = mnk[2];
    HostTensor a = draw.values(sizes(ranks[0] == 2, batch, m, k, transposeA));
    HostTensor b = draw.values(sizes(ranks[1] == 2, batch, k, n, transposeB));
    String name =
        String.format(
            "matmul %s%s %s%s",
            Arrays.toString(a.sizes()),
            transposeA ? "ᵀ" : "",
            Arrays.toString(b.sizes()),
            transposeB ? "ᵀ" : "");
    return new OperationCase(
        name,
        List.of(a, b),
        x -> x[0].matmul(x[1], transposeA, transposeB),
        x ->
            HostTensor.fill(
                sizes(false, batch, m, n, false),
                index -> {
                  double sum = 0;
                  for (int i = 0; i < k; i++) {
                    int[] atA = index.clone();
                    int[] atB = index.clone();
                    atA[index.length - 1] = i;
                    atB[index.length - 2] = i;
                    sum += element(x[0], atA, transposeA) * element(x[1], atB, transposeB);
                  }
                  return sum;
                }));
  }

  private static int[] sizes(
      boolean single, int[] batch, int rows, int columns, boolean transpose) {
    int lead = single ? 0 : batch.length;
    int[] sizes = Arrays.copyOf(batch, lead + 2);
    sizes[lead] = transpose ? columns : rows;
    sizes[lead + 1] = transpose ? rows : columns;
    return sizes;
  }

  /** An element of op(x) of a batch, where x may be one matrix for all of it. */
  private static double element(HostTensor x, int[] index, boolean transpose) {
    int[] own = Arrays.copyOfRange(index, index.length - x.rank(), index.length);
    if (transpose) {
      int row = own[own.length - 2];
      own[own.length - 2] = own[own.length - 1];
      own[own.length - 1] = row;
    }
    return x.at(own);
  }

  private static OperationCase linear(Draw draw, UnaryOp activation, boolean biased) {
    int n = draw.between(1, 5);
    int in = draw.between(1, 6);
    int out = draw.between(2, 6);
    List<HostTensor> inputs = new ArrayList<>();
    inputs.add(draw.values(n, in));
    inputs.add(draw.values(out, in));
    if (biased) {
      inputs.add(draw.values(out));
    }
    DoubleUnaryOperator function = Functions.function(activation);
    return new OperationCase(
        "linear " + n + "x" + in + "→" + out + " " + activation + (biased ? " with bias" : ""),
        inputs,
        x -> x[0].linear(x[1], biased ? x[2] : null, activation),
        x ->
            HostTensor.fill(
                new int[] {n, out},
                index -> {
                  double sum = biased ? x[2].at(index[1]) : 0;
                  for (int i = 0; i < in; i++) {
                    sum += x[0].at(index[0], i) * x[1].at(index[1], i);
                  }
                  return function.applyAsDouble(sum);
                }));
  }
}
