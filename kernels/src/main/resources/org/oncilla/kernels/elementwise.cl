/* Functions applied to each element: LANES consecutive elements a work-item.
 *
 *   element    0 1 2 ... LANES-1 | LANES ...      | ...
 *   work-item  0                 | 1              | ...
 *
 * The last work-item with elements may have fewer than LANES of them.
 */

__kernel void fill(__global float *out, int outOffset, int count, float value) {
  const int index = (int)get_global_id(0) * LANES;
  if (index < count) {
    store_lanes((REAL)(value), out + outOffset + index, count - index);
  }
}

__kernel void affine(__global const float *x, int xOffset, __global float *out, int outOffset,
                     int count, float scale, float shift, int accumulate) {
  const int index = (int)get_global_id(0) * LANES;
  if (index >= count) {
    return;
  }
  __global float *target = out + outOffset + index;
  REAL result = MULTIPLY_ADD((REAL)(scale), load_lanes(x + xOffset + index, count - index),
                             (REAL)(shift));
  if (accumulate) {
    result += load_lanes(target, count - index);
  }
  store_lanes(result, target, count - index);
}

/* y = FORWARD(x), and dx = BACKWARD(dy, s), s being the output or the input, as UnaryOp says; alpha
 * is the parameter of functions that have one. */
#define UNARY(name, FORWARD, BACKWARD)                                                           \
  __kernel void name(__global const float *in, int inOffset, __global float *out, int outOffset, \
                     int count, float alpha) {                                                   \
    const int index = (int)get_global_id(0) * LANES;                                             \
    if (index < count) {                                                                         \
      const REAL x = load_lanes(in + inOffset + index, count - index);                           \
      store_lanes(FORWARD, out + outOffset + index, count - index);                              \
    }                                                                                            \
  }                                                                                              \
  __kernel void name##_backward(__global const float *saved, int savedOffset,                    \
                                __global const float *gradient, int gradientOffset,              \
                                __global float *out, int outOffset, int count,                   \
                                float alpha, int accumulate) {                                                \
    const int index = (int)get_global_id(0) * LANES;                                             \
    if (index >= count) {                                                                        \
      return;                                                                                    \
    }                                                                                            \
    __global float *target = out + outOffset + index;                                            \
    const REAL s = load_lanes(saved + savedOffset + index, count - index);                       \
    const REAL dy = load_lanes(gradient + gradientOffset + index, count - index);                \
    REAL result = BACKWARD;                                                                      \
    if (accumulate) {                                                                            \
      result += load_lanes(target, count - index);                                               \
    }                                                                                            \
    store_lanes(result, target, count - index);                                                  \
  }

#define ZERO ((REAL)(0.0f))
#define ONE ((REAL)(1.0f))

UNARY(identity, x, dy)
UNARY(relu_each, relu(x), select(ZERO, dy, s > ZERO))
UNARY(tanh_each, tanh(x), dy * (ONE - s * s))
UNARY(sigmoid_each, sigmoid(x), dy * s * (ONE - s))
UNARY(negate, -x, -dy)
UNARY(exp_each, exp(x), dy * s)
UNARY(log_each, log(x), dy / s)
UNARY(sqrt_each, sqrt(x), dy / (s + s))
UNARY(square, x * x, (REAL)(2.0f) * s * dy)
UNARY(abs_each, fabs(x), select(select(s * ZERO, -dy, s < ZERO), dy, s > ZERO))
UNARY(reciprocal, ONE / x, -dy * s * s)

/* An output index space and the strides of two operands in it, outermost axis first; axes in front
 * of the real ones have size 1. */
typedef struct {
  Divisor sizes[6];
  int stridesA[6];
  int stridesB[6];
} Broadcast;

/* out = FUNCTION(a, b): a kernel for operands that lie like the output, and one for the others. */
#define BINARY(name, FUNCTION)                                                                  \
  __kernel void name(__global const float *first, int firstOffset,                              \
                     __global const float *second, int secondOffset, __global float *out,       \
                     int outOffset, int count, int accumulate) {                                \
    const int index = (int)get_global_id(0) * LANES;                                            \
    if (index >= count) {                                                                       \
      return;                                                                                   \
    }                                                                                           \
    __global float *target = out + outOffset + index;                                           \
    const REAL a = load_lanes(first + firstOffset + index, count - index);                      \
    const REAL b = load_lanes(second + secondOffset + index, count - index);                    \
    REAL result = FUNCTION;                                                                     \
    if (accumulate) {                                                                           \
      result += load_lanes(target, count - index);                                              \
    }                                                                                           \
    store_lanes(result, target, count - index);                                                 \
  }                                                                                             \
  __kernel void name##_broadcast(__global const float *first, int firstOffset,                  \
                                 __global const float *second, int secondOffset,                \
                                 __global float *out, int outOffset, int count, int accumulate, \
                                 const Broadcast shape) {                                       \
    const int index = (int)get_global_id(0) * LANES;                                            \
    if (index >= count) {                                                                       \
      return;                                                                                   \
    }                                                                                           \
    __global float *target = out + outOffset + index;                                           \
    float lanesA[LANES];                                                                        \
    float lanesB[LANES];                                                                        \
    for (int lane = 0; lane < LANES; lane++) {                                                  \
      int rest = min(index + lane, count - 1);                                                  \
      int atA = firstOffset;                                                                    \
      int atB = secondOffset;                                                                   \
      for (int axis = 5; axis >= 0; axis--) {                                                   \
        const int outer = divide(rest, shape.sizes[axis]);                                      \
        const int at = rest - outer * shape.sizes[axis].value;                                  \
        atA += at * shape.stridesA[axis];                                                       \
        atB += at * shape.stridesB[axis];                                                       \
        rest = outer;                                                                           \
      }                                                                                         \
      lanesA[lane] = first[atA];                                                                \
      lanesB[lane] = second[atB];                                                               \
    }                                                                                           \
    const REAL a = LOAD_REAL(lanesA);                                                           \
    const REAL b = LOAD_REAL(lanesB);                                                           \
    REAL result = FUNCTION;                                                                     \
    if (accumulate) {                                                                           \
      result += load_lanes(target, count - index);                                              \
    }                                                                                           \
    store_lanes(result, target, count - index);                                                 \
  }

BINARY(add, a + b)
BINARY(subtract, a - b)
BINARY(multiply, a * b)
BINARY(divide_each, a / b)
BINARY(maximum, select(b, a, (a > b) | isnan(a)))
BINARY(minimum, select(b, a, (a < b) | isnan(a)))
BINARY(equal, select(ZERO, ONE, a == b))
BINARY(greater, select(ZERO, ONE, a > b))
