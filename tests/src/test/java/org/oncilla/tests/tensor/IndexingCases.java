package org.oncilla.tests.tensor;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.oncilla.tensor.Shape;
import org.oncilla.tensor.Tensor;

/** Views, slices, rearrangements and masks. */
final class IndexingCases {
  private IndexingCases() {}

  static List<OperationCase> all() {
    Draw draw = new Draw(16);
    List<OperationCase> cases = new ArrayList<>();
    cases.add(reshape(draw, new int[] {2, 3, 4}, new int[] {6, 4}, 6, 4));
    cases.add(reshape(draw, new int[] {2, 3, 4}, new int[] {2, 12}, 2, -1));
    cases.add(reshape(draw, new int[] {1, 1}, new int[0]));
    cases.add(reshape(draw, new int[0], new int[] {1, 1, 1}, 1, -1, 1));
    cases.add(slice(draw, 0, 1, 3, 4, 3));
    cases.add(slice(draw, 0, 3, 4, 4));
    cases.add(slice(draw, 1, 1, 3, 1, 4, 3));
    cases.add(slice(draw, 1, 1, 2, 3, 4, 2));
    cases.add(slice(draw, -1, 0, 2, 3, 2, 5));
    cases.add(transpose(draw, 0, 1, 3, 5));
    cases.add(transpose(draw, 0, -1, 2, 3, 4));
    cases.add(transpose(draw, 1, 1, 2, 3));
    cases.add(permute(draw, new int[] {2, 0, 1}, 2, 3, 4));
    cases.add(permute(draw, new int[] {0, 2, 3, 1}, 2, 3, 2, 4));
    cases.add(permute(draw, new int[] {5, 4, 3, 2, 1, 0}, 2, 1, 3, 2, 1, 2));
    cases.add(permute(draw, new int[0]));
    cases.add(broadcastTo(draw, new int[] {3, 1}, 3, 4));
    cases.add(broadcastTo(draw, new int[] {4}, 2, 3, 4));
    cases.add(broadcastTo(draw, new int[0], 2, 2));
    cases.add(broadcastTo(draw, new int[] {2, 3}, 2, 3));
    cases.add(broadcastTo(draw, new int[0]));
    cases.add(concat(draw, 0, new int[] {2, 3}, new int[] {1, 3}, new int[] {3, 3}));
    cases.add(concat(draw, 1, new int[] {2, 3}, new int[] {2, 1}));
    cases.add(concat(draw, -2, new int[] {2, 1, 3}, new int[] {2, 4, 3}));
    cases.add(concat(draw, 0, new int[] {4}));
    cases.add(embedding(draw, 7, 3, 5));
    cases.add(embedding(draw, 4, 1, 2, 6));
    cases.add(embedding(draw, 1, 5));
    for (int i = 0; i < 4; i++) {
      cases.add(
          embedding(draw, draw.between(1, 9), draw.between(1, 20), draw.between(1, 4, i % 2 + 1)));
    }
    cases.add(paddedEmbedding(draw));
    return cases;
  }

  private static OperationCase embedding(Draw draw, int rows, int columns, int... sizes) {
    int[] indices = draw.indices(Arrays.stream(sizes).reduce(1, (a, b) -> a * b), rows);
    return new OperationCase(
        String.format("embedding [%d, %d] at %s", rows, columns, Arrays.toString(sizes)),
        List.of(draw.values(rows, columns)),
        x -> {
          try (Tensor at = Tensor.ofInts(x[0].backend(), indices, Shape.of(sizes))) {
            return at.embedding(x[0]);
          }
        },
        x -> lookedUp(x[0], indices, Shape.of(sizes).append(columns).sizes()));
  }

  private static HostTensor lookedUp(HostTensor table, int[] indices, int... sizes) {
    int columns = table.size(1);
    double[] values = new double[indices.length * columns];
    for (int i = 0; i < values.length; i++) {
      values[i] = table.at(indices[i / columns], i % columns);
    }
    return new HostTensor(sizes, values);
  }

  /** The row of the padding is looked up apart, as a constant: nothing flows to it. */
  private static OperationCase paddedEmbedding(Draw draw) {
    int padding = 2;
    int[] indices = {0, 2, 1, 2, 3, 1};
    HostTensor pad = draw.values(1, 3);
    return new OperationCase(
        "embedding with padding",
        List.of(draw.values(2, 3), draw.values(1, 3)),
        x -> {
          try (Tensor constant = pad.on(x[0].backend());
              Tensor table = Tensor.concat(0, x[0], constant, x[1]);
              Tensor at = Tensor.ofInts(x[0].backend(), indices, Shape.of(2, 3))) {
            return at.embedding(table, padding);
          }
        },
        x -> {
          double[] rows =
              Stream.of(x[0].values(), pad.values(), x[1].values())
                  .flatMapToDouble(Arrays::stream)
                  .toArray();
          return lookedUp(new HostTensor(new int[] {4, 3}, rows), indices, 2, 3, 3);
        });
  }

  private static OperationCase reshape(Draw draw, int[] from, int[] to, int... asked) {
    return new OperationCase(
        "reshape " + Arrays.toString(from) + " to " + Arrays.toString(asked),
        List.of(draw.values(from)),
        x -> x[0].reshape(asked),
        x -> new HostTensor(to, x[0].values()));
  }

  private static OperationCase slice(Draw draw, int axis, int from, int to, int... sizes) {
    int counted = axis < 0 ? axis + sizes.length : axis;
    int[] result = sizes.clone();
    result[counted] = to - from;
    return new OperationCase(
        String.format("slice %s axis %d, %d…%d", Arrays.toString(sizes), axis, from, to),
        List.of(draw.values(sizes)),
        x -> x[0].slice(axis, from, to),
        x ->
            HostTensor.fill(
                result,
                index -> {
                  int[] at = index.clone();
                  at[counted] += from;
                  return x[0].at(at);
                }));
  }

  private static OperationCase transpose(Draw draw, int a, int b, int... sizes) {
    int[] axes = new int[sizes.length];
    Arrays.setAll(axes, i -> i);
    int first = Math.floorMod(a, sizes.length);
    int second = Math.floorMod(b, sizes.length);
    axes[first] = second;
    axes[second] = first;
    return new OperationCase(
        String.format("transpose %s %d %d", Arrays.toString(sizes), a, b),
        List.of(draw.values(sizes)),
        x -> x[0].transpose(a, b),
        x -> permuted(x[0], axes));
  }

  private static OperationCase permute(Draw draw, int[] axes, int... sizes) {
    return new OperationCase(
        "permute " + Arrays.toString(sizes) + " by " + Arrays.toString(axes),
        List.of(draw.values(sizes)),
        x -> x[0].permute(axes),
        x -> permuted(x[0], axes));
  }

  private static HostTensor permuted(HostTensor x, int[] axes) {
    int[] sizes = Arrays.stream(axes).map(axis -> x.sizes()[axis]).toArray();
    return HostTensor.fill(
        sizes,
        index -> {
          int[] at = new int[index.length];
          for (int i = 0; i < axes.length; i++) {
            at[axes[i]] = index[i];
          }
          return x.at(at);
        });
  }

  private static OperationCase broadcastTo(Draw draw, int[] from, int... to) {
    return new OperationCase(
        "broadcastTo " + Arrays.toString(from) + " " + Arrays.toString(to),
        List.of(draw.values(from)),
        x -> x[0].broadcastTo(Shape.of(to)),
        x -> HostTensor.fill(to, x[0]::stretchedAt));
  }

  private static OperationCase concat(Draw draw, int axis, int[]... shapes) {
    int counted = Math.floorMod(axis, shapes[0].length);
    List<HostTensor> parts = new ArrayList<>();
    int total = 0;
    for (int[] shape : shapes) {
      parts.add(draw.values(shape));
      total += shape[counted];
    }
    int[] result = shapes[0].clone();
    result[counted] = total;
    return new OperationCase(
        "concat " + Arrays.deepToString(shapes) + " along " + axis,
        parts,
        x -> Tensor.concat(axis, x),
        x ->
            HostTensor.fill(
                result,
                index -> {
                  int[] at = index.clone();
                  int part = 0;
                  while (at[counted] >= x[part].size(counted)) {
                    at[counted] -= x[part++].size(counted);
                  }
                  return x[part].at(at);
                }));
  }
}
