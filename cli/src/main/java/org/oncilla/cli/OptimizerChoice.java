package org.oncilla.cli;

import java.util.Locale;
import java.util.function.DoubleFunction;
import org.oncilla.optim.Adam;
import org.oncilla.optim.Optimizer;
import org.oncilla.optim.Sgd;

/** The optimizers that {@code --optimizer} takes. */
enum OptimizerChoice {
  /** With momentum 0.9. */
  SGD(rate -> new Sgd(rate).momentum(0.9), 0.05),
  /** With its usual settings. */
  ADAM(Adam::new, 1e-3);

  private final DoubleFunction<Optimizer> constructor;
  private final double learningRate;

  OptimizerChoice(DoubleFunction<Optimizer> constructor, double learningRate) {
    this.constructor = constructor;
    this.learningRate = learningRate;
  }

  Optimizer create(double rate) {
    return constructor.apply(rate);
  }

  /** The learning rate unless the user says otherwise. */
  double learningRate() {
    return learningRate;
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
