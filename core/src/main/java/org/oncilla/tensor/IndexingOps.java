package org.oncilla.tensor;

import java.util.Arrays;
import org.oncilla.backend.Backend;
import org.oncilla.backend.CopyShape;
import org.oncilla.backend.IndexingKernels;
import org.oncilla.backend.Span;
import org.oncilla.backend.TableShape;

/** Views, slices, rearrangements and look-ups, and their gradients. */
final class IndexingOps {
  private IndexingOps() {}

  static Tensor reshape(Tensor x, int[] sizes) {
    x.requireOpen("reshape");
    Shape target = x.shape().reshaped(sizes);
    Tensor y = x.alias(target);
    Shape input = x.shape();
    return Node.record(
        "reshape",
        y,
        new Tensor[] {x},
        new Tensor[0],
        (dy, node) -> {
          try (Tensor dx = dy.alias(input)) {
            node.pass(0, dx);
          }
        });
  }

  static Tensor slice(Tensor x, int axis, int from, int to) {
    x.requireOpen("slice");
    int counted = x.shape().axis("slice", axis);
    if (from < 0 || to <= from || to > x.shape().size(counted)) {
      throw new IllegalArgumentException(
          "slice: "
              + from
              + " … "
              + to
              + " (exclusive) is not a range of axis "
              + axis
              + " of shape "
              + x.shape());
    }
    Shape input = x.shape();
    Shape result = input.with(counted, to - from);
    CopyShape copy = window(input, result, counted, from);
    Tensor y =
        input.length(0, counted) == 1
            ? x.view(result, copy.sourceOffset())
            : copied("slice", x, result, copy);
    return Node.record(
        "slice",
        y,
        new Tensor[] {x},
        new Tensor[0],
        (dy, node) -> {
          Backend backend = dy.backend();
          node.into(
              0,
              (dx, add) -> {
                if (!add) {
                  backend.elementwise().fill(dx, 0);
                }
                backend.indexing().copy(copy.reversed(), dy.span(), dx, true);
              });
        });
  }

  static Tensor transpose(Tensor x, int axisA, int axisB) {
    x.requireOpen("transpose");
    int[] axes = new int[x.shape().rank()];
    Arrays.setAll(axes, i -> i);
    int a = x.shape().axis("transpose", axisA);
    int b = x.shape().axis("transpose", axisB);
    axes[a] = b;
    axes[b] = a;
    return permute(x, axes);
  }

  static Tensor permute(Tensor x, int[] axes) {
    x.requireOpen("permute");
    Shape input = x.shape();
    int rank = input.rank();
    int[] sorted = axes.clone();
    Arrays.sort(sorted);
    boolean permutation = axes.length == rank;
    for (int i = 0; permutation && i < rank; i++) {
      permutation = sorted[i] == i;
    }
    if (!permutation) {
      throw new IllegalArgumentException(
          "permute: "
              + Arrays.toString(axes)
              + " does not name each axis of shape "
              + input
              + " once");
    }
    if (rank == 0) {
      return reshape(x, new int[0]);
    }
    int[] sizes = new int[rank];
    int[] strides = new int[rank];
    for (int i = 0; i < rank; i++) {
      sizes[i] = input.size(axes[i]);
      strides[i] = input.strides()[axes[i]];
    }
    Shape result = Shape.of(sizes);
    CopyShape copy = new CopyShape(sizes, 0, strides, 0, result.strides());
    return moved("permute", x, result, copy);
  }

  static Tensor broadcastTo(Tensor x, Shape target) {
    Operands.values("broadcastTo", x);
    Shape input = x.shape();
    if (!Broadcasting.result("broadcastTo", input, target).equals(target)) {
      throw new IllegalArgumentException(
          "broadcastTo: shape " + input + " does not stretch to " + target);
    }
    Backend backend = x.backend();
    Tensor y =
        Tensor.create(
            backend,
            backend.floatType(),
            target,
            "broadcastTo",
            span -> stretch(x, target, span, false));
    return Node.record(
        "broadcastTo",
        y,
        new Tensor[] {x},
        new Tensor[0],
        (dy, node) -> ElementwiseOps.contribute(node, 0, dy, input, 1));
  }

  /** Repeats a tensor along the axes it is stretched over. */
  static void stretch(Tensor x, Shape target, Span out, boolean add) {
    Shape shape = target.rank() == 0 ? Shape.of(1) : target;
    CopyShape copy =
        new CopyShape(shape.sizes(), 0, Broadcasting.strides(x.shape(), shape), 0, shape.strides());
    x.backend().indexing().copy(copy, x.span(), out, add);
  }

  static Tensor concat(int axis, Tensor[] parts) {
    if (parts.length == 0) {
      throw new IllegalArgumentException("concat: needs at least one tensor");
    }
    Operands.same("concat", parts[0], parts);
    Shape first = parts[0].shape();
    int counted = first.axis("concat", axis);
    int total = 0;
    for (Tensor part : parts) {
      if (part.shape().rank() != first.rank()
          || !part.shape().with(counted, 1).equals(first.with(counted, 1))) {
        throw new IllegalArgumentException(
            "concat: shapes "
                + first
                + " and "
                + part.shape()
                + " differ in another axis than "
                + axis);
      }
      total = Math.addExact(total, part.shape().size(counted));
    }
    Shape result = first.with(counted, total);
    CopyShape[] copies = new CopyShape[parts.length];
    int at = 0;
    for (int i = 0; i < parts.length; i++) {
      copies[i] = window(result, parts[i].shape(), counted, at);
      at += parts[i].shape().size(counted);
    }
    return concat(parts, result, copies);
  }

  private static Tensor concat(Tensor[] parts, Shape result, CopyShape[] windows) {
    Backend backend = parts[0].backend();
    Tensor y =
        Tensor.create(
            backend,
            backend.floatType(),
            result,
            "concat",
            span -> {
              for (int i = 0; i < parts.length; i++) {
                backend.indexing().copy(windows[i].reversed(), parts[i].span(), span, false);
              }
            });
    return Node.record(
        "concat",
        y,
        parts,
        new Tensor[0],
        (dy, node) -> {
          for (int i = 0; i < windows.length; i++) {
            CopyShape window = windows[i];
            node.into(i, (dx, add) -> backend.indexing().copy(window, dy.span(), dx, add));
          }
        });
  }

  /** Rows of a table; the padding index, or {@link IndexingKernels#NONE}, passes no gradient. */
  static Tensor embedding(Tensor indices, Tensor weight, int padding) {
    Operands.indices("embedding", indices);
    Operands.values("embedding", weight);
    Operands.requireBackend("embedding", weight, indices);
    Operands.requireRank("embedding", "the weight", weight, 2, "[V, D]");
    int rows = weight.shape().size(0);
    int columns = weight.shape().size(1);
    if (padding != IndexingKernels.NONE && (padding < 0 || padding >= rows)) {
      throw new IllegalArgumentException(
          "embedding: the padding index "
              + padding
              + " is not in 0 … "
              + (rows - 1)
              + ", the rows of a weight of shape "
              + weight.shape());
    }
    LabelRange.require(
        "embedding",
        "index",
        indices,
        rows,
        IndexingKernels.NONE,
        "the rows of a weight of shape " + weight.shape());
    Backend backend = weight.backend();
    TableShape shape = new TableShape(rows, columns, indices.shape().length());
    Tensor y =
        Tensor.create(
            backend,
            backend.floatType(),
            indices.shape().append(columns),
            "embedding",
            span -> backend.indexing().gather(shape, weight.span(), indices.span(), span));
    return Node.record(
        "embedding",
        y,
        new Tensor[] {weight},
        new Tensor[] {indices},
        (dy, node) ->
            node.into(
                0,
                (dw, add) ->
                    backend
                        .indexing()
                        .scatterAdd(shape, node.saved(0).span(), padding, dy.span(), dw, add)));
  }

  static Tensor oneHot(Tensor labels, int classes, int ignored, double on, double off) {
    Operands.indices("oneHot", labels);
    if (classes < 1) {
      throw new IllegalArgumentException("oneHot: needs at least 1 class, not " + classes);
    }
    LabelRange.require("oneHot", "label", labels, classes, ignored, "the " + classes + " classes");
    Backend backend = labels.backend();
    int rows = labels.shape().length();
    return Tensor.create(
        backend,
        backend.floatType(),
        labels.shape().append(classes),
        "oneHot",
        span -> backend.indexing().oneHot(rows, classes, labels.span(), ignored, on, off, span));
  }

  /** From a window of a large tensor to a small one that holds just it. */
  private static CopyShape window(Shape large, Shape small, int axis, int from) {
    return new CopyShape(
        small.sizes(), from * large.strides()[axis], large.strides(), 0, small.strides());
  }

  /** A rearrangement whose gradient is the reverse one. */
  private static Tensor moved(String name, Tensor x, Shape result, CopyShape copy) {
    return Node.record(
        name,
        copied(name, x, result, copy),
        new Tensor[] {x},
        new Tensor[0],
        (dy, node) ->
            node.into(
                0, (dx, add) -> dy.backend().indexing().copy(copy.reversed(), dy.span(), dx, add)));
  }

  private static Tensor copied(String name, Tensor x, Shape result, CopyShape copy) {
    Tensor y =
        Tensor.create(
            x.backend(),
            x.type(),
            result,
            name,
            span -> x.backend().indexing().copy(copy, x.span(), span, false));
    y.setLabels(x.labels());
    return y;
  }
}
