package org.oncilla.benchmarks.workload;

/** Something that is measured on every library in the same way. */
public sealed interface Workload
    permits TrainingWorkload, InferenceWorkload, MatmulWorkload, ConvolutionWorkload {
  /** The name it has in every program that measures, such as {@code train/lenet5/b64/sgd}. */
  String name();

  /**
   * Floating-point operations of one step, a multiplication and an addition counting as two; 0
   * where the rate of operations would say nothing.
   */
  default double flops() {
    return 0;
  }
}
