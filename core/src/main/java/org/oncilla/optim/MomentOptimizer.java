package org.oncilla.optim;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What Adam and its kin share: averages of the gradients and of their squares, and a term that
 * keeps the divisor from 0.
 *
 * @param <T> the optimizer itself
 */
abstract class MomentOptimizer<T extends MomentOptimizer<T>> extends Optimizer {
  static final String FIRST = "first_moment";
  static final String SECOND = "second_moment";

  private double beta1 = 0.9;
  private double beta2 = 0.999;
  private double epsilon = 1e-8;

  MomentOptimizer(double learningRate) {
    super(learningRate);
  }

  abstract T self();

  /** Changes how slowly the two moments follow the gradients. Before training. */
  public T betas(double first, double second) {
    beta1 = require("beta1", first, 0, 1);
    beta2 = require("beta2", second, 0, 1);
    return self();
  }

  /** Changes the term that keeps the divisor from 0. Before training. */
  public T epsilon(double term) {
    epsilon = require("epsilon", term, 0, Double.POSITIVE_INFINITY);
    return self();
  }

  double beta1() {
    return beta1;
  }

  double beta2() {
    return beta2;
  }

  double epsilon() {
    return epsilon;
  }

  @Override
  protected List<String> stateNames() {
    return List.of(FIRST, SECOND);
  }

  @Override
  protected Map<String, Object> hyperparameters() {
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("beta1", beta1);
    settings.put("beta2", beta2);
    settings.put("epsilon", epsilon);
    return settings;
  }
}
