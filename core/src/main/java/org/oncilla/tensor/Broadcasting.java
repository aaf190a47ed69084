package org.oncilla.tensor;

import org.oncilla.backend.BroadcastShape;

/** How shapes of different sizes meet: aligned at the last axis, size 1 stretches. */
final class Broadcasting {
  private Broadcasting() {}

  /**
   * The shape both operands stretch to.
   *
   * @throws IllegalArgumentException naming the operation, both shapes and the axis that differs
   */
  static Shape result(String operation, Shape a, Shape b) {
    int rank = Math.max(a.rank(), b.rank());
    int[] sizes = new int[rank];
    for (int back = 1; back <= rank; back++) {
      int sizeA = sizeFromEnd(a, back);
      int sizeB = sizeFromEnd(b, back);
      if (sizeA != sizeB && sizeA != 1 && sizeB != 1) {
        throw new IllegalArgumentException(
            operation
                + ": shapes "
                + a
                + " and "
                + b
                + " do not broadcast: axis -"
                + back
                + " has sizes "
                + sizeA
                + " and "
                + sizeB
                + "; they must be equal or one of them 1");
      }
      sizes[rank - back] = Math.max(sizeA, sizeB);
    }
    return Shape.of(sizes);
  }

  /** The kernel's view of a broadcast, with axes merged where both operands allow it. */
  static BroadcastShape merged(Shape result, Shape a, Shape b) {
    if (a.equals(result) && b.equals(result)) {
      return BroadcastShape.elementwise(result.length());
    }
    int[] stridesA = strides(a, result);
    int[] stridesB = strides(b, result);
    int[] sizes = result.sizes();
    int rank = 0;
    for (int axis = 0; axis < sizes.length; axis++) {
      if (sizes[axis] == 1) {
        continue;
      }
      if (rank > 0
          && stridesA[rank - 1] == stridesA[axis] * sizes[axis]
          && stridesB[rank - 1] == stridesB[axis] * sizes[axis]) {
        sizes[rank - 1] *= sizes[axis];
      } else {
        sizes[rank++] = sizes[axis];
      }
      stridesA[rank - 1] = stridesA[axis];
      stridesB[rank - 1] = stridesB[axis];
    }
    if (rank == 0) {
      return BroadcastShape.elementwise(1);
    }
    return new BroadcastShape(
        java.util.Arrays.copyOf(sizes, rank),
        java.util.Arrays.copyOf(stridesA, rank),
        java.util.Arrays.copyOf(stridesB, rank));
  }

  /** Strides of a shape within a larger one: 0 along the axes it is stretched over. */
  static int[] strides(Shape shape, Shape target) {
    int[] own = shape.strides();
    int[] strides = new int[target.rank()];
    int lead = target.rank() - shape.rank();
    for (int axis = 0; axis < shape.rank(); axis++) {
      strides[lead + axis] = shape.size(axis) == 1 ? 0 : own[axis];
    }
    return strides;
  }

  /** Which axes of {@code target} a shape is stretched over. */
  static boolean[] stretched(Shape shape, Shape target) {
    boolean[] stretched = new boolean[target.rank()];
    for (int back = 1; back <= target.rank(); back++) {
      int axis = target.rank() - back;
      stretched[axis] = sizeFromEnd(shape, back) == 1 && target.size(axis) != 1;
    }
    return stretched;
  }

  private static int sizeFromEnd(Shape shape, int back) {
    return back > shape.rank() ? 1 : shape.size(-back);
  }
}
