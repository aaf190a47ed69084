package org.oncilla.cli;

import java.util.Locale;
import java.util.function.DoubleFunction;
import java.util.function.ToDoubleFunction;
import org.oncilla.cli.zoo.Recipe;
import org.oncilla.optim.Adadelta;
import org.oncilla.optim.Adagrad;
import org.oncilla.optim.Adam;
import org.oncilla.optim.AdamW;
import org.oncilla.optim.Lion;
import org.oncilla.optim.Nadam;
import org.oncilla.optim.Optimizer;
import org.oncilla.optim.RmsProp;
import org.oncilla.optim.Sgd;

/** The optimizers that {@code --optimizer} takes, by the name that a checkpoint knows them by. */
enum OptimizerChoice {
  /** With momentum 0.9, and the model's own rate. */
  SGD(rate -> new Sgd(rate).momentum(0.9), Recipe::learningRate),
  RMSPROP(RmsProp::new, recipe -> 1e-3),
  ADAGRAD(Adagrad::new, recipe -> 1e-2),
  ADADELTA(Adadelta::new, recipe -> 1),
  ADAM(Adam::new, recipe -> 1e-3),
  /** With a weight decay of its own, which does not mean what that of the others does. */
  ADAMW(AdamW::new, recipe -> 1e-3) {
    @Override
    double weightDecay(Recipe recipe) {
      return 0.01;
    }
  },
  NADAM(Nadam::new, recipe -> 2e-3),
  LION(Lion::new, recipe -> 1e-4);

  private final DoubleFunction<Optimizer> constructor;
  private final ToDoubleFunction<Recipe> learningRate;

  OptimizerChoice(DoubleFunction<Optimizer> constructor, ToDoubleFunction<Recipe> learningRate) {
    this.constructor = constructor;
    this.learningRate = learningRate;
  }

  Optimizer create(double rate, double weightDecay) {
    return constructor.apply(rate).weightDecay(weightDecay);
  }

  /** The learning rate unless the user says otherwise. */
  double learningRate(Recipe recipe) {
    return learningRate.applyAsDouble(recipe);
  }

  /** The weight decay unless the user says otherwise. */
  double weightDecay(Recipe recipe) {
    return recipe.weightDecay();
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
