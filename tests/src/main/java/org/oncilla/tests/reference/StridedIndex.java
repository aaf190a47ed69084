package org.oncilla.tests.reference;

/** Where a position of a dense, row-major index space stands under other strides. */
final class StridedIndex {
  private StridedIndex() {}

  static int of(int position, int[] sizes, int[] strides) {
    int at = 0;
    int rest = position;
    for (int axis = sizes.length - 1; axis >= 0; axis--) {
      at += rest % sizes[axis] * strides[axis];
      rest /= sizes[axis];
    }
    return at;
  }

  static int length(int[] sizes) {
    int length = 1;
    for (int size : sizes) {
      length *= size;
    }
    return length;
  }
}
