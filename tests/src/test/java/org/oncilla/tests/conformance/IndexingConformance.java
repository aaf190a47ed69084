package org.oncilla.tests.conformance;

import java.util.Arrays;
import org.oncilla.backend.BroadcastShape;
import org.oncilla.backend.CopyShape;

class IndexingConformance {
  @OnEveryBackend
  void copies(BackendUnderTest target) {
    Cases cases = new Cases(61);
    for (int rank = 1; rank <= BroadcastShape.MAX_RANK; rank++) {
      for (int i = 0; i < 25; i++) {
        target.check(generated(cases, rank, rank < 4 ? 17 : 6));
      }
    }
  }

  @OnEveryBackend
  void indices(BackendUnderTest target) {
    Cases cases = new Cases(62);
    for (int i = 0; i < 30; i++) {
      CopyShape shape = shape(cases, cases.between(1, BroadcastShape.MAX_RANK), 5);
      int[] source = cases.indices(sourceReach(shape), 1 << 20);
      int[] before = cases.indices(targetReach(shape), 1 << 20);
      target.check(
          KernelCall.of("copy of indices " + describe(shape))
              .input("source", source)
              .updated("target", before)
              .run(
                  (backend, on) ->
                      backend.indexing().copy(shape, on.span("source"), on.span("target"), false)));
    }
  }

  /** The copies of networks: matrix transposes, channels moved, rows sliced and joined. */
  @OnEveryBackend
  void largeCopies(BackendUnderTest target) {
    Cases cases = new Cases(63);
    CopyShape[] shapes = {
      new CopyShape(new int[] {301, 257}, 0, new int[] {1, 301}, 0, new int[] {257, 1}),
      new CopyShape(new int[] {64, 128}, 0, new int[] {1, 64}, 0, new int[] {128, 1}),
      new CopyShape(
          new int[] {3, 19, 33, 5},
          0,
          new int[] {19 * 33 * 5, 1, 19 * 5, 19},
          0,
          new int[] {19 * 33 * 5, 33 * 5, 5, 1}),
      new CopyShape(new int[] {70_001}, 5, new int[] {1}, 9, new int[] {1}),
      new CopyShape(new int[] {100, 40}, 7, new int[] {90, 1}, 0, new int[] {40, 1}),
      new CopyShape(new int[] {100, 40}, 0, new int[] {40, 1}, 50, new int[] {90, 1}),
    };
    for (CopyShape shape : shapes) {
      target.check(copy(cases, shape, false));
      target.check(copy(cases, shape, true));
      target.check(copy(cases, shape.reversed(), true));
    }
  }

  @OnEveryBackend
  void copiesKeepSpecialValues(BackendUnderTest target) {
    Cases cases = new Cases(64);
    float[] source = cases.specials(40);
    CopyShape flip = new CopyShape(new int[] {40}, 39, new int[] {-1}, 0, new int[] {1});
    target.check(copy(flip, source, new float[40], false, Tolerance.EXACT));
  }

  static KernelCall generated(Cases cases, int rank, int largest) {
    return copy(cases, shape(cases, rank, largest), cases.flag());
  }

  private static KernelCall copy(Cases cases, CopyShape shape, boolean accumulate) {
    float[] source = cases.values(sourceReach(shape));
    float[] before = cases.values(targetReach(shape));
    if (!accumulate) {
      return copy(shape, source, before, false, Tolerance.EXACT);
    }
    double[] magnitudes = copy(shape, source, before, true, Tolerance.EXACT).magnitudes("target");
    return copy(shape, source, before, true, Tolerance.terms(1, magnitudes));
  }

  private static KernelCall copy(
      CopyShape shape, float[] source, float[] before, boolean accumulate, Tolerance tolerance) {
    return KernelCall.of("copy " + describe(shape) + " accumulate=" + accumulate)
        .input("source", source)
        .updated("target", before, tolerance)
        .run(
            (backend, on) ->
                backend.indexing().copy(shape, on.span("source"), on.span("target"), accumulate));
  }

  private static CopyShape shape(Cases cases, int rank, int largest) {
    int[] sizes = new int[rank];
    for (int axis = 0; axis < rank; axis++) {
      sizes[axis] = cases.between(1, largest);
    }
    int[] from = strides(cases, sizes);
    int[] to = strides(cases, sizes);
    for (int axis = 0; axis < rank; axis++) {
      if (cases.between(0, 5) == 0) {
        from[axis] = 0;
      }
    }
    return new CopyShape(
        sizes, start(sizes, from) + cases.between(0, 3), from, start(sizes, to), to);
  }

  /** The strides of a larger array with its axes in some order, some of them walked backwards. */
  private static int[] strides(Cases cases, int[] sizes) {
    int[] strides = new int[sizes.length];
    boolean permuted = cases.flag();
    int[] order = cases.permutation(sizes.length);
    int next = cases.pick(1, 1, 1, 2);
    for (int i = sizes.length - 1; i >= 0; i--) {
      int axis = permuted ? order[i] : i;
      strides[axis] = cases.between(0, 7) == 0 ? -next : next;
      next *= sizes[axis] + cases.pick(0, 0, 1);
    }
    return strides;
  }

  /** The smallest offset with which no stride leads below 0. */
  private static int start(int[] sizes, int[] strides) {
    int lowest = 0;
    for (int axis = 0; axis < sizes.length; axis++) {
      lowest += Math.min(0, (sizes[axis] - 1) * strides[axis]);
    }
    return -lowest;
  }

  private static int reach(int[] sizes, int offset, int[] strides) {
    int last = offset;
    for (int axis = 0; axis < sizes.length; axis++) {
      last += Math.max(0, (sizes[axis] - 1) * strides[axis]);
    }
    return last + 1;
  }

  private static int sourceReach(CopyShape shape) {
    return reach(shape.sizes(), shape.sourceOffset(), shape.sourceStrides());
  }

  private static int targetReach(CopyShape shape) {
    return reach(shape.sizes(), shape.targetOffset(), shape.targetStrides());
  }

  private static String describe(CopyShape shape) {
    return "sizes="
        + Arrays.toString(shape.sizes())
        + " from "
        + shape.sourceOffset()
        + Arrays.toString(shape.sourceStrides())
        + " to "
        + shape.targetOffset()
        + Arrays.toString(shape.targetStrides());
  }
}
