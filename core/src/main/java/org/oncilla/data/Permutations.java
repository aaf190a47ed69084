package org.oncilla.data;

import org.oncilla.random.Generator;

/** Random orders. */
final class Permutations {
  private Permutations() {}

  /** Fisher and Yates's shuffle, in place. */
  static void shuffle(int[] values, Generator generator) {
    for (int i = values.length - 1; i > 0; i--) {
      int j = generator.nextInt(i + 1);
      int swapped = values[i];
      values[i] = values[j];
      values[j] = swapped;
    }
  }
}
