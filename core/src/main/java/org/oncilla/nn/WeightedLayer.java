package org.oncilla.nn;

import org.oncilla.backend.UnaryOp;
import org.oncilla.tensor.Shape;
import org.oncilla.tensor.Tensor;

/**
 * What layers with a weight and a bias share.
 *
 * @param <L> the layer, which its settings return
 */
abstract class WeightedLayer<L extends WeightedLayer<L>> extends Module implements FusedLayer {
  private boolean hasBias = true;
  private Initializer weightInitializer = Initializers.glorotUniform();
  private Parameter weight;
  private Parameter bias;

  /** This layer as what it is. */
  @SuppressWarnings("unchecked")
  final L self() {
    return (L) this;
  }

  /** Leaves the bias out, or not. Before the model is initialized. */
  public final L bias(boolean present) {
    requireUninitialized("bias");
    hasBias = present;
    return self();
  }

  /** Draws the weight in another way. Before the model is initialized. */
  public final L weightInitializer(Initializer initializer) {
    requireUninitialized("weightInitializer");
    weightInitializer = initializer;
    return self();
  }

  final boolean hasBias() {
    return hasBias;
  }

  /** Declares the weight and, where there is one, the bias of so many outputs. */
  final void declare(BuildContext context, Shape weightShape, int outputs) {
    weight = context.parameter("weight", weightShape, weightInitializer);
    bias = hasBias ? context.parameter("bias", Shape.of(outputs), Initializers.zeros()) : null;
  }

  @Override
  public final Tensor forward(Tensor input) {
    return forward(input, UnaryOp.IDENTITY);
  }

  @Override
  public final Tensor forward(Tensor input, UnaryOp activation) {
    requireFeatures(input.shape(), 0);
    return compute(input, activation);
  }

  /** The output for a batch of as many features or channels as the layer was built for. */
  abstract Tensor compute(Tensor input, UnaryOp activation);

  final Tensor weightValue() {
    return valueOf(weight);
  }

  /** The bias for an operation; null without one. */
  final Tensor biasValue() {
    return hasBias ? valueOf(bias) : null;
  }

  /** The weight, after initialization; its shape is told by the class. */
  public final Parameter weight() {
    return weight;
  }

  /** The bias, one for each output; null without one. */
  public final Parameter bias() {
    return bias;
  }

  static void requireSizes(String layer, int outputs, int... kernel) {
    boolean positive = outputs >= 1;
    for (int size : kernel) {
      positive &= size >= 1;
    }
    if (!positive) {
      throw new IllegalArgumentException(
          layer
              + ": needs at least 1 output channel and a kernel of at least 1, not "
              + outputs
              + " and "
              + java.util.Arrays.toString(kernel));
    }
  }
}
