/* The product that matmul.cl and convolution.cl share: C[m,n] = sum over k of A(m,k) * B(k,n), where
 * the family says what A(m,k) and B(k,n) are. The family's file stands before this one and defines
 *
 *   Geometry                     what its functions need to know, a struct of ints
 *   depth_coordinates(g, k)      for 0 <= k < depth: x, y, z as load_b wants them, w = offset in A
 *   column_coordinates(g, n)     for 0 <= n < columns: x, y, z as load_b wants them
 *   load_b(b, kc, nc, g)         the element of B, 0 where either coordinate is INVALID
 *   column_offset(g, n)          where column n starts in C
 *   A_LANES_K, B_LANES_K         1 where k is the contiguous direction of A, of B
 *
 * A(m,k) is a[m * strideAm + kc.w], and C[m,n] is c[m * strideCm + column_offset(n)].
 *
 * Epilogue: c = activation(accumulate * c + result + bias).
 *
 * Long sums with few results are cut into parts along k ("split K"): each part writes its own
 * partial C to scratch memory and sum_parts adds them in their order, so the result is the same in
 * every run.
 *
 * Tunables
 *   TILE_M, TILE_N  results of one work-group, down and across
 *   TILE_K          depth of the panels kept close at hand
 *                   (with groups, all three are powers of two)
 *   WORK_M, WORK_N  results of one work-item; multiples of 4 with groups
 *   PAD             float4 of padding per panel row, against local-memory bank conflicts
 *   UNROLL          with groups, how far loops are unrolled; beyond their lengths, so that arrays
 *                   become registers, for GPUs, and 1 for CPUs, whose compilers take minutes
 *   SINGLE          1: one work-item a tile, for CPUs; LANES is then their vector width
 */

#define INVALID (-(1 << 30))

typedef struct {
  int rows;          /* M */
  int columns;       /* N */
  int depth;         /* K */
  int depthChunk;    /* length of a part along k */
  int slices;        /* independent products: batch or groups */
  int strideAm;      /* elements from one row of A to the next */
  int strideCm;      /* elements from one row of C to the next */
  int sliceA;        /* elements from one slice's A to the next */
  int sliceB;
  int sliceC;
  int sliceBias;
  int partC;         /* elements from one part's C to the next */
  int accumulate;    /* adds to C */
  int activation;    /* ACTIVATION_... */
  int biasPerRow;    /* -1: no bias, 0: one value a column, 1: one value a row */
} Product;

/* What one work-group computes. */
typedef struct {
  int m0;
  int n0;
  int kBegin;
  int kEnd;
  int slice;
  int part;
} Tile;

static inline Tile find_tile(Product p) {
  const int across = (p.columns + TILE_N - 1) / TILE_N;
  const int down = (p.rows + TILE_M - 1) / TILE_M;
  const int index = (int)get_group_id(0);
  const int rowOfTiles = index / across;
  const int slice = rowOfTiles / down;
  Tile tile;
  tile.n0 = (index - rowOfTiles * across) * TILE_N;
  tile.m0 = (rowOfTiles - slice * down) * TILE_M;
  tile.part = slice / p.slices;
  tile.slice = slice - tile.part * p.slices;
  tile.kBegin = tile.part * p.depthChunk;
  tile.kEnd = min(p.depth - tile.kBegin, p.depthChunk) + tile.kBegin;
  return tile;
}

static inline int4 depth_or_invalid(Geometry g, int k, int kEnd) {
  return k < kEnd ? depth_coordinates(g, k) : (int4)(0, INVALID, 0, -1);
}

static inline int4 column_or_invalid(Geometry g, int n, int columns) {
  return n < columns ? column_coordinates(g, n) : (int4)(0, INVALID, 0, 0);
}

#if SINGLE

/* One work-item computes TILE_M x TILE_N results. It gathers a panel of B, TILE_K deep and two
 * vectors wide, once for all its rows, and then multiplies WORK_M rows at a time out of registers:
 *
 *                 TILE_N = 2 * LANES
 *              +---------+---------+
 *       TILE_K |  panel of B       |     gathered once per k step
 *              +---------+---------+
 *     +------+ +---------+---------+
 *     |  A   | |  WORK_M rows      |  <- 2 * WORK_M vector registers
 *     |      | +-------------------+
 *     |      | |       ...         |     TILE_M rows in all, sums in private memory
 *     +------+ +-------------------+
 */
__kernel __attribute__((reqd_work_group_size(1, 1, 1))) void product(
    __global const float *restrict a, int aOffset, __global const float *restrict b, int bOffset,
    __global float *c, int cOffset, __global const float *bias, int biasOffset, const Product p,
    const Geometry g) {
  const Tile tile = find_tile(p);
  a += aOffset + tile.slice * p.sliceA;
  b += bOffset + tile.slice * p.sliceB;
  c += cOffset + tile.slice * p.sliceC + tile.part * p.partC;
  bias += biasOffset + tile.slice * p.sliceBias;
  const int rows = min(TILE_M, p.rows - tile.m0);
  const int columns = min(TILE_N, p.columns - tile.n0);

  float sums[TILE_M * TILE_N];
  float panel[TILE_K * TILE_N];
  int offsetsA[TILE_K];
  int columnX[TILE_N];
  int columnY[TILE_N];
  int columnZ[TILE_N];
  for (int n = 0; n < TILE_N; n++) {
    const int4 nc = column_or_invalid(g, tile.n0 + n, p.columns);
    columnX[n] = nc.x;
    columnY[n] = nc.y;
    columnZ[n] = nc.z;
  }
  for (int i = 0; i < TILE_M * TILE_N; i++) {
    sums[i] = 0.0f;
  }

  for (int k0 = tile.kBegin; k0 < tile.kEnd; k0 += TILE_K) {
    const int depth = min(TILE_K, tile.kEnd - k0);
    for (int k = 0; k < depth; k++) {
      const int4 kc = depth_coordinates(g, k0 + k);
      offsetsA[k] = kc.w;
      for (int n = 0; n < TILE_N; n++) {
        panel[k * TILE_N + n] =
            load_b(b, kc, (int4)(columnX[n], columnY[n], columnZ[n], 0), g);
      }
    }
    for (int m = 0; m < rows; m += WORK_M) {
      __global const float *row[WORK_M];
      REAL left[WORK_M];
      REAL right[WORK_M];
#pragma unroll
      for (int i = 0; i < WORK_M; i++) {
        /* Rows past the end repeat the last one; their sums are never stored. */
        row[i] = a + (size_t)(tile.m0 + min(m + i, rows - 1)) * p.strideAm;
        const int r = min(m + i, TILE_M - 1);
        left[i] = LOAD_REAL(sums + r * TILE_N);
        right[i] = LOAD_REAL(sums + r * TILE_N + LANES);
      }
      for (int k = 0; k < depth; k++) {
        const REAL leftB = LOAD_REAL(panel + k * TILE_N);
        const REAL rightB = LOAD_REAL(panel + k * TILE_N + LANES);
        const int offset = offsetsA[k];
#pragma unroll
        for (int i = 0; i < WORK_M; i++) {
          const REAL factor = (REAL)(row[i][offset]);
          left[i] = MULTIPLY_ADD(factor, leftB, left[i]);
          right[i] = MULTIPLY_ADD(factor, rightB, right[i]);
        }
      }
#pragma unroll
      for (int i = 0; i < WORK_M; i++) {
        if (m + i < rows) {
          STORE_REAL(left[i], sums + (m + i) * TILE_N);
          STORE_REAL(right[i], sums + (m + i) * TILE_N + LANES);
        }
      }
    }
  }

  int offsetsC[TILE_N];
  for (int n = 0; n < TILE_N; n++) {
    offsetsC[n] = n < columns ? column_offset(g, tile.n0 + n) : 0;
  }
  for (int m = 0; m < rows; m++) {
    __global float *rowC = c + (size_t)(tile.m0 + m) * p.strideCm;
    float *rowSums = sums + m * TILE_N;
    if (p.biasPerRow == 1) {
      const float shift = bias[tile.m0 + m];
      for (int n = 0; n < TILE_N; n++) {
        rowSums[n] += shift;
      }
    } else if (p.biasPerRow == 0) {
      for (int n = 0; n < columns; n++) {
        rowSums[n] += bias[tile.n0 + n];
      }
    }
    if (p.accumulate) {
      for (int n = 0; n < columns; n++) {
        rowSums[n] += rowC[offsetsC[n]];
      }
    }
    if (p.activation != ACTIVATION_IDENTITY) {
      STORE_REAL(activate(LOAD_REAL(rowSums), p.activation), rowSums);
      STORE_REAL(activate(LOAD_REAL(rowSums + LANES), p.activation), rowSums + LANES);
    }
    for (int n = 0; n < columns; n++) {
      rowC[offsetsC[n]] = rowSums[n];
    }
  }
}

#else

/* A work-group computes TILE_M x TILE_N results from two panels in local memory:
 *
 *                              TILE_N
 *                    +-------------------------+
 *             TILE_K |       panel of B        |
 *                    +-------------------------+
 *      TILE_K
 *     +------+       +----+----+----+----+-----+     a work-item holds WORK_M x WORK_N results in
 *     |      |       | t0 | t1 | t2 | .. | t0  |     registers, as blocks of 4 x 4 that lie
 *     | panel|TILE_M +----+----+----+----+-----+     THREADS_N * 4 columns and THREADS_M * 4 rows
 *     | of A |       | tN |    |    |    | tN  |     apart: neighbouring work-items then read
 *     |      |       +----+----+----+----+-----+     neighbouring float4 of a panel, and write
 *     +------+       | t0 | t1 |         | t0  |     neighbouring float4 of C
 *                    +----+----+----+----+-----+
 *
 * While a panel is multiplied, the next one is already on its way to registers.
 */
#define THREADS_M (TILE_M / WORK_M)
#define THREADS_N (TILE_N / WORK_N)
#define THREADS (THREADS_M * THREADS_N)
#define ROW_A (TILE_M / 4 + PAD)
#define ROW_B (TILE_N / 4 + PAD)
#define LOADS_A (TILE_M * TILE_K / THREADS)
#define LOADS_B (TILE_N * TILE_K / THREADS)

/* Which element of its panel a work-item moves in its load number i. */
#if A_LANES_K
#define LOAD_A_K(i) (thread & (TILE_K - 1))
#define LOAD_A_M(i) (thread / TILE_K + (i) * (THREADS / TILE_K))
#else
#define LOAD_A_K(i) (thread / TILE_M + (i) * (THREADS / TILE_M))
#define LOAD_A_M(i) (thread & (TILE_M - 1))
#endif
#if B_LANES_K
#define LOAD_B_K(i) (thread & (TILE_K - 1))
#define LOAD_B_N(i) (thread / TILE_K + (i) * (THREADS / TILE_K))
#else
#define LOAD_B_K(i) (thread / TILE_N + (i) * (THREADS / TILE_N))
#define LOAD_B_N(i) (thread & (TILE_N - 1))
#endif

static inline float load_a(__global const float *a, int m, int4 kc, Product p) {
  return m < p.rows && kc.w >= 0 ? a[m * p.strideAm + kc.w] : 0.0f;
}

/* Both fetches inline and unroll, so that the arrays are registers. */
static inline void fetch_a(float *next, __global const float *a, Tile tile, int k0, Product p,
                           Geometry g) {
  const int thread = (int)get_local_id(0);
#pragma unroll UNROLL
  for (int i = 0; i < LOADS_A; i++) {
    next[i] = load_a(a, tile.m0 + LOAD_A_M(i),
                     depth_or_invalid(g, k0 + LOAD_A_K(i), tile.kEnd), p);
  }
}

static inline void fetch_b(float *next, __global const float *b, Tile tile, int k0, Product p,
                           Geometry g) {
  const int thread = (int)get_local_id(0);
#pragma unroll UNROLL
  for (int i = 0; i < LOADS_B; i++) {
    next[i] = load_b(b, depth_or_invalid(g, k0 + LOAD_B_K(i), tile.kEnd),
                     column_or_invalid(g, tile.n0 + LOAD_B_N(i), p.columns), g);
  }
}

static inline float finish(float result, float old, float shift, Product p) {
  return activate(result + shift + (p.accumulate ? old : 0.0f), p.activation);
}

__kernel __attribute__((reqd_work_group_size(THREADS, 1, 1))) void product(
    __global const float *restrict a, int aOffset, __global const float *restrict b, int bOffset,
    __global float *c, int cOffset, __global const float *bias, int biasOffset, const Product p,
    const Geometry g) {
  __local float4 panelA[TILE_K * ROW_A];
  __local float4 panelB[TILE_K * ROW_B];
  const Tile tile = find_tile(p);
  const int thread = (int)get_local_id(0);
  const int threadM = thread / THREADS_N;
  const int threadN = thread & (THREADS_N - 1);
  a += aOffset + tile.slice * p.sliceA;
  b += bOffset + tile.slice * p.sliceB;
  c += cOffset + tile.slice * p.sliceC + tile.part * p.partC;
  bias += biasOffset + tile.slice * p.sliceBias;

  float4 sums[WORK_M][WORK_N / 4];
#pragma unroll UNROLL
  for (int i = 0; i < WORK_M; i++) {
#pragma unroll UNROLL
    for (int j = 0; j < WORK_N / 4; j++) {
      sums[i][j] = (float4)(0.0f);
    }
  }

  float nextA[LOADS_A];
  float nextB[LOADS_B];
  fetch_a(nextA, a, tile, tile.kBegin, p, g);
  fetch_b(nextB, b, tile, tile.kBegin, p, g);
  for (int k0 = tile.kBegin; k0 < tile.kEnd; k0 += TILE_K) {
#pragma unroll UNROLL
    for (int i = 0; i < LOADS_A; i++) {
      ((__local float *)(panelA + LOAD_A_K(i) * ROW_A))[LOAD_A_M(i)] = nextA[i];
    }
#pragma unroll UNROLL
    for (int i = 0; i < LOADS_B; i++) {
      ((__local float *)(panelB + LOAD_B_K(i) * ROW_B))[LOAD_B_N(i)] = nextB[i];
    }
    barrier(CLK_LOCAL_MEM_FENCE);
    if (k0 + TILE_K < tile.kEnd) {
      fetch_a(nextA, a, tile, k0 + TILE_K, p, g);
      fetch_b(nextB, b, tile, k0 + TILE_K, p, g);
    }
#pragma unroll UNROLL
    for (int k = 0; k < TILE_K; k++) {
      float factors[WORK_M];
#pragma unroll UNROLL
      for (int i = 0; i < WORK_M / 4; i++) {
        const float4 four = panelA[k * ROW_A + i * THREADS_M + threadM];
        factors[4 * i] = four.x;
        factors[4 * i + 1] = four.y;
        factors[4 * i + 2] = four.z;
        factors[4 * i + 3] = four.w;
      }
#pragma unroll UNROLL
      for (int j = 0; j < WORK_N / 4; j++) {
        const float4 four = panelB[k * ROW_B + j * THREADS_N + threadN];
#pragma unroll UNROLL
        for (int i = 0; i < WORK_M; i++) {
          sums[i][j] = MULTIPLY_ADD((float4)(factors[i]), four, sums[i][j]);
        }
      }
    }
    barrier(CLK_LOCAL_MEM_FENCE);
  }

#pragma unroll UNROLL
  for (int j = 0; j < WORK_N; j++) {
    const int n = tile.n0 + (j / 4 * THREADS_N + threadN) * 4 + j % 4;
    if (n < p.columns) {
      const int offset = column_offset(g, n);
#pragma unroll UNROLL
      for (int i = 0; i < WORK_M; i++) {
        const int m = tile.m0 + (i / 4 * THREADS_M + threadM) * 4 + i % 4;
        if (m < p.rows) {
          __global float *target = c + (m * p.strideCm + offset);
          const float4 four = sums[i][j / 4];
          const float result = j % 4 == 0   ? four.x
                               : j % 4 == 1 ? four.y
                               : j % 4 == 2 ? four.z
                                            : four.w;
          const float shift =
              p.biasPerRow == 1 ? bias[m] : p.biasPerRow == 0 ? bias[n] : 0.0f;
          *target = finish(result, p.accumulate ? *target : 0.0f, shift, p);
        }
      }
    }
  }
}

#endif

/* Adds the parts of a dense C, [slices, rows, columns], one result a work-item. */
__kernel void sum_parts(__global const float *partial, int partialOffset, __global float *c,
                        int cOffset, __global const float *bias, int biasOffset, const Product p,
                        int parts, Divisor columns) {
  const int size = p.slices * p.rows * p.columns;
  const int index = (int)get_global_id(0) * LANES;
  if (index >= size) {
    return;
  }
  partial += partialOffset + index;
  c += cOffset + index;
  REAL sum = (REAL)(0.0f);
  for (int part = 0; part < parts; part++) {
    sum += load_lanes(partial + (size_t)part * size, size - index);
  }
  if (p.biasPerRow == 0) {
    float shifts[LANES];
    for (int i = 0; i < LANES; i++) {
      const int element = min(index + i, size - 1);
      shifts[i] = bias[biasOffset + element - divide(element, columns) * p.columns];
    }
    sum += LOAD_REAL(shifts);
  }
  if (p.accumulate) {
    sum += load_lanes(c, size - index);
  }
  store_lanes(activate(sum, p.activation), c, size - index);
}
