/* Shared by every kernel family: OpenCL C 1.2, single precision, no extensions.
 *
 * Element indices are int: a buffer holds fewer than 2^31 elements. Every pointer argument is
 * followed by the index of its first element, because sub-buffers must be aligned and views need
 * not be. Global sizes are padded to whole work-groups, so every kernel checks its index.
 */

/* LANES: consecutive elements that one work-item of an element-wise kernel handles, as one vector.
 * 1 lets neighbouring work-items read neighbouring elements, which is what GPUs want; CPUs want
 * their own vector width. */
#ifndef LANES
#define LANES 1
#endif

#if LANES == 1
typedef float REAL;
#define LOAD_REAL(p) (*(p))
#define STORE_REAL(value, p) (*(p) = (value))
#elif LANES == 4
typedef float4 REAL;
#define LOAD_REAL(p) vload4(0, p)
#define STORE_REAL(value, p) vstore4(value, 0, p)
#elif LANES == 8
typedef float8 REAL;
#define LOAD_REAL(p) vload8(0, p)
#define STORE_REAL(value, p) vstore8(value, 0, p)
#elif LANES == 16
typedef float16 REAL;
#define LOAD_REAL(p) vload16(0, p)
#define STORE_REAL(value, p) vstore16(value, 0, p)
#else
#error "LANES must be 1, 4, 8 or 16"
#endif

/* The functions of an epilogue; the numbers are those of OpenClActivation in Java. */
#define ACTIVATION_IDENTITY 0
#define ACTIVATION_RELU 1
#define ACTIVATION_TANH 2
#define ACTIVATION_SIGMOID 3

/* Where fma is slow, mad lets the compiler choose. */
#ifdef FP_FAST_FMAF
#define MULTIPLY_ADD(a, b, c) fma(a, b, c)
#else
#define MULTIPLY_ADD(a, b, c) mad(a, b, c)
#endif

/* Division of 0 <= n < 2^31 by a number known at launch: a multiplication and a shift. */
typedef struct {
  int value;
  uint multiplier;
  uint shift;
} Divisor;

static inline int divide(int n, Divisor d) {
  return (int)((mul_hi((uint)n, d.multiplier) + (uint)n) >> d.shift);
}

/* The comparisons are written so that NaN stays NaN. */
static inline REAL relu(REAL x) { return select(x, (REAL)(0.0f), x <= (REAL)(0.0f)); }

static inline REAL sigmoid(REAL x) { return (REAL)(1.0f) / ((REAL)(1.0f) + exp(-x)); }

static inline REAL activate(REAL x, int activation) {
  switch (activation) {
    case ACTIVATION_RELU:
      return relu(x);
    case ACTIVATION_TANH:
      return tanh(x);
    case ACTIVATION_SIGMOID:
      return sigmoid(x);
    default:
      return x;
  }
}

/* The first `count` elements at p, as many as fit in a vector; the other lanes are 0. */
static inline REAL load_lanes(__global const float *p, int count) {
  if (count >= LANES) {
    return LOAD_REAL(p);
  }
  float lanes[LANES];
  for (int i = 0; i < LANES; i++) {
    lanes[i] = i < count ? p[i] : 0.0f;
  }
  return LOAD_REAL(lanes);
}

static inline void store_lanes(REAL value, __global float *p, int count) {
  if (count >= LANES) {
    STORE_REAL(value, p);
    return;
  }
  float lanes[LANES];
  STORE_REAL(value, lanes);
  for (int i = 0; i < count; i++) {
    p[i] = lanes[i];
  }
}
