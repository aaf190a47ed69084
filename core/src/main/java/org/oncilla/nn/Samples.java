package org.oncilla.nn;

import org.oncilla.tensor.Shape;

/** What layers say of samples that are not what they need. */
final class Samples {
  private Samples() {}

  /** Whether a batch holds samples of a shape. */
  static boolean isBatchOf(Shape batch, Shape sample) {
    if (batch.rank() != sample.rank() + 1) {
      return false;
    }
    for (int axis = 0; axis < sample.rank(); axis++) {
      if (batch.size(axis + 1) != sample.size(axis)) {
        return false;
      }
    }
    return true;
  }

  /** The shape of a batch of samples, as text: [N, …]. */
  static String batchOf(Shape sample) {
    return sample.rank() == 0 ? "[N]" : "[N, " + sample.toString().substring(1);
  }

  /** What is said of a batch whose samples have another number of axes. */
  static String anotherRank(String layer, Shape built, Shape batch) {
    return builtFor(layer, built)
        + "the input has shape "
        + batch
        + (batch.rank() == built.rank()
            ? "; add the batch axis, "
                + batchOf(built)
                + ", for one sample by reshape("
                + oneOf(batch)
                + ")"
            : "; a batch of such samples has shape " + batchOf(built));
  }

  /** What is said of a batch whose samples have another number of features. */
  static String otherFeatures(String layer, Shape built, Shape batch, int axis) {
    return builtFor(layer, built)
        + "the input of shape "
        + batch
        + " has "
        + batch.size(axis + 1)
        + (built.rank() == 1 ? " features" : axis == 0 ? " channels" : " along axis " + (axis + 1))
        + " in place of "
        + built.size(axis)
        + "; a batch of such samples has shape "
        + batchOf(built);
  }

  private static String builtFor(String layer, Shape built) {
    return layer + " was built for inputs of shape " + built + ", but ";
  }

  private static String oneOf(Shape sample) {
    String sizes = sample.prepend(1).toString();
    return sizes.substring(1, sizes.length() - 1);
  }

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
