package org.oncilla.examples;

import org.oncilla.backend.Backend;
import org.oncilla.backend.Backends;
import org.oncilla.data.Dataset;
import org.oncilla.data.ImageDataset;
import org.oncilla.data.Normalization;
import org.oncilla.datasets.Mnist;
import org.oncilla.loss.BceWithLogitsLoss;
import org.oncilla.metric.BinaryAccuracy;
import org.oncilla.nn.Flatten;
import org.oncilla.nn.Linear;
import org.oncilla.nn.Module;
import org.oncilla.nn.ReLU;
import org.oncilla.nn.Sequential;
import org.oncilla.nn.Upsample;
import org.oncilla.nn.ZeroPad2d;
import org.oncilla.optim.Adam;
import org.oncilla.train.EpochLog;
import org.oncilla.train.Evaluation;
import org.oncilla.train.Trainer;

/**
 * "Is it a 9?" asked of handwritten digits of 64×64 pixels by a net of 4096-100-20-1 units. One
 * digit in ten is a 9, so that 0.90 of the answers are right by always saying no; it gets 0.99 of
 * them right after two epochs.
 */
public final class IsItANine {
  private IsItANine() {}

  /** Trains on MNIST's 60,000 digits and prints how good it is on the 10,000 others. */
  public static void main(String[] args) {
    Evaluation test = train(Backends.get(), Mnist.train(), Mnist.test(), 2);
    System.out.printf("accuracy on the test digits: %.4f%n", test.metric("binary_accuracy"));
  }

  /**
   * Trains, and measures after each epoch.
   *
   * @return loss and accuracy on the test digits
   */
  public static Evaluation train(
      Backend backend, ImageDataset train, ImageDataset test, int epochs) {
    try (Module net = net();
        Trainer trainer =
            Trainer.of(net)
                .backend(backend)
                .loss(new BceWithLogitsLoss())
                .optimizer(new Adam(1e-3))
                .metrics(BinaryAccuracy.ofLogits())
                .listener(new EpochLog())
                .seed(42)
                .build()) {
      return trainer
          .fit(nines(train).shuffled(42).batches(64), nines(test).batches(250), epochs)
          .last()
          .validation();
    }
  }

  /** 28×28 pixels are framed to 32×32 and doubled to 64×64; the other layers are the course's. */
  private static Module net() {
    return new Sequential(
        new ZeroPad2d(2),
        new Upsample(2),
        new Flatten(),
        new Linear(100),
        new ReLU(),
        new Linear(20),
        new ReLU(),
        new Linear(1));
  }

  /** Pixels from 0 (paper) to 1 (ink), and 1 for a 9, 0 for any other digit. */
  private static Dataset nines(ImageDataset digits) {
    return digits
        .normalized(Normalization.UNIT)
        .withTargets(digit -> new float[] {digit == 9 ? 1 : 0});
  }
}
