package org.oncilla.tests.nn;

import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.oncilla.nn.AvgPool2d;
import org.oncilla.nn.Conv2d;
import org.oncilla.nn.Dropout;
import org.oncilla.nn.Flatten;
import org.oncilla.nn.Linear;
import org.oncilla.nn.MaxPool2d;
import org.oncilla.nn.ReLU;
import org.oncilla.nn.Sequential;
import org.oncilla.nn.Sigmoid;
import org.oncilla.nn.Tanh;

/** Every layer of the library, as the source of parameterized tests. */
final class LayerCases {
  private static final List<Supplier<List<LayerCase>>> GROUPS =
      List.of(
          LayerCases::basic,
          CompositeLayerCases::all,
          SequenceLayerCases::all,
          ActivationLayerCases::all,
          NormalizationLayerCases::all,
          ImageLayerCases::all);

  private LayerCases() {}

  static Stream<LayerCase> all() {
    return GROUPS.stream().flatMap(group -> group.get().stream());
  }

  static Stream<LayerCase> differentiable() {
    return all().filter(layer -> !layer.indices());
  }

  private static List<LayerCase> basic() {
    return List.of(
        LayerCase.of("linear", () -> new Linear(5), 3, 4),
        LayerCase.of("linear without bias", () -> new Linear(1).bias(false), 1, 7),
        LayerCase.of("conv2d", () -> new Conv2d(4, 3).padding(1), 2, 3, 5, 4),
        LayerCase.of("conv2d, strided groups", () -> conv2dInGroups(), 2, 4, 7, 6),
        LayerCase.of("max pooling", () -> new MaxPool2d(2), 2, 3, 6, 5),
        LayerCase.of("average pooling", () -> new AvgPool2d(3, 2, 1), 2, 3, 6, 5),
        LayerCase.of("flatten", Flatten::new, 3, 2, 4, 2),
        LayerCase.of("dropout", () -> new Dropout(0.4), 5, 9),
        LayerCase.of("dropout", () -> new Dropout(0.4), 5, 9).evaluated(),
        LayerCase.of("a net of 2-1-2 units", LayerCases::tinyNet, 3, 2),
        LayerCase.of(
            "sequential that folds",
            () ->
                new Sequential(
                    new Linear(2),
                    new ReLU(),
                    new Linear(2),
                    new Sigmoid(),
                    new Linear(1),
                    new Sigmoid()),
            4,
            3));
  }

  private static Sequential tinyNet() {
    return new Sequential(new Linear(1), new Tanh(), new Linear(2), new Sigmoid());
  }

  private static Conv2d conv2dInGroups() {
    return new Conv2d(6, 3).stride(2).padding(1).dilation(2).groups(2).bias(false);
  }
}
