package org.oncilla.nn;

import org.oncilla.backend.UnaryOp;
import org.oncilla.tensor.Tensor;

/** A layer whose kernel can apply an activation to its results before they are stored. */
interface FusedLayer {
  /** As {@link Module#forward}, followed by a fusable activation. */
  Tensor forward(Tensor input, UnaryOp activation);
}
