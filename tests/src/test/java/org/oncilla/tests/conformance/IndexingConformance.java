package org.oncilla.tests.conformance;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.oncilla.backend.BroadcastShape;
import org.oncilla.backend.CopyShape;
import org.oncilla.backend.IndexingKernels;
import org.oncilla.backend.TableShape;

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

  @OnEveryBackend
  void gather(BackendUnderTest target) {
    Cases cases = new Cases(65);
    for (TableShape shape : tables(cases)) {
      target.check(gather(cases, shape, cases.indices(shape.count(), shape.rows())));
    }
    int[] strays = {0, 4, -1, 5, 1 << 30, Integer.MIN_VALUE, 2};
    target.check(gather(cases, new TableShape(5, 3, strays.length), strays));
  }

  @OnEveryBackend
  void scatterAdd(BackendUnderTest target) {
    Cases cases = new Cases(66);
    for (TableShape shape : tables(cases)) {
      target.check(scatterAdd(cases, shape, IndexingKernels.NONE, cases.flag()));
      target.check(scatterAdd(cases, shape, cases.between(0, shape.rows() - 1), cases.flag()));
    }
  }

  /** Nothing is written for an index that is no row, wherever it points. */
  @OnEveryBackend
  void scatterAddOfStrayIndices(BackendUnderTest target) {
    Cases cases = new Cases(67);
    int[] indices = {0, -1, 5, 4, 1 << 30, Integer.MIN_VALUE, 4, -5, 2};
    TableShape shape = new TableShape(5, 7, indices.length);
    target.check(scatterAdd(cases, shape, indices, IndexingKernels.NONE, true));
    target.check(scatterAdd(cases, shape, indices, 4, false));
  }

  /** A vocabulary with a few words that are everywhere, as texts have. */
  @OnEveryBackend
  void scatterAddOfAVocabulary(BackendUnderTest target) {
    Cases cases = Cases.onGrid(68);
    TableShape shape = new TableShape(2_000, 20, 5_000);
    int[] indices = cases.indices(shape.count(), shape.rows());
    for (int i = 0; i < indices.length; i += 2) {
      indices[i] %= 3;
    }
    target.check(scatterAdd(cases, shape, indices, 0, true));
  }

  @OnEveryBackend
  void oneHot(BackendUnderTest target) {
    Cases cases = new Cases(69);
    for (int i = 0; i < 30; i++) {
      int rows = cases.size(300);
      int classes = cases.size(130);
      target.check(oneHot(cases.indices(rows, classes), classes, IndexingKernels.NONE));
      target.check(oneHot(cases.indices(rows, classes), classes, cases.between(0, classes - 1)));
    }
    int[] strays = {0, 4, -1, 5, -100, 1 << 30, -(1 << 30), 2};
    target.check(oneHot(strays, 5, -100));
    target.check(oneHot(strays, 5, IndexingKernels.NONE));
  }

  private static List<TableShape> tables(Cases cases) {
    List<TableShape> shapes =
        new ArrayList<>(
            List.of(
                new TableShape(1, 1, 1),
                new TableShape(1, 5, 300),
                new TableShape(1000, 1, 700),
                new TableShape(3, 1000, 40),
                new TableShape(500, 64, 1000)));
    for (int i = 0; i < 30; i++) {
      shapes.add(new TableShape(cases.size(300), cases.size(70), cases.size(600)));
    }
    return shapes;
  }

  static KernelCall gather(Cases cases, TableShape shape, int[] indices) {
    return KernelCall.of("gather " + shape)
        .input("table", cases.values(shape.tableLength()))
        .input("indices", indices)
        .output("out", shape.selectedLength(), Tolerance.EXACT)
        .run(
            (backend, on) ->
                backend
                    .indexing()
                    .gather(shape, on.span("table"), on.span("indices"), on.span("out")));
  }

  static KernelCall scatterAdd(Cases cases, TableShape shape, int ignored, boolean accumulate) {
    int[] indices = cases.indices(shape.count(), shape.rows());
    return scatterAdd(cases, shape, indices, ignored, accumulate);
  }

  private static KernelCall scatterAdd(
      Cases cases, TableShape shape, int[] indices, int ignored, boolean accumulate) {
    float[] dy = cases.values(shape.selectedLength());
    float[] before = cases.values(shape.tableLength());
    return Judged.sum(
        "dTable",
        cases.roundings(shape.count()),
        tolerance ->
            KernelCall.of(
                    "scatter-add " + shape + " ignored=" + ignored + " accumulate=" + accumulate)
                .input("indices", indices)
                .input("dy", dy)
                .result("dTable", accumulate, before, tolerance)
                .run(
                    (backend, on) ->
                        backend
                            .indexing()
                            .scatterAdd(
                                shape,
                                on.span("indices"),
                                ignored,
                                on.span("dy"),
                                on.span("dTable"),
                                accumulate)));
  }

  static KernelCall oneHot(int[] labels, int classes, int ignored) {
    int rows = labels.length;
    return KernelCall.of("one-hot rows=" + rows + " classes=" + classes + " ignored=" + ignored)
        .input("labels", labels)
        .output("out", rows * classes, Tolerance.EXACT)
        .run(
            (backend, on) ->
                backend
                    .indexing()
                    .oneHot(
                        rows, classes, on.span("labels"), ignored, 0.75, 0.125, on.span("out")));
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
