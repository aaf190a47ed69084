package org.oncilla.cpu;

import static org.oncilla.backend.DType.FLOAT32;

import org.oncilla.backend.ArgumentChecks;
import org.oncilla.backend.Span;
import org.oncilla.backend.UpdateKernels;
import org.oncilla.cpu.simd.Slice;
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
    UpdateOps.SgdStep step =
        new UpdateOps.SgdStep(
            (float) options.learningRate(),
            (float) options.weightDecay(),
            (float) options.momentum(),
            options.firstStep() ? 1f : (float) (1 - options.dampening()),
            options.nesterov(),
            options.firstStep());
    Slice p = slice(parameters);
    Slice g = slice(gradients);
    Slice v = options.momentum() == 0 ? null : slice(velocity);
    context.forEachChunk(parameters.length(), (from, to) -> ops.sgd(step, p, g, v, from, to));
  }

  @Override
  public void rmsProp(
      RmsProp options,
      Span parameters,
      Span gradients,
      Span squareAverage,
      Span velocity,
      Span average) {
    ArgumentChecks.rmsProp(
        FLOAT32, options, parameters, gradients, squareAverage, velocity, average);
    UpdateOps.RmsPropStep step =
        new UpdateOps.RmsPropStep(
            (float) options.learningRate(),
            (float) options.weightDecay(),
            (float) options.alpha(),
            (float) (1 - options.alpha()),
            (float) options.epsilon(),
            (float) options.momentum(),
            options.centered());
    Slice p = slice(parameters);
    Slice g = slice(gradients);
    Slice v = slice(squareAverage);
    Slice b = options.momentum() == 0 ? null : slice(velocity);
    Slice a = options.centered() ? slice(average) : null;
    context.forEachChunk(
        parameters.length(), (from, to) -> ops.rmsProp(step, p, g, v, b, a, from, to));
  }

  @Override
  public void adagrad(Adagrad options, Span parameters, Span gradients, Span squareSum) {
    ArgumentChecks.adagrad(FLOAT32, parameters, gradients, squareSum);
    double slowing = 1 + (options.step() - 1) * options.learningRateDecay();
    UpdateOps.AdagradStep step =
        new UpdateOps.AdagradStep(
            (float) (options.learningRate() / slowing),
            (float) options.weightDecay(),
            (float) options.epsilon());
    Slice p = slice(parameters);
    Slice g = slice(gradients);
    Slice s = slice(squareSum);
    context.forEachChunk(parameters.length(), (from, to) -> ops.adagrad(step, p, g, s, from, to));
  }

  @Override
  public void adadelta(
      Adadelta options, Span parameters, Span gradients, Span squareAverage, Span deltaAverage) {
    ArgumentChecks.adadelta(FLOAT32, parameters, gradients, squareAverage, deltaAverage);
    UpdateOps.AdadeltaStep step =
        new UpdateOps.AdadeltaStep(
            (float) options.learningRate(),
            (float) options.weightDecay(),
            (float) options.rho(),
            (float) (1 - options.rho()),
            (float) options.epsilon());
    Slice p = slice(parameters);
    Slice g = slice(gradients);
    Slice v = slice(squareAverage);
    Slice u = slice(deltaAverage);
    context.forEachChunk(
        parameters.length(), (from, to) -> ops.adadelta(step, p, g, v, u, from, to));
  }

  @Override
  public void adam(
      Adam options,
      Span parameters,
      Span gradients,
      Span firstMoment,
      Span secondMoment,
      Span largestSecondMoment) {
    ArgumentChecks.adam(
        FLOAT32, options, parameters, gradients, firstMoment, secondMoment, largestSecondMoment);
    UpdateOps.AdamStep step = adamStep(options);
    Slice p = slice(parameters);
    Slice g = slice(gradients);
    Slice m = slice(firstMoment);
    Slice v = slice(secondMoment);
    Slice x = options.amsgrad() ? slice(largestSecondMoment) : null;
    context.forEachChunk(
        parameters.length(), (from, to) -> ops.adam(step, p, g, m, v, x, from, to));
  }

  private static UpdateOps.AdamStep adamStep(Adam options) {
    double rate = options.learningRate();
    double decay = options.weightDecay();
    return new UpdateOps.AdamStep(
        options.decoupled() ? (float) (1 - rate * decay) : 1f,
        options.decoupled() ? 0f : (float) decay,
        (float) (rate / (1 - Math.pow(options.beta1(), options.step()))),
        0f,
        (float) options.beta1(),
        (float) (1 - options.beta1()),
        (float) options.beta2(),
        (float) (1 - options.beta2()),
        rootScale(options.beta2(), options.step()),
        (float) options.epsilon());
  }

  private static float rootScale(double beta2, long step) {
    return (float) (1 / Math.sqrt(1 - Math.pow(beta2, step)));
  }

  @Override
  public void nadam(
      Nadam options, Span parameters, Span gradients, Span firstMoment, Span secondMoment) {
    ArgumentChecks.nadam(FLOAT32, parameters, gradients, firstMoment, secondMoment);
    UpdateOps.AdamStep step = nadamStep(options);
    Slice p = slice(parameters);
    Slice g = slice(gradients);
    Slice m = slice(firstMoment);
    Slice v = slice(secondMoment);
    context.forEachChunk(parameters.length(), (from, to) -> ops.nadam(step, p, g, m, v, from, to));
  }

  private static UpdateOps.AdamStep nadamStep(Nadam options) {
    double product = options.momentumProduct();
    double rate = options.learningRate();
    return new UpdateOps.AdamStep(
        1f,
        (float) options.weightDecay(),
        (float) (rate * options.nextMomentum() / (1 - product * options.nextMomentum())),
        (float) (rate * (1 - options.momentum()) / (1 - product)),
        (float) options.beta1(),
        (float) (1 - options.beta1()),
        (float) options.beta2(),
        (float) (1 - options.beta2()),
        rootScale(options.beta2(), options.step()),
        (float) options.epsilon());
  }

  @Override
  public void lion(Lion options, Span parameters, Span gradients, Span firstMoment) {
    ArgumentChecks.lion(FLOAT32, parameters, gradients, firstMoment);
    UpdateOps.LionStep step =
        new UpdateOps.LionStep(
            (float) (1 - options.learningRate() * options.weightDecay()),
            (float) options.learningRate(),
            (float) options.beta1(),
            (float) (1 - options.beta1()),
            (float) options.beta2(),
            (float) (1 - options.beta2()));
    Slice p = slice(parameters);
    Slice g = slice(gradients);
    Slice m = slice(firstMoment);
    context.forEachChunk(parameters.length(), (from, to) -> ops.lion(step, p, g, m, from, to));
  }

  private static Slice slice(Span span) {
    return new Slice(CpuBuffer.floats(span), span.offset());
  }
}
