package org.oncilla.tests.optim;

import java.util.List;
import java.util.function.Supplier;
import org.oncilla.optim.Adadelta;
import org.oncilla.optim.Adagrad;
import org.oncilla.optim.Adam;
import org.oncilla.optim.AdamW;
import org.oncilla.optim.Lion;
import org.oncilla.optim.Nadam;
import org.oncilla.optim.Optimizer;
import org.oncilla.optim.RmsProp;
import org.oncilla.optim.Sgd;

/**
 * An optimizer in one setting, and its formula written out for doubles.
 *
 * @param name what is tried
 * @param optimizer makes it
 * @param formula makes its formula, for as many parameters as it is asked for
 */
record OptimizerCase(String name, Supplier<Optimizer> optimizer, Formula.Maker formula) {
  /** Every optimizer with each of its options. */
  static List<OptimizerCase> all() {
    return List.of(
        new OptimizerCase("sgd", () -> new Sgd(0.1), n -> Formula.sgd(0.1, 0)),
        new OptimizerCase(
            "sgd, decay", () -> new Sgd(0.1).weightDecay(0.2), n -> Formula.sgd(0.1, 0.2)),
        new OptimizerCase(
            "momentum",
            () -> new Sgd(0.05).momentum(0.9),
            n -> Formula.momentum(n, 0.05, 0.9, 1, false)),
        new OptimizerCase(
            "dampened momentum",
            () -> new Sgd(0.05).momentum(0.9).dampening(0.4),
            n -> Formula.momentum(n, 0.05, 0.9, 0.6, false)),
        new OptimizerCase(
            "averaged momentum",
            () -> new Sgd(0.3).averagedMomentum(0.8),
            n -> Formula.averagedMomentum(n, 0.3, 0.8)),
        new OptimizerCase(
            "Nesterov",
            () -> new Sgd(0.05).momentum(0.9).nesterov(true),
            n -> Formula.momentum(n, 0.05, 0.9, 1, true)),
        new OptimizerCase(
            "rmsprop", () -> new RmsProp(0.02), n -> Formula.rmsProp(n, 0.02, 0.99, 0, false, 0)),
        new OptimizerCase(
            "rmsprop, momentum",
            () -> new RmsProp(0.01).alpha(0.9).momentum(0.8),
            n -> Formula.rmsProp(n, 0.01, 0.9, 0.8, false, 0)),
        new OptimizerCase(
            "rmsprop, centered",
            () -> new RmsProp(0.01).alpha(0.9).centered(true),
            n -> Formula.rmsProp(n, 0.01, 0.9, 0, true, 0)),
        new OptimizerCase(
            "rmsprop, centered, momentum, decay",
            () -> new RmsProp(0.005).alpha(0.9).centered(true).momentum(0.5).weightDecay(0.3),
            n -> Formula.rmsProp(n, 0.005, 0.9, 0.5, true, 0.3)),
        new OptimizerCase("adagrad", () -> new Adagrad(0.2), n -> Formula.adagrad(n, 0.2, 0, 0, 0)),
        new OptimizerCase(
            "adagrad, all options",
            () -> new Adagrad(0.3).learningRateDecay(0.1).initialAccumulator(0.5).weightDecay(0.1),
            n -> Formula.adagrad(n, 0.3, 0.1, 0.5, 0.1)),
        new OptimizerCase(
            "adadelta", () -> new Adadelta(1), n -> Formula.adadelta(n, 1, 0.9, 1e-6, 0)),
        new OptimizerCase(
            "adadelta, all options",
            () -> new Adadelta(2).rho(0.8).epsilon(1e-3).weightDecay(0.1),
            n -> Formula.adadelta(n, 2, 0.8, 1e-3, 0.1)),
        new OptimizerCase(
            "adam", () -> new Adam(0.05), n -> Formula.adam(n, 0.05, 0.9, 0.999, 0, 0, false)),
        new OptimizerCase(
            "adam, decay",
            () -> new Adam(0.05).betas(0.8, 0.95).weightDecay(0.3),
            n -> Formula.adam(n, 0.05, 0.8, 0.95, 0.3, 0, false)),
        new OptimizerCase(
            "amsgrad",
            () -> new Adam(0.05).betas(0.8, 0.7).amsgrad(true),
            n -> Formula.adam(n, 0.05, 0.8, 0.7, 0, 0, true)),
        new OptimizerCase(
            "adamw", () -> new AdamW(0.05), n -> Formula.adam(n, 0.05, 0.9, 0.999, 0, 0.01, false)),
        new OptimizerCase(
            "adamw, amsgrad",
            () -> new AdamW(0.05).betas(0.8, 0.7).amsgrad(true).weightDecay(0.3),
            n -> Formula.adam(n, 0.05, 0.8, 0.7, 0, 0.3, true)),
        new OptimizerCase(
            "nadam", () -> new Nadam(0.05), n -> Formula.nadam(n, 0.05, 0.9, 0.999, 4e-3, 0)),
        new OptimizerCase(
            "nadam, all options",
            () -> new Nadam(0.05).betas(0.8, 0.95).momentumDecay(0.1).weightDecay(0.3),
            n -> Formula.nadam(n, 0.05, 0.8, 0.95, 0.1, 0.3)),
        new OptimizerCase("lion", () -> new Lion(0.02), n -> Formula.lion(n, 0.02, 0.9, 0.99, 0)),
        new OptimizerCase(
            "lion, all options",
            () -> new Lion(0.02).betas(0.7, 0.8).weightDecay(0.5),
            n -> Formula.lion(n, 0.02, 0.7, 0.8, 0.5)));
  }

  @Override
  public String toString() {
    return name;
  }
}
