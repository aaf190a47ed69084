package org.oncilla.tests.nn;

import java.util.List;
import org.oncilla.nn.AvgPool2d;
import org.oncilla.nn.Concat;
import org.oncilla.nn.Conv2d;
import org.oncilla.nn.Dropout;
import org.oncilla.nn.Graph;
import org.oncilla.nn.Linear;
import org.oncilla.nn.Module;
import org.oncilla.nn.ReLU;
import org.oncilla.nn.Residual;
import org.oncilla.nn.Sequential;
import org.oncilla.nn.Sigmoid;
import org.oncilla.nn.Tanh;

/** Modules that hold others. */
final class CompositeLayerCases {
  private CompositeLayerCases() {}

  static List<LayerCase> all() {
    return List.of(
        LayerCase.of("residual around one layer", () -> new Residual(new Linear(4)), 3, 4),
        LayerCase.of("residual with a shortcut", CompositeLayerCases::residual, 2, 3, 6, 5),
        LayerCase.of("residual of dropout", () -> new Residual(new Dropout(0.5)), 3, 4),
        LayerCase.of("residual of dropout", () -> new Residual(new Dropout(0.5)), 3, 4).evaluated(),
        LayerCase.of(
            "concatenated branches",
            () -> new Concat(new Linear(3), new Sequential(new Linear(2), new Tanh())),
            3,
            4),
        LayerCase.of("inception block", CompositeLayerCases::inception, 2, 3, 5, 4),
        LayerCase.of("graph", CompositeLayerCases::graph, 2, 3, 4, 5),
        LayerCase.of("graph of two steps", CompositeLayerCases::folding, 3, 4));
  }

  private static Module residual() {
    return new Residual(
        new Sequential(
            new Conv2d(4, 3).stride(2).padding(1), new Tanh(), new Conv2d(4, 3).padding(1)),
        new Conv2d(4, 1).stride(2).bias(false));
  }

  private static Module inception() {
    return new Concat(
        new Conv2d(2, 1),
        new Sequential(new Conv2d(2, 1), new Tanh(), new Conv2d(3, 3).padding(1), new Sigmoid()),
        new Sequential(new AvgPool2d(3, 1, 1), new Conv2d(1, 1)));
  }

  /** Declared out of order; "narrow" is read twice, the input three times. */
  private static Module graph() {
    return Graph.builder()
        .sum("sum", "expand", "skip", "expand")
        .apply("skip", new Conv2d(4, 1), Graph.INPUT)
        .concat("both", "narrow", "bent", Graph.INPUT)
        .apply("narrow", new Conv2d(2, 1), Graph.INPUT)
        .apply("bent", new Tanh(), "wide")
        .apply("wide", new Conv2d(3, 3).padding(1), "narrow")
        .apply("expand", new Conv2d(4, 1), "both")
        .build("sum");
  }

  private static Module folding() {
    return Graph.builder()
        .apply("dense", new Linear(6), Graph.INPUT)
        .apply("positive", new ReLU(), "dense")
        .build("positive");
  }
}
