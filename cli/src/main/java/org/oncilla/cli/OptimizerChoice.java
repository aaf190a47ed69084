package org.oncilla.cli;

import java.util.Locale;
import org.oncilla.cli.zoo.Recipe;
import org.oncilla.optim.Adam;
import org.oncilla.optim.Optimizer;
import org.oncilla.optim.Sgd;

/** The optimizers that {@code --optimizer} takes. */
enum OptimizerChoice {
  /** With momentum 0.9. */
  SGD {
    @Override
    Optimizer create(double rate, double weightDecay) {
      return new Sgd(rate).momentum(0.9).weightDecay(weightDecay);
    }

    @Override
    double learningRate(Recipe recipe) {
      return recipe.learningRate();
    }
  },
  /** With its usual settings. */
  ADAM {
    @Override
    Optimizer create(double rate, double weightDecay) {
      return new Adam(rate).weightDecay(weightDecay);
    }

    @Override
    double learningRate(Recipe recipe) {
      return 1e-3;
    }
  };

  abstract Optimizer create(double rate, double weightDecay);

  /** The learning rate unless the user says otherwise. */
  abstract double learningRate(Recipe recipe);

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
