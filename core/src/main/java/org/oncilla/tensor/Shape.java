package org.oncilla.tensor;

import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.oncilla.backend.BroadcastShape;

/**
 * The sizes of a tensor's axes, outermost first. Every size is at least 1; a scalar has no axes.
 * Immutable.
 */
public final class Shape {
  /** The shape of a single value, []. */
  public static final Shape SCALAR = new Shape(new int[0], 1);

  private final int[] sizes;
  private final int length;

  private Shape(int[] sizes, int length) {
    this.sizes = sizes;
    this.length = length;
  }

  /**
   * A shape of the given sizes.
   *
   * @throws IllegalArgumentException if a size is below 1, there are more than six axes, or the
   *     product exceeds 2³¹ − 1
   */
  public static Shape of(int... sizes) {
    if (sizes.length > BroadcastShape.MAX_RANK) {
      throw new IllegalArgumentException(
          "a tensor has at most "
              + BroadcastShape.MAX_RANK
              + " axes, but "
              + Arrays.toString(sizes)
              + " has "
              + sizes.length);
    }
    long length = 1;
    for (int size : sizes) {
      if (size < 1) {
        throw new IllegalArgumentException(
            "every axis needs a size of at least 1, but the shape is " + Arrays.toString(sizes));
      }
      length *= size;
      if (length > Integer.MAX_VALUE) {
        throw new IllegalArgumentException(
            "shape " + Arrays.toString(sizes) + " has more than 2147483647 elements");
      }
    }
    return sizes.length == 0 ? SCALAR : new Shape(sizes.clone(), (int) length);
  }

  /** Number of axes. */
  public int rank() {
    return sizes.length;
  }

  /** Number of elements. */
  public int length() {
    return length;
  }

  /**
   * The size of an axis.
   *
   * @param axis counted from 0, or from −1 for the last one backwards
   */
  public int size(int axis) {
    return sizes[axis(axis)];
  }

  /** The sizes as a fresh array. */
  public int[] sizes() {
    return sizes.clone();
  }

  /**
   * An axis as a number from 0 on.
   *
   * @param axis counted from 0, or from −1 for the last one backwards
   * @throws IllegalArgumentException if there is no such axis
   */
  public int axis(int axis) {
    return axis("", axis);
  }

  /** As {@link #axis(int)}, naming the operation that asked. */
  int axis(String operation, int axis) {
    int counted = axis < 0 ? axis + sizes.length : axis;
    if (counted < 0 || counted >= sizes.length) {
      throw new IllegalArgumentException(
          operation
              + (operation.isEmpty() ? "" : ": ")
              + "shape "
              + this
              + " has no axis "
              + axis
              + (sizes.length == 0
                  ? "; it is a scalar"
                  : "; choose one of " + -sizes.length + " … " + (sizes.length - 1)));
    }
    return counted;
  }

  /** Product of the sizes of the axes {@code from} … {@code to − 1}. */
  public int length(int from, int to) {
    int product = 1;
    for (int axis = from; axis < to; axis++) {
      product *= sizes[axis];
    }
    return product;
  }

  /** This shape behind one more axis, such as the batch axis. */
  public Shape prepend(int size) {
    return Shape.of(IntStream.concat(IntStream.of(size), Arrays.stream(sizes)).toArray());
  }

  /** This shape with one more axis behind it, such as the features of each element. */
  public Shape append(int size) {
    return Shape.of(IntStream.concat(Arrays.stream(sizes), IntStream.of(size)).toArray());
  }

  /** This shape without its first axis: a sample's shape from a batch's. */
  public Shape dropFirst() {
    axis(0);
    return Shape.of(Arrays.copyOfRange(sizes, 1, sizes.length));
  }

  /** This shape with one axis of another size. */
  public Shape with(int axis, int size) {
    int[] changed = sizes.clone();
    changed[axis(axis)] = size;
    return Shape.of(changed);
  }

  /** This shape without one axis. */
  public Shape without(int axis) {
    int dropped = axis(axis);
    return Shape.of(
        IntStream.range(0, sizes.length).filter(i -> i != dropped).map(i -> sizes[i]).toArray());
  }

  /**
   * Other sizes for the same number of elements.
   *
   * @param wanted of the axes; one may be −1 and is inferred
   * @throws IllegalArgumentException if the number of elements is another
   */
  public Shape reshaped(int... wanted) {
    int known = 1;
    int unknown = -1;
    for (int axis = 0; axis < wanted.length; axis++) {
      if (wanted[axis] == -1 && unknown < 0) {
        unknown = axis;
      } else {
        known *= wanted[axis];
      }
    }
    int[] inferred = wanted.clone();
    if (unknown >= 0 && known > 0) {
      inferred[unknown] = length / known;
    }
    boolean fits = true;
    long product = 1;
    for (int size : inferred) {
      fits &= size > 0;
      product *= size;
    }
    if (!fits || product != length) {
      throw new IllegalArgumentException(
          "reshape: shape "
              + this
              + " has "
              + length
              + " elements, which do not fit "
              + Arrays.toString(wanted));
    }
    return of(inferred);
  }

  /** Row-major strides in elements. */
  public int[] strides() {
    int[] strides = new int[sizes.length];
    int stride = 1;
    for (int axis = sizes.length - 1; axis >= 0; axis--) {
      strides[axis] = stride;
      stride *= sizes[axis];
    }
    return strides;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Shape shape && Arrays.equals(sizes, shape.sizes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(sizes);
  }

  /** The sizes in brackets, such as [64, 1, 28, 28]. */
  @Override
  public String toString() {
    return Arrays.stream(sizes)
        .mapToObj(Integer::toString)
        .collect(Collectors.joining(", ", "[", "]"));
  }
}
