package org.oncilla.tests.reference;

import org.oncilla.backend.Span;
import org.oncilla.backend.UpdateKernels;

/** Optimizer steps parameter by parameter. */
final class ReferenceUpdate implements UpdateKernels {
  @Override
  public void sgd(Sgd options, Span parameters, Span gradients, Span velocity) {
    int length = parameters.length();
    Values ps = Values.of("sgd", "parameters", parameters, length);
    Values gs = Values.of("sgd", "gradients", gradients, length);
    boolean hasMomentum = options.momentum() != 0;
    Values vs = hasMomentum ? Values.of("sgd", "velocity", velocity, length) : null;
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
    int length = parameters.length();
    Values ps = Values.of("adam", "parameters", parameters, length);
    Values gs = Values.of("adam", "gradients", gradients, length);
    Values ms = Values.of("adam", "firstMoment", firstMoment, length);
    Values vs = Values.of("adam", "secondMoment", secondMoment, length);
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
