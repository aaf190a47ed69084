package org.oncilla.loss;

import java.util.Arrays;
import java.util.function.Predicate;
import org.oncilla.backend.UnaryOp;
import org.oncilla.nn.Parameter;
import org.oncilla.nn.ParameterArena;

/**
 * A penalty on large weights, added to what a training minimizes: {@code
 * Trainer.of(model).penalty(Penalty.l2(1e-4))}. Unless {@linkplain #over told otherwise} it is
 * taken over the parameters of two axes and more: the matrices and filters, but not biases, nor
 * scales and shifts of normalizations.
 *
 * <p>An L2 penalty is the same as the coupled weight decay of {@link org.oncilla.optim.Sgd}, whose
 * factor is λ, but for the loss that is reported and the parameters that it covers; with adaptive
 * optimizers a penalty differs from decoupled decay (Loshchilov and Hutter, 2019).
 */
public final class Penalty {
  private final String name;
  private final UnaryOp function;
  private final double factor;
  private final Predicate<Parameter> chosen;

  private Penalty(String name, UnaryOp function, double factor, Predicate<Parameter> chosen) {
    this.name = name;
    this.function = function;
    this.factor = factor;
    this.chosen = chosen;
  }

  /**
   * λ Σ|w|, whose gradient λ·sign(w), 0 at 0, pulls weights that the data does not hold to zero
   * (Tibshirani's lasso, 1996).
   *
   * @param lambda at least 0
   */
  public static Penalty l1(double lambda) {
    return of("l1", UnaryOp.ABS, lambda, 1);
  }

  /**
   * λ/2 Σw², whose gradient is λ·w, as of weight decay.
   *
   * @param lambda at least 0
   */
  public static Penalty l2(double lambda) {
    return of("l2", UnaryOp.SQUARE, lambda, 0.5);
  }

  /**
   * λ Σw², whose gradient is 2λ·w: ridge regression (Hoerl and Kennard, 1970), and what Keras calls
   * l2.
   *
   * @param lambda at least 0
   */
  public static Penalty sumOfSquares(double lambda) {
    return of("sumOfSquares", UnaryOp.SQUARE, lambda, 1);
  }

  private static Penalty of(String name, UnaryOp function, double lambda, double scale) {
    if (!(lambda >= 0 && lambda < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "Penalty." + name + ": lambda must be a finite number of at least 0, not " + lambda);
    }
    return new Penalty(name, function, lambda * scale, p -> p.shape().rank() >= 2);
  }

  /**
   * The same penalty over other parameters.
   *
   * @param which says of each parameter, by name and shape, whether it is penalized
   */
  public Penalty over(Predicate<Parameter> which) {
    return new Penalty(name, function, factor, which);
  }

  /**
   * This penalty of a model's weights, for training loops of one's own; {@code Trainer} does it by
   * itself.
   *
   * @return to be closed by the caller
   * @throws IllegalArgumentException if no parameter is penalized
   */
  public PenaltyTerm of(ParameterArena weights) {
    if (weights.list().stream().noneMatch(chosen)) {
      throw new IllegalArgumentException(
          "Penalty."
              + name
              + ": none of the parameters "
              + weights.list().stream().map(Parameter::name).toList()
              + " is penalized; without over(…) they need at least two axes");
    }
    return new PenaltyTerm(weights, function, factors(weights));
  }

  /** The factor of each weight: 0 where it is not penalized. */
  private double[] factors(ParameterArena weights) {
    double[] factors = new double[weights.values().shape().length()];
    int offset = 0;
    for (Parameter parameter : weights.list()) {
      int end = offset + parameter.shape().length();
      if (chosen.test(parameter)) {
        Arrays.fill(factors, offset, end, factor);
      }
      offset = end;
    }
    return factors;
  }
}
