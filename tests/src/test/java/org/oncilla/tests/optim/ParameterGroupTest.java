package org.oncilla.tests.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.oncilla.backend.Backend;
import org.oncilla.backend.UpdateKernels;
import org.oncilla.data.Batches;
import org.oncilla.io.Checkpoint;
import org.oncilla.loss.CrossEntropyLoss;
import org.oncilla.nn.Flatten;
import org.oncilla.nn.Linear;
import org.oncilla.nn.Module;
import org.oncilla.nn.Parameter;
import org.oncilla.nn.Sequential;
import org.oncilla.nn.Tanh;
import org.oncilla.optim.Adam;
import org.oncilla.optim.AdamW;
import org.oncilla.optim.Optimizer;
import org.oncilla.optim.ParameterGroup;
import org.oncilla.optim.RmsProp;
import org.oncilla.optim.Sgd;
import org.oncilla.tensor.Shape;
import org.oncilla.tests.Digits;
import org.oncilla.tests.TestBackends;
import org.oncilla.tests.TestBackends.TestBackend;
import org.oncilla.tests.reference.ReferenceBackend;
import org.oncilla.train.Trainer;

/** Ranges of the weights with a learning rate factor and a weight decay of their own. */
class ParameterGroupTest {
  private static final ParameterGroup BIASES =
      ParameterGroup.of("biases", parameter -> parameter.shape().rank() == 1);

  static Stream<Arguments> optimizers() {
    return OptimizerCase.all().stream()
        .flatMap(each -> TestBackends.present().stream().map(on -> Arguments.of(each, on)));
  }

  static List<TestBackend> backends() {
    return TestBackends.present();
  }

  private static Module model(Backend backend) {
    return new Sequential(new Linear(19), new Tanh(), new Linear(5))
        .initialize(backend, Shape.of(7), 3);
  }

  /** The members are updated as by an optimizer of their settings, the others as without groups. */
  @ParameterizedTest(name = "{0} on {1}")
  @MethodSource("optimizers")
  void eachGroupHasItsSettings(OptimizerCase tried, TestBackend tested) {
    double rate = tried.optimizer().get().learningRate();
    Optimizer grouped =
        tried.optimizer().get().group(BIASES.learningRateFactor(0.25).weightDecay(0.125));
    Optimizer ofBiases = tried.optimizer().get().weightDecay(0.125);
    ofBiases.learningRate(rate * 0.25);
    double[] actual = weightsAfterSteps(tested, grouped);
    double[] asBiases = weightsAfterSteps(tested, ofBiases);
    double[] asOthers = weightsAfterSteps(tested, tried.optimizer().get());
    try (Module model = model(tested.backend())) {
      int at = 0;
      for (Parameter parameter : model.parameters().list()) {
        double[] expected = parameter.name().endsWith("bias") ? asBiases : asOthers;
        for (int end = at + parameter.shape().length(); at < end; at++) {
          assertThat(actual[at]).as(parameter.name()).isEqualTo(expected[at]);
        }
      }
    }
    assertThat(asBiases).isNotEqualTo(asOthers);
  }

  private static double[] weightsAfterSteps(TestBackend tested, Optimizer closed) {
    try (Module model = model(tested.backend());
        Optimizer optimizer = closed) {
      optimizer.attach(model.parameters());
      double[] gradients = new double[model.parameters().count()];
      for (int step = 1; step <= 3; step++) {
        for (int i = 0; i < gradients.length; i++) {
          gradients[i] = Math.sin(step * (i + 1));
        }
        model.parameters().gradients().copyFrom(gradients);
        optimizer.step();
      }
      return model.parameters().values().toDoubleArray();
    }
  }

  /** Four parameters in turn: weight, bias, weight, bias. */
  @Test
  void neighboursWithEqualSettingsShareAKernel() {
    assertThat(kernels(new Sgd(0.1))).isEqualTo(1);
    assertThat(kernels(new Sgd(0.1).group(BIASES.learningRateFactor(2)))).isEqualTo(4);
    assertThat(kernels(new Sgd(0.1).weightDecay(0.5).group(BIASES.weightDecay(0.5)))).isEqualTo(1);
    assertThat(kernels(new Sgd(0.1).weightDecay(0.5).group(BIASES.weightDecay(0)))).isEqualTo(4);
    assertThat(
            kernels(
                new Sgd(0.1)
                    .group(ParameterGroup.named("0.weight").learningRateFactor(0.5))
                    .group(ParameterGroup.named("0.bias").learningRateFactor(0.5))))
        .isEqualTo(2);
  }

  /** How many kernels a step launches. */
  private static int kernels(Optimizer closed) {
    AtomicInteger calls = new AtomicInteger();
    try (ReferenceBackend reference = new ReferenceBackend();
        Module model = model(counting(reference, calls));
        Optimizer optimizer = closed) {
      optimizer.attach(model.parameters());
      optimizer.step();
      return calls.get();
    }
  }

  private static Backend counting(Backend counted, AtomicInteger calls) {
    UpdateKernels kernels =
        proxy(UpdateKernels.class, counted.update(), calls::incrementAndGet, null);
    return proxy(Backend.class, counted, () -> {}, kernels);
  }

  /** Passes calls on, but that of {@code update()}, where there is another answer. */
  private static <T> T proxy(Class<T> type, T target, Runnable onCall, UpdateKernels kernels) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (self, method, arguments) -> {
              onCall.run();
              if (kernels != null && method.getName().equals("update")) {
                return kernels;
              }
              try {
                return method.invoke(target, arguments);
              } catch (InvocationTargetException failure) {
                throw failure.getCause();
              }
            }));
  }

  @ParameterizedTest
  @MethodSource("backends")
  void resumes(TestBackend tested) {
    Checkpoint checkpoint;
    double[] uninterrupted;
    try (Module model = network();
        Trainer trainer = trainer(tested, model).build()) {
      trainer.fit(digits(), null, 1);
      checkpoint = trainer.checkpoint();
      trainer.fit(digits(), null, 2);
      uninterrupted = model.parameters().values().toDoubleArray();
    }
    assertThat(checkpoint.state())
        .containsEntry("optimizer.type", "adamw")
        .containsEntry("optimizer.weight_decay", "0.1")
        .containsEntry("optimizer.group.0", "biases: learning_rate_factor 1.0, weight_decay 0.0")
        .containsEntry("optimizer.group.1", "1.weight: learning_rate_factor 0.5");
    try (Module model = network();
        Trainer trainer = trainer(tested, model).resume(checkpoint).build()) {
      trainer.fit(digits(), null, 2);
      assertThat(model.parameters().values().toDoubleArray())
          .usingComparatorWithPrecision(tested.isDouble() ? 1e-4 : 0.0)
          .containsExactly(uninterrupted);
    }
  }

  private static Module network() {
    return new Sequential(new Flatten(), new Linear(16), new Tanh(), new Linear(10));
  }

  private static Trainer.Builder trainer(TestBackend tested, Module model) {
    return Trainer.of(model)
        .backend(tested.backend())
        .loss(new CrossEntropyLoss())
        .optimizer(
            new AdamW(0.01)
                .weightDecay(0.1)
                .group(BIASES.weightDecay(0))
                .group(ParameterGroup.named("1.weight").learningRateFactor(0.5)));
  }

  private static Batches digits() {
    return Digits.train().range(0, 64).batches(16);
  }

  @Test
  void refusesGroupsThatDoNotFit() {
    refused(
        new Sgd(0.1).group(ParameterGroup.of("norms", parameter -> false)),
        "Sgd: the group \"norms\" matches no parameter; the model has [0.weight, 0.bias, 2.weight,"
            + " 2.bias]");
    refused(
        new Sgd(0.1).group(ParameterGroup.named("0.bias", "1.bias")),
        "Sgd: there is no parameter 1.bias to group; the model has [0.weight, 0.bias, 2.weight,"
            + " 2.bias]");
    refused(
        new AdamW(0.1).group(BIASES).group(ParameterGroup.named("2.bias")),
        "AdamW: parameter 2.bias is in two groups, \"biases\" and \"2.bias\"; a parameter may be in"
            + " one only");
    assertThatThrownBy(() -> BIASES.learningRateFactor(-1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "ParameterGroup biases: the learning rate factor must be finite and at least 0, not"
                + " -1.0");
    assertThatThrownBy(() -> BIASES.weightDecay(Double.NaN))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("ParameterGroup biases: weight decay must be finite and at least 0, not NaN");
  }

  private static void refused(Optimizer closed, String text) {
    try (ReferenceBackend backend = new ReferenceBackend();
        Module model = model(backend);
        Optimizer optimizer = closed) {
      int live = backend.pool().statistics().liveBuffers();
      assertThatThrownBy(() -> optimizer.attach(model.parameters()))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(text);
      assertThat(backend.pool().statistics().liveBuffers()).isEqualTo(live);
    }
  }

  @Test
  void groupsAreDeclaredBeforeTraining() {
    try (ReferenceBackend backend = new ReferenceBackend();
        Module model = model(backend);
        Optimizer optimizer = new Sgd(0.1)) {
      optimizer.attach(model.parameters());
      assertThatThrownBy(() -> optimizer.group(BIASES))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("Sgd: a group is set before training");
    }
  }

  /** They would pass unheard, or ask for state that is not there. */
  @Test
  void settingsAreMadeBeforeTraining() {
    Sgd sgd = new Sgd(0.1);
    requireFixed(sgd, () -> sgd.weightDecay(0.1), "weight decay");
    requireFixed(sgd, () -> sgd.momentum(0.9), "momentum");
    requireFixed(sgd, () -> sgd.nesterov(true), "nesterov");
    Adam adam = new Adam(0.1);
    requireFixed(adam, () -> adam.amsgrad(true), "amsgrad");
    requireFixed(adam, () -> adam.betas(0.5, 0.5), "beta1");
    RmsProp rmsProp = new RmsProp(0.1);
    requireFixed(rmsProp, () -> rmsProp.centered(true), "centered");
  }

  private static void requireFixed(Optimizer optimizer, Runnable setting, String name) {
    try (ReferenceBackend backend = new ReferenceBackend();
        Module model = model(backend)) {
      optimizer.attach(model.parameters());
      Map<String, String> before = optimizer.settings();
      assertThatThrownBy(setting::run)
          .isInstanceOf(IllegalStateException.class)
          .hasMessage(
              optimizer.getClass().getSimpleName()
                  + ": "
                  + name
                  + " is set before training, and this one already works on a model; only"
                  + " learningRate(rate) may change then");
      assertThat(optimizer.settings()).isEqualTo(before);
      optimizer.learningRate(0.2);
      optimizer.close();
      setting.run();
    }
  }
}
