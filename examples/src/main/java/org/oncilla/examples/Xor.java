package org.oncilla.examples;

import org.oncilla.backend.Backend;
import org.oncilla.backend.Backends;
import org.oncilla.data.ArrayDataset;
import org.oncilla.loss.BceWithLogitsLoss;
import org.oncilla.nn.Linear;
import org.oncilla.nn.Module;
import org.oncilla.nn.Sequential;
import org.oncilla.nn.Tanh;
import org.oncilla.optim.Adam;
import org.oncilla.tensor.NoGrad;
import org.oncilla.tensor.Scope;
import org.oncilla.tensor.Shape;
import org.oncilla.tensor.Tensor;
import org.oncilla.train.Trainer;

/**
 * XOR, which no single neuron can compute, learnt by a net of 2-4-1 units from random weights. It
 * gets all four cases right.
 */
public final class Xor {
  private static final float[] INPUTS = {0, 0, 0, 1, 1, 0, 1, 1};
  private static final float[] TARGETS = {0, 1, 1, 0};

  private Xor() {}

  /** Trains, and prints the probability of 1 for each case. */
  public static void main(String[] args) {
    double[] answers = train(Backends.get(), 42);
    for (int i = 0; i < answers.length; i++) {
      System.out.printf(
          "%.0f xor %.0f = %.0f: %.4f%n", INPUTS[2 * i], INPUTS[2 * i + 1], TARGETS[i], answers[i]);
    }
  }

  /**
   * Trains for 300 steps on all four cases.
   *
   * @param seed of the initial weights
   * @return the probability of 1 for (0, 0), (0, 1), (1, 0) and (1, 1)
   */
  public static double[] train(Backend backend, long seed) {
    var cases = ArrayDataset.ofTargets(Shape.of(2), INPUTS, Shape.of(1), TARGETS);
    try (Module net = new Sequential(new Linear(4), new Tanh(), new Linear(1));
        Trainer trainer =
            Trainer.of(net)
                .backend(backend)
                .loss(new BceWithLogitsLoss())
                .optimizer(new Adam(0.05))
                .seed(seed)
                .build()) {
      trainer.fit(cases.batches(4), null, 300);
      try (Scope scope = Scope.open();
          NoGrad off = NoGrad.open()) {
        Tensor logits = net.forward(Tensor.of(backend, INPUTS, Shape.of(4, 2)));
        return logits.sigmoid().toDoubleArray();
      }
    }
  }
}
