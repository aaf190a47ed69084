/* Reductions over the middle axis of x[outer, reduced, inner]. A line is one (outer, inner) pair; a
 * work-group reduces several lines, each with LANES_PER_LINE work-items that stride along it and
 * then combine their results as a tree in local memory. The order depends on the sizes only.
 *
 *   inner = 1: neighbours share a line         inner > 1: neighbours have neighbouring lines
 *
 *     line 0:  t0 t1 t2 t3 | t0 t1 t2 t3         lane 0:  t0 t1 t2 t3   lines 0 1 2 3
 *     line 1:  t4 t5 t6 t7 | t4 t5 t6 t7         lane 1:  t4 t5 t6 t7   lines 0 1 2 3
 *
 * Either way neighbouring work-items read neighbouring elements. A long axis with few lines is cut
 * into chunks, one line of a first pass each; a second pass reduces the chunks' results.
 *
 *   GROUP  work-items of a work-group, a power of two; 1 is for CPUs
 */
typedef struct {
  int reduced;        /* elements of the reduced axis */
  int chunk;          /* elements of a chunk */
  int chunks;         /* chunks of the reduced axis */
  int lines;          /* outer * chunks * inner */
  int lanesPerLine;   /* power of two, up to GROUP */
  Divisor inner;
  Divisor chunkCount;
} Reduction;

/* Where a work-item stands: its line, its lane, and its first element. */
typedef struct {
  int line;
  int lane;
  int slot;       /* its place in local memory: lanes of a line are `step` apart */
  int step;
  int base;       /* of the line's element r = 0 */
  int from;       /* first r of the chunk */
  int to;         /* after the last */
} Place;

static inline Place find_place(Reduction s) {
  const int thread = (int)get_local_id(0);
  const int linesPerGroup = GROUP / s.lanesPerLine;
  Place at;
  int within;
  if (s.inner.value == 1) {
    within = thread / s.lanesPerLine;
    at.lane = thread - within * s.lanesPerLine;
    at.step = 1;
  } else {
    at.lane = thread / linesPerGroup;
    within = thread - at.lane * linesPerGroup;
    at.step = linesPerGroup;
  }
  at.slot = thread;
  at.line = (int)get_group_id(0) * linesPerGroup + within;
  const int line = min(at.line, s.lines - 1);
  const int outerChunk = divide(line, s.inner);
  const int outer = divide(outerChunk, s.chunkCount);
  at.base = outer * s.reduced * s.inner.value + line - outerChunk * s.inner.value;
  at.from = (outerChunk - outer * s.chunks) * s.chunk;
  at.to = at.from + min(s.chunk, s.reduced - at.from);
  return at;
}

#define COMBINE_SUM(a, b) ((a) + (b))
#define COMBINE_MAX(a, b) ((a) >= (b) || isnan(a) ? (a) : (b))
#define COMBINE_MIN(a, b) ((a) <= (b) || isnan(a) ? (a) : (b))

#define REDUCE(name, COMBINE, NEUTRAL)                                                          \
  __kernel __attribute__((reqd_work_group_size(GROUP, 1, 1))) void name(                        \
      __global const float *x, int xOffset, __global float *out, int outOffset,                 \
      const Reduction s, float scale, int accumulate) {                                         \
    __local float results[GROUP];                                                               \
    const Place at = find_place(s);                                                             \
    float result = NEUTRAL;                                                                     \
    __global const float *line = x + xOffset + at.base;                                         \
    for (int r = at.from + at.lane; r < at.to; r += s.lanesPerLine) {                           \
      const float element = line[r * s.inner.value];                                            \
      result = COMBINE(result, element);                                                        \
    }                                                                                           \
    results[at.slot] = result;                                                                  \
    for (int distance = s.lanesPerLine / 2; distance > 0; distance /= 2) {                                  \
      barrier(CLK_LOCAL_MEM_FENCE);                                                             \
      if (at.lane < distance) {                                                                     \
        const float other = results[at.slot + distance * at.step];                                  \
        result = COMBINE(result, other);                                                        \
        results[at.slot] = result;                                                              \
      }                                                                                         \
    }                                                                                           \
    if (at.lane == 0 && at.line < s.lines) {                                                    \
      __global float *target = out + outOffset + at.line;                                       \
      *target = accumulate ? MULTIPLY_ADD(scale, result, *target) : scale * result;             \
    }                                                                                           \
  }

REDUCE(reduce_sum, COMBINE_SUM, 0.0f)
REDUCE(reduce_max, COMBINE_MAX, -INFINITY)
REDUCE(reduce_min, COMBINE_MIN, INFINITY)

/* Whether candidate (a, i) beats (b, j): NaN is the largest, and of equals the first wins. */
static inline int beats(float a, int i, float b, int j) {
  if (isnan(a) || isnan(b)) {
    return isnan(a) && (!isnan(b) || i < j);
  }
  return a > b || (a == b && i < j);
}

__kernel __attribute__((reqd_work_group_size(GROUP, 1, 1))) void argmax(
    __global const float *x, int xOffset, __global int *out, int outOffset, const Reduction s) {
  __local float values[GROUP];
  __local int positions[GROUP];
  const Place at = find_place(s);
  __global const float *line = x + xOffset + at.base;
  float best = -INFINITY;
  int position = INT_MAX;
  for (int r = at.from + at.lane; r < at.to; r += s.lanesPerLine) {
    const float element = line[r * s.inner.value];
    if (beats(element, r, best, position)) {
      best = element;
      position = r;
    }
  }
  values[at.slot] = best;
  positions[at.slot] = position;
  for (int distance = s.lanesPerLine / 2; distance > 0; distance /= 2) {
    barrier(CLK_LOCAL_MEM_FENCE);
    if (at.lane < distance) {
      const float other = values[at.slot + distance * at.step];
      const int otherPosition = positions[at.slot + distance * at.step];
      if (beats(other, otherPosition, best, position)) {
        best = other;
        position = otherPosition;
        values[at.slot] = best;
        positions[at.slot] = position;
      }
    }
  }
  if (at.lane == 0 && at.line < s.lines) {
    out[outOffset + at.line] = position;
  }
}
