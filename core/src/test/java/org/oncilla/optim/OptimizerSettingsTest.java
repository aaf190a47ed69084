package org.oncilla.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.function.DoubleFunction;
import org.junit.jupiter.api.Test;

/** What optimizers tell of themselves, and the settings that they refuse. */
class OptimizerSettingsTest {
  private static final List<DoubleFunction<Optimizer>> ALL =
      List.of(
          Sgd::new,
          RmsProp::new,
          Adagrad::new,
          Adadelta::new,
          Adam::new,
          AdamW::new,
          Nadam::new,
          Lion::new);

  @Test
  void everyOptimizerRefusesNegativeRatesAndDecays() {
    for (DoubleFunction<Optimizer> constructor : ALL) {
      String name = constructor.apply(0.1).getClass().getSimpleName();
      refused(
          () -> constructor.apply(-0.1),
          name + ": the learning rate must be a finite number of at least 0, not -0.1");
      refused(
          () -> constructor.apply(Double.NaN),
          name + ": the learning rate must be a finite number of at least 0, not NaN");
      refused(
          () -> constructor.apply(0.1).learningRate(Double.POSITIVE_INFINITY),
          name + ": the learning rate must be a finite number of at least 0, not Infinity");
      refused(
          () -> constructor.apply(0.1).weightDecay(-0.5),
          name + ": weight decay must be in [0.0, Infinity), not -0.5");
    }
  }

  @Test
  void refusesSettingsOutOfRange() {
    refused(() -> new Sgd(1).momentum(-1), "Sgd: momentum must be in [0.0, 1.0), not -1.0");
    refused(() -> new Sgd(1).momentum(9), "Sgd: momentum must be in [0.0, 1.0), not 9.0");
    refused(() -> new Sgd(1).momentum(1), "Sgd: momentum must be in [0.0, 1.0), not 1.0");
    refused(() -> new Sgd(1).dampening(1), "Sgd: dampening must be in [0.0, 1.0), not 1.0");
    refused(
        () -> new Sgd(1).averagedMomentum(1),
        "Sgd: the averaged momentum's beta must be in [0.0, 1.0), not 1.0");
    refused(() -> new RmsProp(1).alpha(1), "RmsProp: alpha must be in [0.0, 1.0), not 1.0");
    refused(
        () -> new RmsProp(1).momentum(-0.1), "RmsProp: momentum must be in [0.0, 1.0), not -0.1");
    refused(() -> new RmsProp(1).momentum(1), "RmsProp: momentum must be in [0.0, 1.0), not 1.0");
    refused(
        () -> new RmsProp(1).epsilon(-1), "RmsProp: epsilon must be in [0.0, Infinity), not -1.0");
    refused(
        () -> new Adagrad(1).learningRateDecay(-1),
        "Adagrad: learning rate decay must be in [0.0, Infinity), not -1.0");
    refused(
        () -> new Adagrad(1).initialAccumulator(-1),
        "Adagrad: the initial accumulator must be in [0.0, Infinity), not -1.0");
    refused(
        () -> new Adagrad(1).epsilon(-1), "Adagrad: epsilon must be in [0.0, Infinity), not -1.0");
    refused(() -> new Adadelta(1).rho(1.5), "Adadelta: rho must be in [0.0, 1.0), not 1.5");
    refused(
        () -> new Adadelta(1).epsilon(-1),
        "Adadelta: epsilon must be in [0.0, Infinity), not -1.0");
    refused(() -> new Adam(1).betas(1, 0.999), "Adam: beta1 must be in [0.0, 1.0), not 1.0");
    refused(() -> new AdamW(1).betas(0.9, -0.1), "AdamW: beta2 must be in [0.0, 1.0), not -0.1");
    refused(
        () -> new Nadam(1).epsilon(Double.NaN),
        "Nadam: epsilon must be in [0.0, Infinity), not NaN");
    refused(
        () -> new Nadam(1).momentumDecay(-1),
        "Nadam: momentum decay must be in [0.0, Infinity), not -1.0");
    refused(() -> new Lion(1).betas(0.9, 1), "Lion: beta2 must be in [0.0, 1.0), not 1.0");
  }

  private static void refused(Runnable senseless, String text) {
    assertThatThrownBy(senseless::run)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(text);
  }

  @Test
  void nesterovNeedsAnUndampenedMomentum() {
    refused(
        () -> new Sgd(1).nesterov(true).stateNames(),
        "Sgd: Nesterov momentum needs a momentum above 0 and no dampening, but they are 0.0 and"
            + " 0.0");
    refused(
        () -> new Sgd(1).nesterov(true).averagedMomentum(0.9).stateNames(),
        "Sgd: Nesterov momentum needs a momentum above 0 and no dampening, but they are 0.9 and"
            + " 0.9");
  }

  @Test
  void settingsAreTold() {
    assertThat(new Sgd(0.1).momentum(0.9).nesterov(true).weightDecay(1e-4).settings())
        .containsEntry("type", "sgd")
        .containsEntry("learning_rate", "0.1")
        .containsEntry("momentum", "0.9")
        .containsEntry("dampening", "0.0")
        .containsEntry("nesterov", "true")
        .containsEntry("weight_decay", "1.0E-4");
    assertThat(new Sgd(0.1).dampening(0.5).momentum(0.9).settings())
        .containsEntry("dampening", "0.5")
        .containsEntry("velocity_from_zero", "false");
    assertThat(new Sgd(0.1).averagedMomentum(0.8).settings())
        .containsEntry("momentum", "0.8")
        .containsEntry("dampening", "0.8")
        .containsEntry("velocity_from_zero", "true");
    assertThat(new AdamW(0.1).amsgrad(true).settings())
        .containsEntry("type", "adamw")
        .containsEntry("amsgrad", "true")
        .containsEntry("weight_decay", "0.01");
    assertThat(ALL.stream().map(made -> made.apply(1).settings().get("type")))
        .doesNotHaveDuplicates();
  }
}
