package org.oncilla.tests.reference;

import java.util.Arrays;
import org.oncilla.backend.ArgumentChecks;
import org.oncilla.backend.DType;
import org.oncilla.backend.PoolingKernels;
import org.oncilla.backend.PoolingShape;
import org.oncilla.backend.Span;

/** Pooling window by window. */
final class ReferencePooling implements PoolingKernels {
  /** Is told of every input element in the window of every output element. */
  private interface Member {
    void at(int y, int plane, int inPlane);
  }

  @Override
  public void maxForward(PoolingShape shape, Span x, Span y, Span argmax) {
    ArgumentChecks.maxPooling(DType.FLOAT64, shape, x, y, argmax);
    Values xs = Values.of(x);
    Values ys = Values.of(y);
    Indices winners = argmax == null ? null : Indices.of(argmax);
    int inPlaneLength = shape.inHeight() * shape.inWidth();
    boolean[] seen = new boolean[shape.outputLength()];
    forEachMember(
        shape,
        (atY, plane, inPlane) -> {
          double value = xs.get(plane * inPlaneLength + inPlane);
          if (!seen[atY] || ReferenceFunctions.exceeds(value, ys.get(atY))) {
            seen[atY] = true;
            ys.set(atY, value);
            if (winners != null) {
              winners.set(atY, inPlane);
            }
          }
        });
  }

  @Override
  public void maxBackward(PoolingShape shape, Span dy, Span argmax, Span dx, boolean accumulate) {
    ArgumentChecks.maxPoolingBackward(DType.FLOAT64, shape, dy, argmax, dx);
    Values dys = Values.of(dy);
    Indices winners = Indices.of(argmax);
    Values dxs = Values.of(dx);
    clearUnless(accumulate, dxs, shape.inputLength());
    int outPlaneLength = shape.outHeight() * shape.outWidth();
    int inPlaneLength = shape.inHeight() * shape.inWidth();
    for (int i = 0; i < shape.outputLength(); i++) {
      dxs.add(i / outPlaneLength * inPlaneLength + winners.get(i), dys.get(i));
    }
  }

  @Override
  public void averageForward(PoolingShape shape, boolean countPadding, Span x, Span y) {
    ArgumentChecks.averagePooling(DType.FLOAT64, shape, x, y);
    Values xs = Values.of(x);
    Values ys = Values.of(y);
    int inPlaneLength = shape.inHeight() * shape.inWidth();
    int[] divisors = divisors(shape, countPadding);
    double[] sums = new double[shape.outputLength()];
    forEachMember(
        shape, (atY, plane, inPlane) -> sums[atY] += xs.get(plane * inPlaneLength + inPlane));
    for (int i = 0; i < sums.length; i++) {
      ys.set(i, sums[i] / divisors[i]);
    }
  }

  @Override
  public void averageBackward(
      PoolingShape shape, boolean countPadding, Span dy, Span dx, boolean accumulate) {
    ArgumentChecks.averagePoolingBackward(DType.FLOAT64, shape, dy, dx);
    Values dys = Values.of(dy);
    Values dxs = Values.of(dx);
    clearUnless(accumulate, dxs, shape.inputLength());
    int inPlaneLength = shape.inHeight() * shape.inWidth();
    int[] divisors = divisors(shape, countPadding);
    forEachMember(
        shape,
        (atY, plane, inPlane) ->
            dxs.add(plane * inPlaneLength + inPlane, dys.get(atY) / divisors[atY]));
  }

  private static int[] divisors(PoolingShape shape, boolean countPadding) {
    int[] divisors = new int[shape.outputLength()];
    if (countPadding) {
      Arrays.fill(divisors, shape.kernelHeight() * shape.kernelWidth());
    } else {
      forEachMember(shape, (atY, plane, inPlane) -> divisors[atY]++);
    }
    return divisors;
  }

  private static void clearUnless(boolean accumulate, Values values, int length) {
    for (int i = 0; i < length && !accumulate; i++) {
      values.set(i, 0);
    }
  }

  private static void forEachMember(PoolingShape shape, Member member) {
    int outWidth = shape.outWidth();
    int outPlaneLength = shape.outHeight() * outWidth;
    for (int atY = 0; atY < shape.outputLength(); atY++) {
      int top = atY % outPlaneLength / outWidth * shape.strideHeight() - shape.padHeight();
      int left = atY % outWidth * shape.strideWidth() - shape.padWidth();
      for (int row = top; row < top + shape.kernelHeight(); row++) {
        for (int column = left; column < left + shape.kernelWidth(); column++) {
          if (row >= 0 && row < shape.inHeight() && column >= 0 && column < shape.inWidth()) {
            member.at(atY, atY / outPlaneLength, row * shape.inWidth() + column);
          }
        }
      }
    }
  }
}
