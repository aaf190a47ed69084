package org.oncilla.cpu;

import org.oncilla.backend.BinaryOp;
import org.oncilla.cpu.Gemm.Product;
import org.oncilla.cpu.simd.ElementwiseOps;
import org.oncilla.cpu.simd.Simd;
import org.oncilla.cpu.simd.TileKernels;

/** One pass of {@link Gemm} over a range of k: packs both operands, then computes tiles. */
final class GemmPass {
  private static final int ROWS = TileKernels.ROWS;

  /** Multiplications below which one thread is faster than waking others. */
  private static final long WORTH_SHARING = 400_000;

  /** Row panels of a task: their packed block fills half of a second-level cache. */
  private static final int MOST_ROW_PANELS = 40;

  private static final int FEWEST_ROW_PANELS = 4;
  private static final int TASKS_PER_THREAD = 4;
  private static final int PANELS_PER_PACKING_TASK = 8;

  private final CpuContext context;
  private final TileKernels tiles;
  private final ElementwiseOps elementwise;
  private final int[][] panelRows;
  private final Product product;
  private final Finish finish;
  private final int from;
  private final int depth;
  private final int blocks;
  private final int rowPanels;
  private final int columnPanels;
  private final int paddedColumns;
  private final float[] left;
  private final float[] right;

  GemmPass(
      CpuContext context, int[][] panelRows, Product product, Finish finish, int from, int depth) {
    this.context = context;
    this.panelRows = panelRows;
    this.product = product;
    this.finish = finish;
    this.from = from;
    this.depth = depth;
    Simd simd = context.simd();
    tiles = simd.tiles();
    elementwise = simd.elementwise();
    blocks = Ceil.div(depth, Gemm.DEPTH_BLOCK);
    rowPanels = Ceil.div(product.m(), ROWS);
    columnPanels = Ceil.div(product.n(), tiles.maxColumns());
    paddedColumns = Ceil.multiple(product.n(), tiles.lanes());
    Scratch scratch = context.scratch();
    left = scratch.floats(Scratch.Slot.PACKED_LEFT, (long) rowPanels * ROWS * depth);
    right = scratch.floats(Scratch.Slot.PACKED_RIGHT, (long) paddedColumns * depth);
  }

  void run() {
    boolean share = (long) product.m() * product.n() * depth >= WORTH_SHARING;
    int leftTasks = Ceil.div(rowPanels, PANELS_PER_PACKING_TASK);
    context
        .team()
        .run(
            share,
            leftTasks + columnPanels,
            task -> {
              if (task < leftTasks) {
                packLeft(task * PANELS_PER_PACKING_TASK);
              } else {
                packRight(task - leftTasks);
              }
            });
    int rowBlocks = rowBlocks(share);
    context
        .team()
        .run(
            share,
            rowBlocks * columnPanels,
            task -> computeBlock(task / columnPanels, rowBlocks, task % columnPanels));
  }

  private int rowBlocks(boolean share) {
    int wanted = Ceil.div(rowPanels, MOST_ROW_PANELS);
    if (share) {
      int forThreads = Ceil.div(context.team().size() * TASKS_PER_THREAD, columnPanels);
      wanted = Math.max(wanted, Math.min(forThreads, rowPanels / FEWEST_ROW_PANELS));
    }
    return wanted;
  }

  private int depthOf(int block) {
    return Math.min(Gemm.DEPTH_BLOCK, depth - block * Gemm.DEPTH_BLOCK);
  }

  private int leftPanel(int block, int panel) {
    return rowPanels * ROWS * block * Gemm.DEPTH_BLOCK + panel * ROWS * depthOf(block);
  }

  private int rightPanel(int block, int panel) {
    return paddedColumns * block * Gemm.DEPTH_BLOCK + panel * tiles.maxColumns() * depthOf(block);
  }

  private int widthOf(int columnPanel) {
    int start = columnPanel * tiles.maxColumns();
    return Math.min(tiles.maxColumns(), paddedColumns - start);
  }

  private void packLeft(int firstPanel) {
    int last = Math.min(firstPanel + PANELS_PER_PACKING_TASK, rowPanels);
    for (int panel = firstPanel; panel < last; panel++) {
      int row = panel * ROWS;
      int members = Math.min(ROWS, product.m() - row);
      for (int block = 0; block < blocks; block++) {
        int k = from + block * Gemm.DEPTH_BLOCK;
        int to = leftPanel(block, panel);
        if (product.transposeA()) {
          int offset = product.aOffset() + k * product.m() + row;
          PanelPacking.copy(
              product.a(), offset, product.m(), members, depthOf(block), left, to, ROWS);
        } else {
          int offset = product.aOffset() + row * product.k() + k;
          PanelPacking.interleave(
              product.a(), offset, product.k(), members, depthOf(block), left, to, ROWS);
        }
      }
    }
  }

  private void packRight(int panel) {
    int column = panel * tiles.maxColumns();
    int width = widthOf(panel);
    int members = Math.min(width, product.n() - column);
    for (int block = 0; block < blocks; block++) {
      int k = from + block * Gemm.DEPTH_BLOCK;
      int to = rightPanel(block, panel);
      if (product.transposeB()) {
        int offset = product.bOffset() + column * product.k() + k;
        PanelPacking.interleave(
            product.b(), offset, product.k(), members, depthOf(block), right, to, width);
      } else {
        int offset = product.bOffset() + k * product.n() + column;
        PanelPacking.copy(
            product.b(), offset, product.n(), members, depthOf(block), right, to, width);
      }
    }
  }

  private void computeBlock(int rowBlock, int rowBlocks, int columnPanel) {
    int firstPanel = (int) ((long) rowPanels * rowBlock / rowBlocks);
    int lastPanel = (int) ((long) rowPanels * (rowBlock + 1) / rowBlocks);
    float[] edge =
        context.scratch().floats(Scratch.Slot.EDGE_TILE, (long) ROWS * tiles.maxColumns());
    for (int block = 0; block < blocks; block++) {
      for (int panel = firstPanel; panel < lastPanel; panel++) {
        computeTile(block, panel, columnPanel, edge);
      }
    }
  }

  private void computeTile(int block, int rowPanel, int columnPanel, float[] edge) {
    int row = rowPanel * ROWS;
    int column = columnPanel * tiles.maxColumns();
    int rows = Math.min(ROWS, product.m() - row);
    int width = widthOf(columnPanel);
    int columns = Math.min(width, product.n() - column);
    int vectors = width / tiles.lanes();
    boolean add = finish.accumulate() || from > 0 || block > 0;
    boolean whole = rows == ROWS && columns == width;
    int at = product.cOffset() + row * product.n() + column;
    tiles.tile(
        depthOf(block),
        left,
        leftPanel(block, rowPanel),
        right,
        panelRows[vectors],
        rightPanel(block, columnPanel),
        whole ? product.c() : edge,
        whole ? at : 0,
        whole ? product.n() : width,
        vectors,
        whole && add);
    if (!whole) {
      storeEdge(edge, width, rows, columns, at, add);
    }
    boolean last = block == blocks - 1 && from + depth == product.k();
    if (last && !finish.isTrivial()) {
      for (int r = 0; r < rows; r++) {
        finish.finishRow(elementwise, product.c(), at + r * product.n(), column, columns);
      }
    }
  }

  private void storeEdge(float[] edge, int width, int rows, int columns, int at, boolean add) {
    float[] c = product.c();
    for (int r = 0; r < rows; r++) {
      int target = at + r * product.n();
      if (add) {
        elementwise.binary(BinaryOp.ADD, c, target, edge, r * width, c, target, columns);
      } else {
        System.arraycopy(edge, r * width, c, target, columns);
      }
    }
  }
}
