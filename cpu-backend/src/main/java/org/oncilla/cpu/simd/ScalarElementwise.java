package org.oncilla.cpu.simd;

import static org.oncilla.cpu.simd.FusedMultiplyAdd.fma;
import static org.oncilla.cpu.simd.ScalarActivations.SELU_NEGATIVE;
import static org.oncilla.cpu.simd.ScalarActivations.SELU_POSITIVE;

import org.oncilla.backend.BinaryOp;
import org.oncilla.backend.UnaryOp;

/** {@link ElementwiseOps} in plain Java; also what remains after the last whole register. */
public final class ScalarElementwise implements ElementwiseOps {
  @Override
  public void affine(float[] x, int xo, float scale, float shift, float[] out, int oo, int n) {
    for (int i = 0; i < n; i++) {
      out[oo + i] = fma(scale, x[xo + i], shift);
    }
  }

  @Override
  public void scaledAdd(float scale, float[] x, int xo, float[] out, int oo, int n) {
    for (int i = 0; i < n; i++) {
      out[oo + i] = fma(scale, x[xo + i], out[oo + i]);
    }
  }

  @Override
  public void unary(UnaryOp op, float alpha, float[] x, int xo, float[] y, int yo, int n) {
    if (op == UnaryOp.IDENTITY) {
      System.arraycopy(x, xo, y, yo, n);
      return;
    }
    for (int i = 0; i < n; i++) {
      y[yo + i] = unary(op, alpha, x[xo + i]);
    }
  }

  private static float unary(UnaryOp op, float alpha, float x) {
    switch (op) {
      case IDENTITY:
        return x;
      case RELU:
        return x <= 0f ? 0f : x;
      case TANH:
        return ScalarMath.tanh(x);
      case SIGMOID:
        return ScalarMath.sigmoid(x);
      case NEGATE:
        return -x;
      case EXP:
        return ScalarMath.exp(x);
      case LOG:
        return ScalarMath.log(x);
      case SQRT:
        return (float) Math.sqrt(x);
      case SQUARE:
        return x * x;
      case ABS:
        return Math.abs(x);
      case RECIPROCAL:
        return 1f / x;
      case STEP:
        return x > 0f ? 1f : x <= 0f ? 0f : x;
      case LEAKY_RELU:
        return x > 0f ? x : alpha * x;
      case ELU:
        return ScalarActivations.elu(x, 1f, alpha);
      case SELU:
        return ScalarActivations.elu(x, SELU_POSITIVE, SELU_NEGATIVE);
      case GELU:
        return ScalarActivations.gelu(x);
      case SILU:
        return x * ScalarMath.sigmoid(x);
      case SOFTPLUS:
        return ScalarActivations.softplus(x);
      case HARD_SIGMOID:
        return ScalarActivations.hardSigmoid(x);
      default:
        throw new IllegalArgumentException("unary: " + op + " is unknown to the CPU backend");
    }
  }

  @Override
  public void unaryBackward(
      UnaryOp op,
      float alpha,
      float[] saved,
      int so,
      float[] dy,
      int dyo,
      float[] dx,
      int dxo,
      int n) {
    for (int i = 0; i < n; i++) {
      dx[dxo + i] = gradient(op, alpha, saved[so + i], dy[dyo + i]);
    }
  }

  private static float gradient(UnaryOp op, float alpha, float s, float dy) {
    switch (op) {
      case IDENTITY:
        return dy;
      case RELU:
        return s > 0f ? dy : 0f;
      case TANH:
        return dy * fma(-s, s, 1f);
      case SIGMOID:
        return dy * (s * (1f - s));
      case NEGATE:
        return -dy;
      case EXP:
        return dy * s;
      case LOG:
        return dy / s;
      case SQRT:
        return dy * 0.5f / s;
      case SQUARE:
        return dy * (s + s);
      case ABS:
        return dy * Math.signum(s);
      case RECIPROCAL:
        return -dy * (s * s);
      case STEP:
        return 0f;
      case LEAKY_RELU:
        return s > 0f ? dy : alpha * dy;
      case ELU:
        return dy * ScalarActivations.eluSlope(s, 1f, alpha);
      case SELU:
        return dy * ScalarActivations.eluSlope(s, SELU_POSITIVE, SELU_NEGATIVE);
      case GELU:
        return dy * ScalarActivations.geluSlope(s);
      case SILU:
        return dy * ScalarActivations.siluSlope(s);
      case SOFTPLUS:
        return dy * ScalarMath.sigmoid(s);
      case HARD_SIGMOID:
        return s > -3f && s < 3f ? dy * ScalarActivations.SIXTH : 0f;
      default:
        throw new IllegalArgumentException(
            "unaryBackward: " + op + " is unknown to the CPU backend");
    }
  }

  @Override
  public void binary(
      BinaryOp op, float[] a, int ao, float[] b, int bo, float[] out, int oo, int n) {
    for (int i = 0; i < n; i++) {
      out[oo + i] = binary(op, a[ao + i], b[bo + i]);
    }
  }

  private static float binary(BinaryOp op, float a, float b) {
    switch (op) {
      case ADD:
        return a + b;
      case SUBTRACT:
        return a - b;
      case MULTIPLY:
        return a * b;
      case DIVIDE:
        return a / b;
      case MAXIMUM:
        return Math.max(a, b);
      case MINIMUM:
        return Math.min(a, b);
      case EQUAL:
        return a == b ? 1f : 0f;
      case GREATER:
        return a > b ? 1f : 0f;
      default:
        throw new IllegalArgumentException("binary: " + op + " is unknown to the CPU backend");
    }
  }

  @Override
  public void copyRows(
      float[] from,
      int fromOffset,
      int fromStride,
      float[] to,
      int toOffset,
      int width,
      int rows,
      float shift) {
    for (int r = 0; r < rows; r++) {
      int source = fromOffset + r * fromStride;
      int target = toOffset + r * width;
      for (int j = 0; j < width; j++) {
        to[target + j] = from[source + j] + shift;
      }
    }
  }
}
