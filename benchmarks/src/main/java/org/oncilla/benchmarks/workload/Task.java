package org.oncilla.benchmarks.workload;

/** A workload on one library, ready to run. */
public interface Task extends AutoCloseable {
  /** Number of weights; 0 where there are none. */
  default int parameterCount() {
    return 0;
  }

  /** Goes back to the initial weights and an optimizer that took no step; not timed. */
  default void reset() {}

  /** One step, to the end: nothing may still be running when it returns. */
  void step();

  /**
   * What the last step computed, as one number that every library must agree on: the loss, or the
   * mean square of the results. Not timed.
   */
  double value();

  @Override
  void close();
}
