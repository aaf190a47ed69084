package org.oncilla.tests.nn;

import java.util.List;
import org.oncilla.nn.Conv2d;
import org.oncilla.nn.ELU;
import org.oncilla.nn.Flatten;
import org.oncilla.nn.GELU;
import org.oncilla.nn.HardSigmoid;
import org.oncilla.nn.Identity;
import org.oncilla.nn.LeakyReLU;
import org.oncilla.nn.Linear;
import org.oncilla.nn.LogSoftmax;
import org.oncilla.nn.PReLU;
import org.oncilla.nn.RReLU;
import org.oncilla.nn.ReLU;
import org.oncilla.nn.SELU;
import org.oncilla.nn.Sequential;
import org.oncilla.nn.SiLU;
import org.oncilla.nn.Sigmoid;
import org.oncilla.nn.Softmax;
import org.oncilla.nn.Softplus;
import org.oncilla.nn.Step;
import org.oncilla.nn.Tanh;

/** Activations by themselves, and after layers that fold some of them and others not. */
final class ActivationLayerCases {
  private ActivationLayerCases() {}

  static List<LayerCase> all() {
    return List.of(
        LayerCase.of("relu", ReLU::new, 4, 5),
        LayerCase.of("tanh", Tanh::new, 4, 5),
        LayerCase.of("sigmoid", Sigmoid::new, 4, 5),
        LayerCase.of("softmax", Softmax::new, 4, 5),
        LayerCase.of("log-softmax", LogSoftmax::new, 4, 5),
        LayerCase.of("step", Step::new, 4, 5),
        LayerCase.of("identity", Identity::new, 4, 5),
        LayerCase.of("leaky relu", LeakyReLU::new, 4, 5),
        LayerCase.of("leaky relu, slope 0.3", () -> new LeakyReLU(0.3), 2, 3, 4, 5),
        LayerCase.of("elu", ELU::new, 4, 5),
        LayerCase.of("elu, alpha 0.4", () -> new ELU(0.4), 17),
        LayerCase.of("selu", SELU::new, 4, 5),
        LayerCase.of("gelu", GELU::new, 4, 5),
        LayerCase.of("silu", SiLU::new, 4, 5),
        LayerCase.of("softplus", Softplus::new, 4, 5),
        LayerCase.of("hard sigmoid", HardSigmoid::new, 4, 5),
        LayerCase.of("randomized leaky relu", RReLU::new, 4, 5),
        LayerCase.of("randomized leaky relu", () -> new RReLU(0.2, 0.9), 3, 2, 5).evaluated(),
        LayerCase.of("prelu", PReLU::new, 2, 3, 4, 5),
        LayerCase.of("prelu per channel", () -> new PReLU().perChannel(true), 2, 3, 4, 5),
        LayerCase.of("prelu per unit", () -> new PReLU().perChannel(true).initial(0), 6, 5),
        LayerCase.of("activations that fold and others", ActivationLayerCases::net, 2, 2, 4, 4));
  }

  private static Sequential net() {
    return new Sequential(
        new Conv2d(2, 3).padding(1),
        new Identity(),
        new PReLU().perChannel(true),
        new Flatten(),
        new Linear(3),
        new Sigmoid(),
        new LeakyReLU(0.2),
        new Linear(3),
        new GELU(),
        new Linear(2),
        new RReLU());
  }
}
