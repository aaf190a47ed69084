package org.oncilla.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.oncilla.cli.zoo.ZooModel;
import org.oncilla.optim.Optimizer;

/** A resumed training finds its optimizer by the name in the checkpoint. */
class OptimizerChoiceTest {
  @ParameterizedTest
  @EnumSource(OptimizerChoice.class)
  void isNamedAsInCheckpoints(OptimizerChoice choice) {
    try (Optimizer optimizer = choice.create(0.25, 0.125)) {
      assertThat(optimizer.settings())
          .containsEntry(Optimizer.TYPE, choice.toString())
          .containsEntry("learning_rate", "0.25")
          .containsEntry("weight_decay", "0.125");
    }
  }

  @ParameterizedTest
  @EnumSource(OptimizerChoice.class)
  void hasARateForEveryModel(OptimizerChoice choice) {
    for (ZooModel model : ZooModel.values()) {
      assertThat(choice.learningRate(model.recipe())).isPositive();
      assertThat(choice.weightDecay(model.recipe())).isNotNegative();
    }
  }
}
