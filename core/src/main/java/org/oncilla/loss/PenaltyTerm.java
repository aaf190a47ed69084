package org.oncilla.loss;

import org.oncilla.backend.UnaryOp;
import org.oncilla.nn.ParameterArena;
import org.oncilla.tensor.NoGrad;
import org.oncilla.tensor.Scope;
import org.oncilla.tensor.Tensor;

/**
 * A {@link Penalty} of one model's weights: Σ factor·f(w) over the arena as a whole, by one factor
 * for each weight. In a step, {@link #addGradient} comes after backward and before the optimizer.
 */
public final class PenaltyTerm implements AutoCloseable {
  private final ParameterArena weights;
  private final UnaryOp function;
  private final Tensor factors;

  /**
   * A term.
   *
   * @param function whose derivative is computed from its input
   * @param factors of each weight
   */
  PenaltyTerm(ParameterArena weights, UnaryOp function, double[] factors) {
    this.weights = weights;
    this.function = function;
    Tensor values = weights.values();
    this.factors =
        Scope.escape(Tensor.empty(values.backend(), values.shape(), "factors of a penalty"));
    try {
      this.factors.copyFrom(factors);
    } catch (RuntimeException | Error failure) {
      this.factors.close();
      throw failure;
    }
  }

  /** The penalty as a scalar without a history, which is the caller's. */
  public Tensor value() {
    try (NoGrad off = NoGrad.open();
        Scope scope = Scope.open()) {
      return scope.keep(weights.values().map(function).mul(factors).sum());
    }
  }

  /** Adds the penalty's gradient to those of the weights: one kernel, and no wait. */
  public void addGradient() {
    weights
        .values()
        .backend()
        .elementwise()
        .unaryBackward(
            function, 0, weights.values().span(), factors.span(), weights.gradients().span(), true);
  }

  @Override
  public void close() {
    factors.close();
  }
}
