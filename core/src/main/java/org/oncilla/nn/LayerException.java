package org.oncilla.nn;

import org.oncilla.tensor.Shape;

/** An input that does not fit a layer, with the layer's place in the model. */
final class LayerException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  private final String path;
  private final String what;
  private final IllegalArgumentException mismatch;

  /**
   * A mismatch in a layer.
   *
   * @param path of the layer, such as 1.0; empty for the outermost module
   * @param type of the layer
   * @param input shape it got
   * @param mismatch what the layer said
   */
  LayerException(String path, String type, Shape input, IllegalArgumentException mismatch) {
    this(path, "(" + type + ") with input of shape " + input, mismatch);
  }

  private LayerException(String path, String what, IllegalArgumentException mismatch) {
    super(
        "layer " + (path.isEmpty() ? "" : path + " ") + what + ": " + mismatch.getMessage(),
        mismatch);
    this.path = path;
    this.what = what;
    this.mismatch = mismatch;
  }

  /**
   * The same, where the model was given other samples than it was initialized for, unless the layer
   * has said so.
   *
   * @param sample that it was initialized for
   * @param batch that it was given
   */
  IllegalArgumentException inModelFor(Shape sample, Shape batch) {
    String right = Samples.batchOf(sample);
    if (getMessage().contains(right)) {
      return this;
    }
    return new IllegalArgumentException(
        getMessage()
            + " (the model was built for batches of shape "
            + right
            + ", this one has shape "
            + batch
            + ")",
        this);
  }

  /** The same, seen from the module that holds the one this path starts at. */
  LayerException within(String outer) {
    return new LayerException(outer + "." + path, what, mismatch);
  }
}
