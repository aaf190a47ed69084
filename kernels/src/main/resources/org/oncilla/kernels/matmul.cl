/* Matrix products, single and batched: the loaders of tile.cl for plain matrices. Both transposes
 * are strides; only which direction neighbouring work-items load along is decided by a macro.
 *
 *   C [M x N] = op(A) [M x K] * op(B) [K x N], all row-major; one slice a product of the batch
 *
 *   A_LANES_K  1: A is M x K as stored (k contiguous), 0: transposed (m contiguous)
 *   B_LANES_K  1: B is transposed, N x K as stored (k contiguous), 0: K x N (n contiguous)
 */

typedef struct {
  int strideAk;
  int strideBk;
  int strideBn;
} Geometry;

static inline int4 depth_coordinates(Geometry g, int k) {
  return (int4)(k * g.strideBk, 0, 0, k * g.strideAk);
}

static inline int4 column_coordinates(Geometry g, int n) {
  return (int4)(n * g.strideBn, 0, 0, 0);
}

static inline float load_b(__global const float *b, int4 kc, int4 nc, Geometry g) {
  return (kc.y | nc.y) >= 0 ? b[kc.x + nc.x] : 0.0f;
}

static inline int column_offset(Geometry g, int n) { return n; }
