/* Max and average pooling of NCHW images. Forward: one output a work-item. Backward: one input a
 * work-item, which gathers from the windows that cover it, so nothing is added atomically and the
 * order is fixed.
 *
 *   +----------------+        windows p that cover row h:
 *   | +---+---+      |          p * stride <= h + pad < p * stride + kernel
 *   | | w | w'| ...  |        so they are first = max(0, ceil((h + pad - kernel + 1) / stride))
 *   | +---+---+      |        to       last  = min(outHeight - 1, floor((h + pad) / stride))
 *   +----------------+
 *
 *   DISJOINT  1 where strides are at least the window's size: last is then the only candidate, and
 *             only if the window reaches the row
 */
typedef struct {
  Divisor outPlane;
  Divisor outWidth;
  Divisor inPlane;
  Divisor inWidth;
  Divisor strideHeight;
  Divisor strideWidth;
  int outHeight;
  int inHeight;
  int kernelHeight;
  int kernelWidth;
  int padHeight;
  int padWidth;
  int count;         /* outputs in forward passes, inputs in backward passes */
  int countPadding;
} Pooling;

/* The window of one output: its plane, and the rows and columns of it that are in the image. */
typedef struct {
  int plane;
  int rowFrom;
  int rowTo;
  int columnFrom;
  int columnTo;
} Window;

static inline Window find_window(int index, Pooling s) {
  Window at;
  at.plane = divide(index, s.outPlane);
  const int inside = index - at.plane * s.outPlane.value;
  const int p = divide(inside, s.outWidth);
  const int q = inside - p * s.outWidth.value;
  const int row = p * s.strideHeight.value - s.padHeight;
  const int column = q * s.strideWidth.value - s.padWidth;
  at.rowFrom = max(row, 0);
  at.rowTo = min(row + s.kernelHeight, s.inHeight);
  at.columnFrom = max(column, 0);
  at.columnTo = min(column + s.kernelWidth, s.inWidth.value);
  return at;
}

/* What an average divides by. */
static inline float divisor(int output, Pooling s) {
  if (s.countPadding) {
    return (float)(s.kernelHeight * s.kernelWidth);
  }
  const Window at = find_window(output, s);
  return (float)((at.rowTo - at.rowFrom) * (at.columnTo - at.columnFrom));
}

__kernel void max_forward(__global const float *x, int xOffset, __global float *y, int yOffset,
                          __global int *argmax, int argmaxOffset, const Pooling s,
                          int writeArgmax) {
  const int index = (int)get_global_id(0);
  if (index >= s.count) {
    return;
  }
  const Window at = find_window(index, s);
  __global const float *plane = x + xOffset + at.plane * s.inPlane.value;
  int best = at.rowFrom * s.inWidth.value + at.columnFrom;
  float maximum = plane[best];
  for (int row = at.rowFrom; row < at.rowTo; row++) {
    for (int column = at.columnFrom; column < at.columnTo; column++) {
      const int candidate = row * s.inWidth.value + column;
      const float value = plane[candidate];
      if (value > maximum || (isnan(value) && !isnan(maximum))) {
        maximum = value;
        best = candidate;
      }
    }
  }
  y[yOffset + index] = maximum;
  if (writeArgmax) {
    argmax[argmaxOffset + index] = best;
  }
}

__kernel void average_forward(__global const float *x, int xOffset, __global float *y, int yOffset,
                              const Pooling s) {
  const int index = (int)get_global_id(0);
  if (index >= s.count) {
    return;
  }
  const Window at = find_window(index, s);
  __global const float *plane = x + xOffset + at.plane * s.inPlane.value;
  float sum = 0.0f;
  for (int row = at.rowFrom; row < at.rowTo; row++) {
    for (int column = at.columnFrom; column < at.columnTo; column++) {
      sum += plane[row * s.inWidth.value + column];
    }
  }
  y[yOffset + index] = sum / divisor(index, s);
}

/* The outputs whose windows cover one input. */
typedef struct {
  int plane;
  int inside;
  int pFrom;
  int pTo;
  int qFrom;
  int qTo;
  int covered;
} Cover;

/* Runs its body for every window in the cover, p and q being its place. */
#if DISJOINT
#define FOR_EACH_WINDOW(at, body)   \
  if ((at).covered) {               \
    const int p = (at).pTo;         \
    const int q = (at).qTo;         \
    body                            \
  }
#else
#define FOR_EACH_WINDOW(at, body)                 \
  for (int p = (at).pFrom; p <= (at).pTo; p++) {  \
    for (int q = (at).qFrom; q <= (at).qTo; q++) { \
      body                                        \
    }                                             \
  }
#endif

static inline int first_window(int position, int kernelSize, Divisor stride) {
  const int past = position - kernelSize + stride.value;
  return past < 0 ? 0 : divide(past, stride);
}

static inline Cover find_cover(int index, Pooling s) {
  Cover at;
  at.plane = divide(index, s.inPlane);
  at.inside = index - at.plane * s.inPlane.value;
  const int row = divide(at.inside, s.inWidth);
  const int h = row + s.padHeight;
  const int w = at.inside - row * s.inWidth.value + s.padWidth;
  at.pTo = min(divide(h, s.strideHeight), s.outHeight - 1);
  at.qTo = min(divide(w, s.strideWidth), s.outWidth.value - 1);
#if DISJOINT
  at.pFrom = at.pTo;
  at.qFrom = at.qTo;
  at.covered = h - at.pTo * s.strideHeight.value < s.kernelHeight &&
               w - at.qTo * s.strideWidth.value < s.kernelWidth;
#else
  at.pFrom = first_window(h, s.kernelHeight, s.strideHeight);
  at.qFrom = first_window(w, s.kernelWidth, s.strideWidth);
  at.covered = 1;
#endif
  return at;
}

__kernel void max_backward(__global const float *dy, int dyOffset, __global const int *argmax,
                           int argmaxOffset, __global float *dx, int dxOffset, const Pooling s,
                           int accumulate) {
  const int index = (int)get_global_id(0);
  if (index >= s.count) {
    return;
  }
  const Cover at = find_cover(index, s);
  dy += dyOffset + at.plane * s.outPlane.value;
  argmax += argmaxOffset + at.plane * s.outPlane.value;
  float sum = accumulate ? dx[dxOffset + index] : 0.0f;
  FOR_EACH_WINDOW(at, {
    const int output = p * s.outWidth.value + q;
    sum += argmax[output] == at.inside ? dy[output] : 0.0f;
  })
  dx[dxOffset + index] = sum;
}

__kernel void average_backward(__global const float *dy, int dyOffset, __global float *dx,
                               int dxOffset, const Pooling s, int accumulate) {
  const int index = (int)get_global_id(0);
  if (index >= s.count) {
    return;
  }
  const Cover at = find_cover(index, s);
  const int outputs = at.plane * s.outPlane.value;
  dy += dyOffset + outputs;
  float sum = 0.0f;
  FOR_EACH_WINDOW(at, {
    const int output = p * s.outWidth.value + q;
    sum += dy[output] / divisor(output, s);
  })
  dx[dxOffset + index] = accumulate ? dx[dxOffset + index] + sum : sum;
}
