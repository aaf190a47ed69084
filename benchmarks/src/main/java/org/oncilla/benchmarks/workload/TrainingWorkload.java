package org.oncilla.benchmarks.workload;

/**
 * Whole training steps on one batch: zero the gradients, forward, cross-entropy, backward, update,
 * and read the loss.
 *
 * @param network what is trained
 */
public record TrainingWorkload(Network network) implements Workload {
  @Override
  public String name() {
    return "train/" + network.name() + "/b" + network.batch() + "/" + network.optimizerName();
  }
}
