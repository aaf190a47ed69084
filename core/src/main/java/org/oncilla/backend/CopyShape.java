package org.oncilla.backend;

/**
 * A copy between two strided index spaces: transposes, slices along any axis, concatenation.
 * Element (i₀, i₁, …) goes from {@code sourceOffset + Σ iₐ·sourceStrides[a]} to {@code targetOffset
 * + Σ iₐ·targetStrides[a]}, both counted from the start of their span.
 *
 * @param sizes index space, rank 1 to {@link BroadcastShape#MAX_RANK}
 * @param sourceOffset first element read
 * @param sourceStrides strides of the source in elements
 * @param targetOffset first element written
 * @param targetStrides strides of the target in elements; no two indices write one element
 */
public record CopyShape(
    int[] sizes, int sourceOffset, int[] sourceStrides, int targetOffset, int[] targetStrides) {
  /** Checks that the arrays agree in rank. */
  public CopyShape {
    if (sizes.length < 1
        || sizes.length > BroadcastShape.MAX_RANK
        || sourceStrides.length != sizes.length
        || targetStrides.length != sizes.length) {
      throw new IllegalArgumentException("copy of rank " + sizes.length);
    }
  }

  /** The copy that undoes this one: source and target change places. */
  public CopyShape reversed() {
    return new CopyShape(sizes, targetOffset, targetStrides, sourceOffset, sourceStrides);
  }
}
