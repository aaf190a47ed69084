package org.oncilla.nn;

import org.oncilla.tensor.Shape;

/** What layers say of samples that are not what they need. */
final class Samples {
  private Samples() {}

  static void requireImages(String layer, Shape sample) {
    if (sample.rank() != 3) {
      throw new IllegalArgumentException(
          layer
              + " needs images, [C, H, W], but gets "
              + sample
              + "; new Reshape(channels, height, width) makes images of rows");
    }
  }

  static void requireSequences(String layer, Shape sample) {
    if (sample.rank() != 2) {
      throw new IllegalArgumentException(
          layer
              + " needs sequences, [C, L], but gets "
              + sample
              + "; new Reshape(channels, length) makes sequences of rows");
    }
  }
}
