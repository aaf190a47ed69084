package org.oncilla.examples;

import java.util.List;
import org.oncilla.backend.Backend;
import org.oncilla.backend.Backends;
import org.oncilla.data.Dataset;
import org.oncilla.datasets.Mnist;
import org.oncilla.loss.BceWithLogitsLoss;
import org.oncilla.metric.MultilabelConfusionMatrix;
import org.oncilla.nn.Conv2d;
import org.oncilla.nn.Flatten;
import org.oncilla.nn.Linear;
import org.oncilla.nn.MaxPool2d;
import org.oncilla.nn.Module;
import org.oncilla.nn.ReLU;
import org.oncilla.nn.Sequential;
import org.oncilla.optim.Adam;
import org.oncilla.train.EpochLog;
import org.oncilla.train.Evaluator;
import org.oncilla.train.Trainer;

/**
 * Several labels at once: is a handwritten digit even, prime, above four, drawn with a loop? Each
 * output is a sigmoid of its own, for the answers do not exclude one another, as those of a softmax
 * would. After two epochs all four are right for 0.977 of the test digits.
 */
public final class DigitProperties {
  private static final List<String> PROPERTIES = List.of("even", "prime", "above four", "loop");

  private DigitProperties() {}

  /** Trains on MNIST for two epochs and prints precision and recall of each property. */
  public static void main(String[] args) {
    MultilabelConfusionMatrix counts = train(Backends.get(), Mnist.train(), Mnist.test(), 2);
    System.out.println(counts.report());
    System.out.printf("all four right: %.4f%n", counts.value());
  }

  /**
   * Trains, and counts on the test digits.
   *
   * @return how often each property was rightly and wrongly seen
   */
  public static MultilabelConfusionMatrix train(
      Backend backend, Dataset train, Dataset test, int epochs) {
    var counts = new MultilabelConfusionMatrix(0, PROPERTIES);
    var loss = new BceWithLogitsLoss();
    try (Module net = net();
        Trainer trainer =
            Trainer.of(net)
                .backend(backend)
                .loss(loss)
                .optimizer(new Adam(2e-3))
                .listener(new EpochLog())
                .seed(42)
                .build()) {
      trainer.fit(properties(train).shuffled(42).batches(64), null, epochs);
      try (Evaluator evaluator = new Evaluator(net, loss, List.of(counts))) {
        evaluator.evaluate(properties(test).batches(250));
      }
    }
    return counts;
  }

  private static Module net() {
    return new Sequential(
        new Conv2d(8, 3),
        new ReLU(),
        new MaxPool2d(2),
        new Conv2d(16, 3),
        new ReLU(),
        new MaxPool2d(2),
        new Flatten(),
        new Linear(64),
        new ReLU(),
        new Linear(PROPERTIES.size()));
  }

  private static Dataset properties(Dataset digits) {
    return digits.withTargets(
        digit ->
            new float[] {
              indicator(digit % 2 == 0),
              indicator(List.of(2, 3, 5, 7).contains(digit)),
              indicator(digit > 4),
              indicator(List.of(0, 6, 8, 9).contains(digit))
            });
  }

  private static float indicator(boolean holds) {
    return holds ? 1 : 0;
  }
}
