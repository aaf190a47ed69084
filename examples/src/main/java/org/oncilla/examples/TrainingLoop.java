package org.oncilla.examples;

import org.oncilla.backend.Backend;
import org.oncilla.backend.Backends;
import org.oncilla.loss.BceWithLogitsLoss;
import org.oncilla.nn.Linear;
import org.oncilla.nn.Module;
import org.oncilla.nn.Sequential;
import org.oncilla.nn.Tanh;
import org.oncilla.optim.AdamW;
import org.oncilla.optim.ParameterGroup;
import org.oncilla.tensor.Scope;
import org.oncilla.tensor.Shape;
import org.oncilla.tensor.Tensor;

/** A training loop of one's own, without a trainer: XOR again. */
public final class TrainingLoop {
  private TrainingLoop() {}

  /** Trains, and prints the loss at the end. */
  public static void main(String[] args) {
    System.out.printf("loss %.6f%n", train(Backends.get()));
  }

  /**
   * Trains for 300 steps on all four cases.
   *
   * @return the loss of the last step
   */
  public static double train(Backend backend) {
    // begin
    double last = 0;
    try (Tensor x = Tensor.of(backend, new float[] {0, 0, 0, 1, 1, 0, 1, 1}, Shape.of(4, 2));
        Tensor y = Tensor.of(backend, new float[] {0, 1, 1, 0}, Shape.of(4, 1));
        Module net = new Sequential(new Linear(4), new Tanh(), new Linear(1));
        var optimizer = new AdamW(0.05)) {
      net.initialize(backend, Shape.of(2), 42);
      optimizer.group(
          ParameterGroup.of("biases", weight -> weight.shape().rank() < 2).weightDecay(0));
      optimizer.attach(net.parameters());
      for (int step = 0; step < 300; step++) {
        try (Scope scope = Scope.open()) { // frees what the step makes
          net.parameters().zeroGrad();
          Tensor loss = new BceWithLogitsLoss().forward(net.forward(x), y);
          loss.backward();
          optimizer.step();
          last = loss.item(); // waits for the device; leave it out where nobody looks
        }
      }
    }
    // end
    return last;
  }
}
