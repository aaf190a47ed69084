package org.oncilla.cpu;

import static org.oncilla.backend.DType.FLOAT32;

import org.oncilla.backend.ArgumentChecks;
import org.oncilla.backend.Span;
import org.oncilla.backend.UpdateKernels;
import org.oncilla.cpu.simd.UpdateOps;

/** Optimizer steps in chunks of consecutive parameters. */
final class CpuUpdate implements UpdateKernels {
  private final CpuContext context;
  private final UpdateOps ops;

  CpuUpdate(CpuContext context) {
    this.context = context;
    this.ops = context.simd().updates();
  }

  @Override
  public void sgd(Sgd options, Span parameters, Span gradients, Span velocity) {
    ArgumentChecks.sgd(FLOAT32, options, parameters, gradients, velocity);
    int length = parameters.length();
    boolean hasMomentum = options.momentum() != 0;
    UpdateOps.SgdStep step =
        new UpdateOps.SgdStep(
            (float) options.learningRate(),
            (float) options.weightDecay(),
            (float) options.momentum(),
            options.firstStep() ? 1f : (float) (1 - options.dampening()),
            options.nesterov(),
            options.firstStep());
    float[] p = CpuBuffer.floats(parameters);
    float[] g = CpuBuffer.floats(gradients);
    float[] v = hasMomentum ? CpuBuffer.floats(velocity) : null;
    int velocityOffset = hasMomentum ? velocity.offset() : 0;
    context.forEachChunk(
        length,
        (from, to) ->
            ops.sgd(
                step,
                p,
                parameters.offset() + from,
                g,
                gradients.offset() + from,
                v,
                velocityOffset + from,
                to - from));
  }

  @Override
  public void adam(
      Adam options, Span parameters, Span gradients, Span firstMoment, Span secondMoment) {
    ArgumentChecks.adam(FLOAT32, parameters, gradients, firstMoment, secondMoment);
    int length = parameters.length();
    UpdateOps.AdamStep step = adamStep(options);
    float[] p = CpuBuffer.floats(parameters);
    float[] g = CpuBuffer.floats(gradients);
    float[] m = CpuBuffer.floats(firstMoment);
    float[] v = CpuBuffer.floats(secondMoment);
    context.forEachChunk(
        length,
        (from, to) ->
            ops.adam(
                step,
                p,
                parameters.offset() + from,
                g,
                gradients.offset() + from,
                m,
                firstMoment.offset() + from,
                v,
                secondMoment.offset() + from,
                to - from));
  }

  private static UpdateOps.AdamStep adamStep(Adam options) {
    double rate = options.learningRate();
    double decay = options.weightDecay();
    return new UpdateOps.AdamStep(
        options.decoupled() ? (float) (1 - rate * decay) : 1f,
        options.decoupled() ? 0f : (float) decay,
        (float) (rate / (1 - Math.pow(options.beta1(), options.step()))),
        (float) options.beta1(),
        (float) (1 - options.beta1()),
        (float) options.beta2(),
        (float) (1 - options.beta2()),
        (float) (1 / Math.sqrt(1 - Math.pow(options.beta2(), options.step()))),
        (float) options.epsilon());
  }
}
