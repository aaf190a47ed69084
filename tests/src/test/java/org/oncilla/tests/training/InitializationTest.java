package org.oncilla.tests.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.oncilla.data.ArrayDataset;
import org.oncilla.loss.BceWithLogitsLoss;
import org.oncilla.nn.Initializer;
import org.oncilla.nn.Initializers;
import org.oncilla.nn.Linear;
import org.oncilla.nn.Module;
import org.oncilla.nn.Sequential;
import org.oncilla.nn.Sigmoid;
import org.oncilla.nn.Tanh;
import org.oncilla.optim.Adam;
import org.oncilla.tensor.NoGrad;
import org.oncilla.tensor.Scope;
import org.oncilla.tensor.Shape;
import org.oncilla.tensor.Tensor;
import org.oncilla.tests.TestBackends;
import org.oncilla.tests.TestBackends.TestBackend;
import org.oncilla.train.Trainer;

/** What first weights do to a training. */
class InitializationTest {
  private static final int HIDDEN = 8;
  private static final float[] INPUTS = {0, 0, 0, 1, 1, 0, 1, 1};
  private static final float[] OR = {0, 1, 1, 1};
  private static final float[] XOR = {0, 1, 1, 0};

  static List<TestBackend> backends() {
    return TestBackends.present();
  }

  /** They learn what one of them alone can learn: OR, but not XOR. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("backends")
  void hiddenUnitsThatStartAtZeroStayEqual(TestBackend target) {
    try (Module net = net(Initializers.zeros(), new Sigmoid())) {
      assertThat(mistakes(net, target, OR)).isZero();
      double[] hidden = weights(net, "0.weight");
      double[] output = weights(net, "2.weight");
      assertThat(Math.abs(hidden[0])).isGreaterThan(1);
      assertThat(Math.abs(output[0])).isGreaterThan(1);
      for (int unit = 1; unit < HIDDEN; unit++) {
        assertThat(hidden[2 * unit]).isCloseTo(hidden[0], within(1e-4));
        assertThat(hidden[2 * unit + 1]).isCloseTo(hidden[1], within(1e-4));
        assertThat(output[unit]).isCloseTo(output[0], within(1e-4));
      }
    }
    try (Module net = net(Initializers.zeros(), new Sigmoid())) {
      assertThat(mistakes(net, target, XOR)).isPositive();
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("backends")
  void hiddenUnitsThatStartApartLearnXor(TestBackend target) {
    for (Initializer initializer :
        List.of(
            Initializers.orthogonal(),
            Initializers.glorotUniform(),
            Initializers.normal(0, 0.5),
            Initializers.truncatedNormal(0, 0.5, -1, 1))) {
      try (Module net = net(initializer, new Tanh())) {
        assertThat(mistakes(net, target, XOR)).isZero();
      }
    }
  }

  private static Module net(Initializer initializer, Module activation) {
    return new Sequential(
        new Linear(HIDDEN).weightInitializer(initializer),
        activation,
        new Linear(1).weightInitializer(initializer));
  }

  /** How many of the four cases are wrong after 400 steps on all of them. */
  private static long mistakes(Module net, TestBackend target, float[] targets) {
    var cases = ArrayDataset.ofTargets(Shape.of(2), INPUTS, Shape.of(1), targets);
    try (Trainer trainer =
        Trainer.of(net)
            .backend(target.backend())
            .loss(new BceWithLogitsLoss())
            .optimizer(new Adam(0.1))
            .seed(3)
            .build()) {
      trainer.fit(cases.batches(4), null, 400);
    }
    try (Scope scope = Scope.open();
        NoGrad off = NoGrad.open()) {
      double[] logits =
          net.forward(Tensor.of(target.backend(), INPUTS, Shape.of(4, 2))).toDoubleArray();
      return IntStream.range(0, 4).filter(i -> logits[i] > 0 != targets[i] > 0.5).count();
    }
  }

  private static double[] weights(Module net, String name) {
    return net.parameters().find(name).value().toDoubleArray();
  }
}
