package org.oncilla.benchmarks.workload;

/**
 * Forward passes without gradients, up to the logits in a Java array.
 *
 * @param network what computes
 * @param single one sample at a time, or else the batch of training
 */
public record InferenceWorkload(Network network, boolean single) implements Workload {
  /** Samples of a step. */
  public int batch() {
    return single ? 1 : network.batch();
  }

  @Override
  public String name() {
    return "infer/" + network.name() + (single ? "/1" : "/batch");
  }
}
