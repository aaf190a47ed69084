package org.oncilla.metric;

import org.oncilla.tensor.Tensor;

/** A metric of real outputs and targets [N, …] of one shape, summed in double precision. */
abstract class RegressionMetric extends DeferredMetric {
  /** Counts an output of a sample; samples come one after the other. */
  abstract void count(int column, double output, double target);

  /** Is told the number of outputs of a sample before one is counted. */
  void columns(int number) {}

  @Override
  protected final void requireFitting(Tensor output, Tensor target) {
    Fitting.requireSame(
        name(),
        "for one value a sample, give the data set targets of shape [1]; for labels and one output"
            + " a class there is Accuracy",
        output,
        target);
    columns(Fitting.columns(output));
  }

  @Override
  protected final Tensor kept(Tensor output) {
    return output.detach();
  }

  @Override
  protected final Tensor keptTarget(Tensor target) {
    return target.detach();
  }

  @Override
  protected final void count(Tensor output, Tensor target) {
    double[] outputs = output.toDoubleArray();
    double[] targets = target.toDoubleArray();
    int columns = Fitting.columns(output);
    for (int i = 0; i < outputs.length; i++) {
      count(i % columns, outputs[i], targets[i]);
    }
  }
}
