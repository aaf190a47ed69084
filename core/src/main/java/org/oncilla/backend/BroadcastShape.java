package org.oncilla.backend;

import java.util.Arrays;

/**
 * An output index space and where each of two operands stands in it. Axis sizes come outermost
 * first; the output is dense and row-major; an operand that is broadcast along an axis has stride 0
 * there. Adjacent axes that can be walked as one are already merged, so two equal shapes have rank
 * 1.
 *
 * @param sizes output sizes, rank 1 to {@link #MAX_RANK}
 * @param stridesA strides of the first operand, in elements
 * @param stridesB strides of the second operand, in elements
 */
public record BroadcastShape(int[] sizes, int[] stridesA, int[] stridesB) {
  /** The largest rank of a tensor. */
  public static final int MAX_RANK = 6;

  /** Checks that the three arrays agree in rank. */
  public BroadcastShape {
    if (sizes.length < 1
        || sizes.length > MAX_RANK
        || stridesA.length != sizes.length
        || stridesB.length != sizes.length) {
      throw new IllegalArgumentException("broadcast of rank " + sizes.length);
    }
  }

  /** Two operands and an output of the same {@code length} elements. */
  public static BroadcastShape elementwise(int length) {
    return new BroadcastShape(new int[] {length}, new int[] {1}, new int[] {1});
  }

  /** Number of output elements. */
  public int length() {
    return Arrays.stream(sizes).reduce(1, Math::multiplyExact);
  }

  /** Whether no operand is broadcast. */
  public boolean isElementwise() {
    return sizes.length == 1 && stridesA[0] == 1 && stridesB[0] == 1;
  }
}
