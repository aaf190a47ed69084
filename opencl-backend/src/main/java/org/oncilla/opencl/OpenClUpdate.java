package org.oncilla.opencl;

import org.oncilla.backend.ArgumentChecks;
import org.oncilla.backend.DType;
import org.oncilla.backend.Span;
import org.oncilla.backend.UpdateKernels;

/** Optimizer steps by update.cl. Corrections are computed in double precision, once a step. */
final class OpenClUpdate implements UpdateKernels {
  private static final int NO_VELOCITY = 0;
  private static final int FIRST_VELOCITY = 1;
  private static final int VELOCITY = 2;

  private final OpenClRuntime runtime;
  private final OpenClPrograms.ProgramKey program;

  OpenClUpdate(OpenClRuntime runtime) {
    this.runtime = runtime;
    program = runtime.program("update", runtime.profile().lanesOption());
  }

  @Override
  public void sgd(Sgd options, Span parameters, Span gradients, Span velocity) {
    String operation = ArgumentChecks.sgd(DType.FLOAT32, options, parameters, gradients, velocity);
    int length = parameters.length();
    boolean plain = options.momentum() == 0;
    enqueue(
        runtime
            .launch(operation, program, "sgd")
            .span(parameters)
            .span(gradients)
            .span(plain ? parameters : velocity)
            .ints(length)
            .number(options.learningRate())
            .number(options.momentum())
            .number(1 - options.dampening())
            .flag(options.nesterov())
            .number(options.weightDecay())
            .ints(plain ? NO_VELOCITY : options.firstStep() ? FIRST_VELOCITY : VELOCITY),
        length);
  }

  @Override
  public void rmsProp(
      RmsProp options,
      Span parameters,
      Span gradients,
      Span squareAverage,
      Span velocity,
      Span average) {
    String operation =
        ArgumentChecks.rmsProp(
            DType.FLOAT32, options, parameters, gradients, squareAverage, velocity, average);
    int length = parameters.length();
    boolean hasMomentum = options.momentum() != 0;
    enqueue(
        runtime
            .launch(operation, program, "rmsprop")
            .span(parameters)
            .span(gradients)
            .span(squareAverage)
            .span(hasMomentum ? velocity : parameters)
            .span(options.centered() ? average : parameters)
            .ints(length)
            .number(options.learningRate())
            .number(options.alpha())
            .number(1 - options.alpha())
            .number(options.epsilon())
            .number(options.momentum())
            .flag(hasMomentum)
            .flag(options.centered())
            .number(options.weightDecay()),
        length);
  }

  @Override
  public void adagrad(Adagrad options, Span parameters, Span gradients, Span squareSum) {
    String operation = ArgumentChecks.adagrad(DType.FLOAT32, parameters, gradients, squareSum);
    int length = parameters.length();
    double slowing = 1 + (options.step() - 1) * options.learningRateDecay();
    enqueue(
        runtime
            .launch(operation, program, "adagrad")
            .span(parameters)
            .span(gradients)
            .span(squareSum)
            .ints(length)
            .number(options.learningRate() / slowing)
            .number(options.epsilon())
            .number(options.weightDecay()),
        length);
  }

  @Override
  public void adadelta(
      Adadelta options, Span parameters, Span gradients, Span squareAverage, Span deltaAverage) {
    String operation =
        ArgumentChecks.adadelta(DType.FLOAT32, parameters, gradients, squareAverage, deltaAverage);
    int length = parameters.length();
    enqueue(
        runtime
            .launch(operation, program, "adadelta")
            .span(parameters)
            .span(gradients)
            .span(squareAverage)
            .span(deltaAverage)
            .ints(length)
            .number(options.learningRate())
            .number(options.rho())
            .number(1 - options.rho())
            .number(options.epsilon())
            .number(options.weightDecay()),
        length);
  }

  @Override
  public void adam(
      Adam options,
      Span parameters,
      Span gradients,
      Span firstMoment,
      Span secondMoment,
      Span largestSecondMoment) {
    String operation =
        ArgumentChecks.adam(
            DType.FLOAT32,
            options,
            parameters,
            gradients,
            firstMoment,
            secondMoment,
            largestSecondMoment);
    int length = parameters.length();
    double correction1 = 1 - Math.pow(options.beta1(), options.step());
    double correction2 = 1 - Math.pow(options.beta2(), options.step());
    boolean decoupled = options.decoupled();
    enqueue(
        runtime
            .launch(operation, program, "adam")
            .span(parameters)
            .span(gradients)
            .span(firstMoment)
            .span(secondMoment)
            .span(options.amsgrad() ? largestSecondMoment : parameters)
            .ints(length)
            .number(options.learningRate() / correction1)
            .number(options.beta1())
            .number(1 - options.beta1())
            .number(options.beta2())
            .number(1 - options.beta2())
            .number(options.epsilon())
            .number(Math.sqrt(correction2))
            .number(decoupled ? 0 : options.weightDecay())
            .number(decoupled ? 1 - options.learningRate() * options.weightDecay() : 1)
            .flag(options.amsgrad()),
        length);
  }

  @Override
  public void nadam(
      Nadam options, Span parameters, Span gradients, Span firstMoment, Span secondMoment) {
    String operation =
        ArgumentChecks.nadam(DType.FLOAT32, parameters, gradients, firstMoment, secondMoment);
    int length = parameters.length();
    double rate = options.learningRate();
    double product = options.momentumProduct();
    double correction2 = 1 - Math.pow(options.beta2(), options.step());
    enqueue(
        runtime
            .launch(operation, program, "nadam")
            .span(parameters)
            .span(gradients)
            .span(firstMoment)
            .span(secondMoment)
            .ints(length)
            .number(rate * options.nextMomentum() / (1 - product * options.nextMomentum()))
            .number(rate * (1 - options.momentum()) / (1 - product))
            .number(options.beta1())
            .number(1 - options.beta1())
            .number(options.beta2())
            .number(1 - options.beta2())
            .number(options.epsilon())
            .number(Math.sqrt(correction2))
            .number(options.weightDecay()),
        length);
  }

  @Override
  public void lion(Lion options, Span parameters, Span gradients, Span firstMoment) {
    String operation = ArgumentChecks.lion(DType.FLOAT32, parameters, gradients, firstMoment);
    int length = parameters.length();
    enqueue(
        runtime
            .launch(operation, program, "lion")
            .span(parameters)
            .span(gradients)
            .span(firstMoment)
            .ints(length)
            .number(options.learningRate())
            .number(options.beta1())
            .number(1 - options.beta1())
            .number(options.beta2())
            .number(1 - options.beta2())
            .number(1 - options.learningRate() * options.weightDecay()),
        length);
  }

  private void enqueue(OpenClLauncher.Launch launch, int length) {
    if (length > 0) {
      int lanes = runtime.profile().lanes();
      launch.enqueueFlexibly((length - 1) / lanes + 1, runtime.profile().group());
    }
  }
}
