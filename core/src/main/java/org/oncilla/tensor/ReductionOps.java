package org.oncilla.tensor;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.oncilla.backend.Backend;
import org.oncilla.backend.BinaryOp;
import org.oncilla.backend.DType;
import org.oncilla.backend.ReduceOp;
import org.oncilla.backend.ReduceShape;
import org.oncilla.backend.Span;

/** Reductions over axes and their gradients. */
final class ReductionOps {
  private ReductionOps() {}

  static Tensor sum(String name, Tensor x, int[] axes, boolean mean, boolean keepAxes) {
    Operands.values(name, x);
    boolean[] reduced = reducedAxes(name, x.shape(), axes);
    Shape kept = keptShape(x.shape(), reduced);
    double scale = mean ? (double) kept.length() / x.shape().length() : 1;
    Shape input = x.shape();
    Tensor y = reduce(name, ReduceOp.SUM, x, reduced, scale, keepAxes);
    return Node.record(
        name,
        y,
        new Tensor[] {x},
        new Tensor[0],
        (dy, node) -> {
          try (Tensor scaled = scale == 1 ? dy.alias(kept) : dy.mul(scale);
              Tensor aligned = scaled.alias(kept)) {
            node.into(0, (dx, add) -> IndexingOps.stretch(aligned, input, dx, add));
          }
        });
  }

  static Tensor extremum(ReduceOp op, Tensor x, int[] axes) {
    String name = op == ReduceOp.MAX ? "max" : "min";
    Operands.values(name, x);
    boolean[] reduced = reducedAxes(name, x.shape(), axes);
    Shape kept = keptShape(x.shape(), reduced);
    Tensor y = reduce(name, op, x, reduced, 1, false);
    return Node.record(
        name,
        y,
        new Tensor[] {x},
        new Tensor[] {x, y},
        (dy, node) -> spread(dy, node, reduced, kept));
  }

  /** dx = dy / (number of elements equal to y) at each such element, 0 elsewhere. */
  private static void spread(Tensor dy, Node node, boolean[] reduced, Shape kept) {
    Tensor x = node.saved(0);
    try (Tensor y = node.saved(1).alias(kept);
        Tensor hit = ElementwiseOps.apply(BinaryOp.EQUAL, x, y, x.shape());
        Tensor hits = reduce("max", ReduceOp.SUM, hit, reduced, 1, true);
        Tensor aligned = dy.alias(kept);
        Tensor share = ElementwiseOps.apply(BinaryOp.DIVIDE, aligned, hits, kept)) {
      node.into(
          0,
          (dx, add) ->
              x.backend()
                  .elementwise()
                  .binary(
                      BinaryOp.MULTIPLY,
                      Broadcasting.merged(x.shape(), hit.shape(), kept),
                      hit.span(),
                      share.span(),
                      dx,
                      add));
    }
  }

  static Tensor argmax(Tensor x, int axis) {
    Operands.values("argmax", x);
    int reduced = x.shape().axis("argmax", axis);
    ReduceShape shape = ReductionOps.around(x.shape(), reduced);
    Tensor result =
        Tensor.create(
            x.backend(),
            DType.INT32,
            x.shape().without(reduced),
            "argmax",
            span -> x.backend().reduction().argmax(shape, x.span(), span));
    result.setLabels(LabelRange.below(shape.reduced()));
    return result;
  }

  /** The reduction of one axis. */
  static ReduceShape around(Shape shape, int axis) {
    return new ReduceShape(
        shape.length(0, axis), shape.size(axis), shape.length(axis + 1, shape.rank()));
  }

  /** Sums {@code scale·x} over the axes that {@code target} is stretched along. */
  static void sumTo(Tensor x, Shape shape, Shape target, double scale, Span out, boolean add) {
    reduceRuns(
        ReduceOp.SUM, x, runs(shape, Broadcasting.stretched(target, shape)), scale, out, add);
  }

  private static Tensor reduce(
      String name, ReduceOp op, Tensor x, boolean[] reduced, double scale, boolean keepAxes) {
    Backend backend = x.backend();
    Shape result = keepAxes ? keptShape(x.shape(), reduced) : droppedShape(x.shape(), reduced);
    return Tensor.create(
        backend,
        backend.floatType(),
        result,
        name,
        span -> reduceRuns(op, x, runs(x.shape(), reduced), scale, span, false));
  }

  /** Reduces one run of adjacent axes after the other, the last run first. */
  private static void reduceRuns(
      ReduceOp op, Tensor x, List<ReduceShape> runs, double scale, Span out, boolean add) {
    Backend backend = x.backend();
    if (runs.isEmpty()) {
      backend.elementwise().affine(x.span(), scale, 0, out, add);
      return;
    }
    Tensor current = x.alias(x.shape());
    try {
      for (ReduceShape run : runs.subList(0, runs.size() - 1)) {
        Shape partial = Shape.of(run.outputLength());
        Span from = current.span();
        Tensor next =
            Tensor.create(
                backend,
                backend.floatType(),
                partial,
                "partial reduction",
                span -> backend.reduction().reduce(op, run, from, 1, span, false));
        current.close();
        current = next;
      }
      ReduceShape last = runs.get(runs.size() - 1);
      backend.reduction().reduce(op, last, current.span(), scale, out, add);
    } finally {
      current.close();
    }
  }

  /** Runs of adjacent reduced axes, last one first, each seen after the ones before it are gone. */
  private static List<ReduceShape> runs(Shape shape, boolean[] reduced) {
    List<ReduceShape> runs = new ArrayList<>();
    int inner = 1;
    int axis = shape.rank() - 1;
    while (axis >= 0) {
      int length = 1;
      boolean run = reduced[axis];
      while (axis >= 0 && (reduced[axis] == run || shape.size(axis) == 1)) {
        length *= shape.size(axis--);
      }
      if (run && length > 1) {
        runs.add(new ReduceShape(shape.length(0, axis + 1), length, inner));
      } else {
        inner *= length;
      }
    }
    return runs;
  }

  private static boolean[] reducedAxes(String name, Shape shape, int[] axes) {
    boolean[] reduced = new boolean[shape.rank()];
    if (axes.length == 0) {
      Arrays.fill(reduced, true);
    }
    for (int axis : axes) {
      int counted = shape.axis(name, axis);
      if (reduced[counted]) {
        throw new IllegalArgumentException(
            name
                + ": axis "
                + axis
                + " of shape "
                + shape
                + " is named twice in "
                + Arrays.toString(axes));
      }
      reduced[counted] = true;
    }
    return reduced;
  }

  private static Shape keptShape(Shape shape, boolean[] reduced) {
    int[] sizes = shape.sizes();
    for (int axis = 0; axis < sizes.length; axis++) {
      sizes[axis] = reduced[axis] ? 1 : sizes[axis];
    }
    return Shape.of(sizes);
  }

  private static Shape droppedShape(Shape shape, boolean[] reduced) {
    int[] sizes = new int[shape.rank()];
    int rank = 0;
    for (int axis = 0; axis < sizes.length; axis++) {
      if (!reduced[axis]) {
        sizes[rank++] = shape.size(axis);
      }
    }
    return Shape.of(Arrays.copyOf(sizes, rank));
  }
}
