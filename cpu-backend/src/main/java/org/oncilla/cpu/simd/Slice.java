package org.oncilla.cpu.simd;

/**
 * The elements of an array from an offset on; element 0 is the first of them.
 *
 * @param array that holds them
 * @param offset of the first
 */
public record Slice(float[] array, int offset) {
  /** An element. */
  public float get(int index) {
    return array[offset + index];
  }

  /** Overwrites an element. */
  public void set(int index, float value) {
    array[offset + index] = value;
  }
}
