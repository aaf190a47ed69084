package org.oncilla.tests.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.oncilla.nn.AvgPool2d;
import org.oncilla.nn.Conv2d;
import org.oncilla.nn.Flatten;
import org.oncilla.nn.Linear;
import org.oncilla.nn.MaxPool2d;
import org.oncilla.nn.Module;
import org.oncilla.nn.ReLU;
import org.oncilla.nn.Sequential;
import org.oncilla.nn.Summary;
import org.oncilla.nn.Tanh;
import org.oncilla.tensor.Shape;

/** Sizes and parameter counts that the course works out by hand. */
class ModelSummaryTest {
  @Test
  void sizesLeNet5() {
    Summary summary =
        new Sequential(
                new Conv2d(6, 5),
                new Tanh(),
                new AvgPool2d(2),
                new Conv2d(16, 5),
                new Tanh(),
                new AvgPool2d(2),
                new Conv2d(120, 5),
                new Tanh(),
                new Flatten(),
                new Linear(84),
                new Tanh(),
                new Linear(10))
            .summary(Shape.of(1, 32, 32));
    assertThat(summary.layers().stream().mapToInt(Summary.Layer::parameters).filter(n -> n > 0))
        .containsExactly(156, 2_416, 48_120, 10_164, 850);
    assertThat(summary.parameters()).isEqualTo(61_706);
    assertThat(summary.toString())
        .contains("0 Conv2d", "[N, 6, 28, 28]", "[N, 120, 1, 1]", "48,120", "61,706");
  }

  @Test
  void sizesTheAlexNetStyleNet() {
    Summary summary =
        new Sequential(
                new Conv2d(96, 11).stride(4).padding(5),
                new ReLU(),
                new MaxPool2d(2),
                new Conv2d(256, 5).padding(2),
                new ReLU(),
                new MaxPool2d(2),
                new Conv2d(384, 3).padding(1),
                new ReLU(),
                new Flatten(),
                new Linear(84),
                new ReLU(),
                new Linear(10))
            .summary(Shape.of(3, 32, 32));
    assertThat(summary.layers().stream().map(Summary.Layer::output))
        .contains(
            Shape.of(96, 8, 8),
            Shape.of(96, 4, 4),
            Shape.of(256, 4, 4),
            Shape.of(256, 2, 2),
            Shape.of(384, 2, 2));
    assertThat(summary.parameters()).isEqualTo(1_664_678);
  }

  @Test
  void namesTheLayerThatDoesNotFit() {
    Module tooDeep = new Sequential(new Conv2d(6, 5), new MaxPool2d(2), new Conv2d(16, 5));
    assertThatThrownBy(() -> tooDeep.summary(Shape.of(1, 8, 8)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("layer 2 (Conv2d) with input of shape [6, 2, 2]")
        .hasMessageContaining("a kernel of height 5 does not fit the padded input of height 2")
        .hasMessageContaining("use a smaller kernel or more padding");
    assertThatThrownBy(() -> new Sequential(new Linear(3)).summary(Shape.of(1, 8, 8)))
        .hasMessageContaining("layer 0 (Linear)")
        .hasMessageContaining("put a Flatten before it");
    assertThatThrownBy(() -> new Sequential(new Conv2d(4, 3).groups(3)).summary(Shape.of(3, 8, 8)))
        .hasMessageContaining(
            "groups 3 must divide the 3 input channels and the 4 output channels");
    assertThatThrownBy(() -> new Sequential(new Conv2d(4, 3)).summary(Shape.of(8)))
        .hasMessageContaining("Conv2d needs images, [C, H, W], but gets [8]");
  }
}
