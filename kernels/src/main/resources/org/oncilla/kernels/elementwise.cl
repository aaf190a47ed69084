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

/* x * sigmoid(x); of e^-|x| a root is taken, so that it does not underflow before the product. */
static inline REAL silu(REAL x) {
  const REAL root = exp((REAL)(-0.5f) * fabs(x));
  const REAL larger = ONE / (ONE + root * root);
  return select(x * larger, x * root * (root * larger), x < ZERO);
}

static inline REAL silu_slope(REAL x) {
  const REAL e = exp(-fabs(x));
  const REAL larger = ONE / (ONE + e);
  const REAL smaller = e * larger;
  return select(larger, smaller, x < ZERO) + x * (larger * smaller);
}

static inline REAL softplus(REAL x) {
  return select(ZERO, x, x > ZERO) + log1p(exp(-fabs(x)));
}

static inline REAL hard_sigmoid(REAL x) {
  const REAL shifted = x + (REAL)(3.0f);
  const REAL upper = select(shifted, (REAL)(6.0f), shifted > (REAL)(6.0f));
  return select(upper, ZERO, shifted < ZERO) * (REAL)(1.0f / 6.0f);
}

/* The normal distribution from its tail, so that nothing cancels for negative x: for t >= 0 it is
 * bell(t) * R(t) at -t, with R(t) = v * T(v), v = 1 / (1 + 0.3 t), and T a minimax polynomial that is
 * off by 2^-28. From 15 on the tail is 0 in single precision. */
static inline REAL tail_argument(REAL x) {
  const REAL t = fabs(x);
  return select(t, (REAL)(15.0f), t > (REAL)(15.0f));
}

/* e^(-t^2/2), with what the square's rounding lost: up to t^2/2 roundings. So where fma is fast, a
 * GELU is off by at most 16 units in the last place, else by that and x^2/2 roundings. */
static inline REAL bell(REAL t) {
  const REAL square = t * t;
  const REAL e = exp((REAL)(-0.5f) * square);
#ifdef FP_FAST_FMAF
  return fma(e, (REAL)(-0.5f) * fma(t, t, -square), e);
#else
  return e;
#endif
}

static inline REAL normal(REAL x, REAL t, REAL density) {
  const REAL v = ONE / MULTIPLY_ADD((REAL)(0.3f), t, ONE);
  REAL sum = (REAL)(-0x1.51e514p-6f);
  sum = MULTIPLY_ADD(sum, v, (REAL)(0x1.cc894p-4f));
  sum = MULTIPLY_ADD(sum, v, (REAL)(-0x1.d36198p-3f));
  sum = MULTIPLY_ADD(sum, v, (REAL)(0x1.88c63cp-3f));
  sum = MULTIPLY_ADD(sum, v, (REAL)(-0x1.45516cp-4f));
  sum = MULTIPLY_ADD(sum, v, (REAL)(0x1.89dbacp-4f));
  sum = MULTIPLY_ADD(sum, v, (REAL)(0x1.411588p-4f));
  sum = MULTIPLY_ADD(sum, v, (REAL)(0x1.c38638p-4f));
  sum = MULTIPLY_ADD(sum, v, (REAL)(0x1.e9c424p-4f));
  sum = MULTIPLY_ADD(sum, v, (REAL)(0x1.ea3c98p-4f));
  const REAL tail = density * (v * sum);
  return select(ONE - tail, tail, x < ZERO);
}

static inline REAL gelu(REAL x) {
  const REAL t = tail_argument(x);
  return x * normal(x, t, bell(t));
}

static inline REAL gelu_slope(REAL x) {
  const REAL t = tail_argument(x);
  const REAL density = bell(t);
  return normal(x, t, density) + (REAL)(0.3989423f) * x * density;
}

/* Of SELU: lambda, and lambda * alpha. */
#define SELU_POSITIVE ((REAL)(1.0507009873554805f))
#define SELU_NEGATIVE ((REAL)(1.7580993408473768f))

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
UNARY(step_each, select(select(x, ZERO, x <= ZERO), ONE, x > ZERO), ZERO)
UNARY(leaky_relu, select(alpha * x, x, x > ZERO), select(alpha * dy, dy, s > ZERO))
UNARY(elu, select(alpha * expm1(x), x, x > ZERO), dy * select(alpha * exp(s), ONE, s > ZERO))
UNARY(selu, select(SELU_NEGATIVE * expm1(x), SELU_POSITIVE * x, x > ZERO),
      dy * select(SELU_NEGATIVE * exp(s), SELU_POSITIVE, s > ZERO))
UNARY(gelu_each, gelu(x), dy * gelu_slope(s))
UNARY(silu_each, silu(x), dy * silu_slope(s))
UNARY(softplus_each, softplus(x), dy * sigmoid(s))
UNARY(hard_sigmoid_each, hard_sigmoid(x),
      select(ZERO, dy * (REAL)(1.0f / 6.0f), (s > (REAL)(-3.0f)) & (s < (REAL)(3.0f))))

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
