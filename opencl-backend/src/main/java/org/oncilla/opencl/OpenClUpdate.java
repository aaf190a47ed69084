package org.oncilla.opencl;

import org.oncilla.backend.DType;
import org.oncilla.backend.Span;
import org.oncilla.backend.SpanChecks;
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
    int length = checkParameters("sgd", parameters, gradients);
    boolean plain = options.momentum() == 0;
    if (!plain) {
      check("sgd", "velocity", velocity, length);
    }
    enqueue(
        runtime
            .launch("sgd", program, "sgd")
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
  public void adam(
      Adam options, Span parameters, Span gradients, Span firstMoment, Span secondMoment) {
    int length = checkParameters("adam", parameters, gradients);
    check("adam", "firstMoment", firstMoment, length);
    check("adam", "secondMoment", secondMoment, length);
    double correction1 = 1 - Math.pow(options.beta1(), options.step());
    double correction2 = 1 - Math.pow(options.beta2(), options.step());
    boolean decoupled = options.decoupled();
    enqueue(
        runtime
            .launch("adam", program, "adam")
            .span(parameters)
            .span(gradients)
            .span(firstMoment)
            .span(secondMoment)
            .ints(length)
            .number(options.learningRate() / correction1)
            .number(options.beta1())
            .number(1 - options.beta1())
            .number(options.beta2())
            .number(1 - options.beta2())
            .number(options.epsilon())
            .number(Math.sqrt(correction2))
            .number(decoupled ? 0 : options.weightDecay())
            .number(decoupled ? 1 - options.learningRate() * options.weightDecay() : 1),
        length);
  }

  private void enqueue(OpenClLauncher.Launch launch, int length) {
    int lanes = runtime.profile().lanes();
    launch.enqueueFlexibly((length - 1) / lanes + 1, runtime.profile().group());
  }

  private static int checkParameters(String operation, Span parameters, Span gradients) {
    int length = parameters == null ? 0 : parameters.length();
    check(operation, "parameters", parameters, length);
    check(operation, "gradients", gradients, length);
    if (length == 0) {
      throw new IllegalArgumentException(operation + ": there are no parameters to update");
    }
    return length;
  }

  private static void check(String operation, String argument, Span span, int length) {
    SpanChecks.require(operation, argument, span, DType.FLOAT32, length);
  }
}
