package org.oncilla.tests.reference;

import org.oncilla.backend.ArgumentChecks;
import org.oncilla.backend.DType;
import org.oncilla.backend.Span;
import org.oncilla.backend.UpdateKernels;

/** Optimizer steps parameter by parameter. */
final class ReferenceUpdate implements UpdateKernels {
  @Override
  public void sgd(Sgd options, Span parameters, Span gradients, Span velocity) {
    ArgumentChecks.sgd(DType.FLOAT64, options, parameters, gradients, velocity);
    int length = parameters.length();
    Values ps = Values.of(parameters);
    Values gs = Values.of(gradients);
    boolean hasMomentum = options.momentum() != 0;
    Values vs = hasMomentum ? Values.of(velocity) : null;
    for (int i = 0; i < length; i++) {
      double d = gs.get(i) + options.weightDecay() * ps.get(i);
      double step = d;
      if (hasMomentum) {
        double v =
            options.firstStep()
                ? d
                : options.momentum() * vs.get(i) + (1 - options.dampening()) * d;
        vs.set(i, v);
        step = options.nesterov() ? d + options.momentum() * v : v;
      }
      ps.set(i, ps.get(i) - options.learningRate() * step);
    }
  }

  @Override
  public void adam(
      Adam options, Span parameters, Span gradients, Span firstMoment, Span secondMoment) {
    ArgumentChecks.adam(DType.FLOAT64, parameters, gradients, firstMoment, secondMoment);
    int length = parameters.length();
    Values ps = Values.of(parameters);
    Values gs = Values.of(gradients);
    Values ms = Values.of(firstMoment);
    Values vs = Values.of(secondMoment);
    double correction1 = 1 - Math.pow(options.beta1(), options.step());
    double correction2 = 1 - Math.pow(options.beta2(), options.step());
    for (int i = 0; i < length; i++) {
      double p = ps.get(i);
      double g = gs.get(i);
      if (options.decoupled()) {
        p -= options.learningRate() * options.weightDecay() * p;
      } else {
        g += options.weightDecay() * p;
      }
      double m = options.beta1() * ms.get(i) + (1 - options.beta1()) * g;
      double v = options.beta2() * vs.get(i) + (1 - options.beta2()) * g * g;
      double denominator = Math.sqrt(v) / Math.sqrt(correction2) + options.epsilon();
      ms.set(i, m);
      vs.set(i, v);
      ps.set(i, p - options.learningRate() / correction1 * m / denominator);
    }
  }
}
