package org.oncilla.nn;

import org.oncilla.tensor.Shape;

/** An input that does not fit a layer, with the layer's place in the model. */
final class LayerException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  LayerException(String path, String type, Shape input, IllegalArgumentException cause) {
    super(
        "layer "
            + (path.isEmpty() ? "" : path + " ")
            + "("
            + type
            + ") with input of shape "
            + input
            + ": "
            + cause.getMessage(),
        cause);
  }
}
