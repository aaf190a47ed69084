/* Softmax, log-softmax and cross-entropy over the middle axis of [outer, reduced, inner]. A line is
 * one (outer, inner) pair. Short lines take one work-item each; long ones several, which stride
 * along the line and combine as a tree in local memory, in an order that depends on the sizes only.
 *
 *   lanesPerLine = 4, inner = 1:   line 0:  t0 t1 t2 t3 | t0 t1 t2 t3
 *                                  line 1:  t4 t5 t6 t7 | t4 t5 t6 t7
 *
 *   GROUP  work-items of a work-group, a power of two; 1 is for CPUs
 */
typedef struct {
  int reduced;
  int lines;          /* outer * inner */
  int lanesPerLine;   /* power of two, up to GROUP */
  Divisor inner;
} Lines;

typedef struct {
  int line;
  int lane;
  int base;
  int exists;
} Place;

static inline Place find_place(Lines s) {
  const int thread = (int)get_local_id(0);
  Place at;
  const int within = thread / s.lanesPerLine;
  at.lane = thread - within * s.lanesPerLine;
  at.line = (int)get_group_id(0) * (GROUP / s.lanesPerLine) + within;
  at.exists = at.line < s.lines;
  at.line = min(at.line, s.lines - 1);
  const int outer = divide(at.line, s.inner);
  at.base = outer * s.reduced * s.inner.value + at.line - outer * s.inner.value;
  return at;
}

/* The sum over the lanes of a line, in every lane. */
static inline float line_sum(float value, __local float *results, int lane, int lanes) {
  const int thread = (int)get_local_id(0);
  barrier(CLK_LOCAL_MEM_FENCE);
  results[thread] = value;
  for (int distance = lanes / 2; distance > 0; distance /= 2) {
    barrier(CLK_LOCAL_MEM_FENCE);
    if (lane < distance) {
      results[thread] += results[thread + distance];
    }
  }
  barrier(CLK_LOCAL_MEM_FENCE);
  return results[thread - lane];
}

/* The largest distance of a finite logit that counts: SoftmaxKernels.LARGEST in Java. */
#define LARGEST 0x1.fffp127f

/* A logarithm of the probability of a logit x: finite if x is. NaN stays. */
static inline float bounded(float logarithm, float x) {
  return logarithm < -LARGEST && x > -INFINITY ? -LARGEST : logarithm;
}

/* NaN if either is. */
static inline float larger(float a, float b) { return a >= b || isnan(a) ? a : b; }

static inline float line_max(float value, __local float *results, int lane, int lanes) {
  const int thread = (int)get_local_id(0);
  barrier(CLK_LOCAL_MEM_FENCE);
  results[thread] = value;
  for (int distance = lanes / 2; distance > 0; distance /= 2) {
    barrier(CLK_LOCAL_MEM_FENCE);
    if (lane < distance) {
      results[thread] = larger(results[thread], results[thread + distance]);
    }
  }
  barrier(CLK_LOCAL_MEM_FENCE);
  return results[thread - lane];
}


__kernel __attribute__((reqd_work_group_size(GROUP, 1, 1))) void softmax(
    __global const float *x, int xOffset, __global float *y, int yOffset, const Lines s, int log_) {
  __local float results[GROUP];
  const Place at = find_place(s);
  __global const float *source = x + xOffset + at.base;
  __global float *target = y + yOffset + at.base;
  float maximum = -INFINITY;
  for (int r = at.lane; r < s.reduced; r += s.lanesPerLine) {
    maximum = larger(maximum, source[r * s.inner.value]);
  }
  maximum = line_max(maximum, results, at.lane, s.lanesPerLine);
  float sum = 0.0f;
  for (int r = at.lane; r < s.reduced; r += s.lanesPerLine) {
    sum += exp(source[r * s.inner.value] - maximum);
  }
  sum = line_sum(sum, results, at.lane, s.lanesPerLine);
  if (!at.exists) {
    return;
  }
  const float logarithm = log(sum);
  for (int r = at.lane; r < s.reduced; r += s.lanesPerLine) {
    const float value = source[r * s.inner.value];
    const float shifted = value - maximum;
    target[r * s.inner.value] =
        log_ ? bounded(shifted - logarithm, value) : exp(shifted) / sum;
  }
}

__kernel __attribute__((reqd_work_group_size(GROUP, 1, 1))) void softmax_backward(
    __global const float *y, int yOffset, __global const float *dy, int dyOffset,
    __global float *dx, int dxOffset, const Lines s, int log_, int accumulate) {
  __local float results[GROUP];
  const Place at = find_place(s);
  y += yOffset + at.base;
  dy += dyOffset + at.base;
  dx += dxOffset + at.base;
  float sum = 0.0f;
  for (int r = at.lane; r < s.reduced; r += s.lanesPerLine) {
    const int i = r * s.inner.value;
    sum += log_ ? dy[i] : dy[i] * y[i];
  }
  sum = line_sum(sum, results, at.lane, s.lanesPerLine);
  if (!at.exists) {
    return;
  }
  for (int r = at.lane; r < s.reduced; r += s.lanesPerLine) {
    const int i = r * s.inner.value;
    const float gradient = log_ ? dy[i] - exp(y[i]) * sum : y[i] * (dy[i] - sum);
    dx[i] = accumulate ? dx[i] + gradient : gradient;
  }
}

__kernel __attribute__((reqd_work_group_size(GROUP, 1, 1))) void cross_entropy(
    __global const float *logits, int logitsOffset, __global const int *labels, int labelsOffset,
    __global float *losses, int lossesOffset, __global float *logSumExp, int logSumExpOffset,
    const Lines s) {
  __local float results[GROUP];
  const Place at = find_place(s);
  __global const float *row = logits + logitsOffset + at.base;
  float maximum = -INFINITY;
  for (int r = at.lane; r < s.reduced; r += s.lanesPerLine) {
    maximum = larger(maximum, row[r]);
  }
  maximum = line_max(maximum, results, at.lane, s.lanesPerLine);
  float sum = 0.0f;
  for (int r = at.lane; r < s.reduced; r += s.lanesPerLine) {
    sum += exp(row[r] - maximum);
  }
  sum = line_sum(sum, results, at.lane, s.lanesPerLine);
  if (at.lane == 0 && at.exists) {
    const float lse = maximum + log(sum);
    logSumExp[logSumExpOffset + at.line] = lse;
    /* A label out of range would be a read out of bounds; callers check, this only makes sure. */
    const int label = labels[labelsOffset + at.line];
    losses[lossesOffset + at.line] =
        label >= 0 && label < s.reduced ? 0.0f - bounded(row[label] - lse, row[label]) : NAN;
  }
}

__kernel void cross_entropy_backward(__global const float *logits, int logitsOffset,
                                     __global const int *labels, int labelsOffset,
                                     __global const float *logSumExp, int logSumExpOffset,
                                     __global const float *dLosses, int dLossesOffset,
                                     __global float *dLogits, int dLogitsOffset, int count,
                                     Divisor classes, int accumulate) {
  const int index = (int)get_global_id(0);
  if (index >= count) {
    return;
  }
  const int row = divide(index, classes);
  const int column = index - row * classes.value;
  const float probability = exp(logits[logitsOffset + index] - logSumExp[logSumExpOffset + row]);
  const float hit = column == labels[labelsOffset + row] ? 1.0f : 0.0f;
  const float gradient = (probability - hit) * dLosses[dLossesOffset + row];
  __global float *target = dLogits + dLogitsOffset + index;
  *target = accumulate ? *target + gradient : gradient;
}
