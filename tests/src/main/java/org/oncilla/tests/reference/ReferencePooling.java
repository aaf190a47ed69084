package org.oncilla.tests.reference;

import java.util.Arrays;
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
    Values xs = Values.of("max pool", "x", x, shape.inputLength());
    Values ys = Values.of("max pool", "y", y, shape.outputLength());
    Indices winners =
        argmax == null ? null : Indices.of("max pool", "argmax", argmax, shape.outputLength());
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
    String operation = "max pool gradient";
    Values dys = Values.of(operation, "dy", dy, shape.outputLength());
    Indices winners = Indices.of(operation, "argmax", argmax, shape.outputLength());
    Values dxs = Values.of(operation, "dx", dx, shape.inputLength());
    clearUnless(accumulate, dxs, shape.inputLength());
    int outPlaneLength = shape.outHeight() * shape.outWidth();
    int inPlaneLength = shape.inHeight() * shape.inWidth();
    for (int i = 0; i < shape.outputLength(); i++) {
      dxs.add(i / outPlaneLength * inPlaneLength + winners.get(i), dys.get(i));
    }
  }

  @Override
  public void averageForward(PoolingShape shape, boolean countPadding, Span x, Span y) {
    Values xs = Values.of("average pool", "x", x, shape.inputLength());
    Values ys = Values.of("average pool", "y", y, shape.outputLength());
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
    String operation = "average pool gradient";
    Values dys = Values.of(operation, "dy", dy, shape.outputLength());
    Values dxs = Values.of(operation, "dx", dx, shape.inputLength());
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
