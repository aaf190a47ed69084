package org.oncilla.optim;

import java.util.List;
import java.util.function.Predicate;
import org.oncilla.nn.Parameter;

/**
 * Parameters that an {@link Optimizer} treats differently from the others: with a learning rate
 * that is a multiple of the optimizer's, so that schedules reach them too, or with a weight decay
 * of their own.
 *
 * <pre>{@code
 * new AdamW(1e-3)
 *     .group(ParameterGroup.of("biases and norms", p -> p.shape().rank() == 1).weightDecay(0))
 *     .group(ParameterGroup.named("0.weight").learningRateFactor(0.1));
 * }</pre>
 */
public final class ParameterGroup {
  private final String name;
  private final Predicate<Parameter> members;
  private final List<String> names;
  private final double learningRateFactor;
  private final Double weightDecay;

  private ParameterGroup(
      String name,
      Predicate<Parameter> members,
      List<String> names,
      double learningRateFactor,
      Double weightDecay) {
    this.name = name;
    this.members = members;
    this.names = names;
    this.learningRateFactor = learningRateFactor;
    this.weightDecay = weightDecay;
  }

  /**
   * The parameters that a condition holds for.
   *
   * @param name of the group, for messages and settings
   * @param members which parameters belong to it
   */
  public static ParameterGroup of(String name, Predicate<Parameter> members) {
    return new ParameterGroup(name, members, List.of(), 1, null);
  }

  /**
   * The parameters of some names.
   *
   * @param names full ones, as the model's summary shows them, such as {@code 0.weight}
   */
  public static ParameterGroup named(String... names) {
    List<String> all = List.of(names);
    return new ParameterGroup(
        String.join(", ", all), parameter -> all.contains(parameter.name()), all, 1, null);
  }

  /** The same parameters with a multiple of the optimizer's learning rate; 0 holds them fixed. */
  public ParameterGroup learningRateFactor(double factor) {
    requireSetting("the learning rate factor", factor);
    return new ParameterGroup(name, members, names, factor, weightDecay);
  }

  /** The same parameters with a weight decay of their own; 0 for none. */
  public ParameterGroup weightDecay(double factor) {
    requireSetting("weight decay", factor);
    return new ParameterGroup(name, members, names, learningRateFactor, factor);
  }

  /** Its name, for messages and settings. */
  public String name() {
    return name;
  }

  boolean contains(Parameter parameter) {
    return members.test(parameter);
  }

  /** The names that it was made of; none where it was made of a condition. */
  List<String> names() {
    return names;
  }

  double learningRateFactor() {
    return learningRateFactor;
  }

  double weightDecayOr(double ofOptimizer) {
    return weightDecay == null ? ofOptimizer : weightDecay;
  }

  private void requireSetting(String what, double value) {
    if (!(value >= 0 && value < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "ParameterGroup " + name + ": " + what + " must be finite and at least 0, not " + value);
    }
  }

  @Override
  public String toString() {
    return name
        + ": learning_rate_factor "
        + learningRateFactor
        + (weightDecay == null ? "" : ", weight_decay " + weightDecay);
  }
}
