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
  public void rmsProp(
      RmsProp options,
      Span parameters,
      Span gradients,
      Span squareAverage,
      Span velocity,
      Span average) {
    ArgumentChecks.rmsProp(
        DType.FLOAT64, options, parameters, gradients, squareAverage, velocity, average);
    int length = parameters.length();
    Values ps = Values.of(parameters);
    Values gs = Values.of(gradients);
    Values vs = Values.of(squareAverage);
    Values bs = options.momentum() != 0 ? Values.of(velocity) : null;
    Values as = options.centered() ? Values.of(average) : null;
    double alpha = options.alpha();
    for (int i = 0; i < length; i++) {
      double d = gs.get(i) + options.weightDecay() * ps.get(i);
      double v = alpha * vs.get(i) + (1 - alpha) * d * d;
      vs.set(i, v);
      double variance = v;
      if (as != null) {
        double a = alpha * as.get(i) + (1 - alpha) * d;
        as.set(i, a);
        variance = Math.max(v - a * a, 0);
      }
      double step = d / (Math.sqrt(variance) + options.epsilon());
      if (bs != null) {
        step += options.momentum() * bs.get(i);
        bs.set(i, step);
      }
      ps.set(i, ps.get(i) - options.learningRate() * step);
    }
  }

  @Override
  public void adagrad(Adagrad options, Span parameters, Span gradients, Span squareSum) {
    ArgumentChecks.adagrad(DType.FLOAT64, parameters, gradients, squareSum);
    int length = parameters.length();
    Values ps = Values.of(parameters);
    Values gs = Values.of(gradients);
    Values ss = Values.of(squareSum);
    double rate = options.learningRate() / (1 + (options.step() - 1) * options.learningRateDecay());
    for (int i = 0; i < length; i++) {
      double d = gs.get(i) + options.weightDecay() * ps.get(i);
      double s = ss.get(i) + d * d;
      ss.set(i, s);
      ps.set(i, ps.get(i) - rate * d / (Math.sqrt(s) + options.epsilon()));
    }
  }

  @Override
  public void adadelta(
      Adadelta options, Span parameters, Span gradients, Span squareAverage, Span deltaAverage) {
    ArgumentChecks.adadelta(DType.FLOAT64, parameters, gradients, squareAverage, deltaAverage);
    int length = parameters.length();
    Values ps = Values.of(parameters);
    Values gs = Values.of(gradients);
    Values vs = Values.of(squareAverage);
    Values us = Values.of(deltaAverage);
    double rho = options.rho();
    for (int i = 0; i < length; i++) {
      double d = gs.get(i) + options.weightDecay() * ps.get(i);
      double v = rho * vs.get(i) + (1 - rho) * d * d;
      double x = Math.sqrt(us.get(i) + options.epsilon()) / Math.sqrt(v + options.epsilon()) * d;
      vs.set(i, v);
      us.set(i, rho * us.get(i) + (1 - rho) * x * x);
      ps.set(i, ps.get(i) - options.learningRate() * x);
    }
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
        DType.FLOAT64,
        options,
        parameters,
        gradients,
        firstMoment,
        secondMoment,
        largestSecondMoment);
    int length = parameters.length();
    Values ps = Values.of(parameters);
    Values gs = Values.of(gradients);
    Values ms = Values.of(firstMoment);
    Values vs = Values.of(secondMoment);
    Values xs = options.amsgrad() ? Values.of(largestSecondMoment) : null;
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
      ms.set(i, m);
      vs.set(i, v);
      if (xs != null) {
        v = Math.max(xs.get(i), v);
        xs.set(i, v);
      }
      double denominator = Math.sqrt(v) / Math.sqrt(correction2) + options.epsilon();
      ps.set(i, p - options.learningRate() / correction1 * m / denominator);
    }
  }

  @Override
  public void nadam(
      Nadam options, Span parameters, Span gradients, Span firstMoment, Span secondMoment) {
    ArgumentChecks.nadam(DType.FLOAT64, parameters, gradients, firstMoment, secondMoment);
    int length = parameters.length();
    Values ps = Values.of(parameters);
    Values gs = Values.of(gradients);
    Values ms = Values.of(firstMoment);
    Values vs = Values.of(secondMoment);
    double ofMoment =
        options.nextMomentum() / (1 - options.momentumProduct() * options.nextMomentum());
    double ofGradient = (1 - options.momentum()) / (1 - options.momentumProduct());
    double correction2 = 1 - Math.pow(options.beta2(), options.step());
    for (int i = 0; i < length; i++) {
      double g = gs.get(i) + options.weightDecay() * ps.get(i);
      double m = options.beta1() * ms.get(i) + (1 - options.beta1()) * g;
      double v = options.beta2() * vs.get(i) + (1 - options.beta2()) * g * g;
      ms.set(i, m);
      vs.set(i, v);
      double denominator = Math.sqrt(v / correction2) + options.epsilon();
      double step = (ofMoment * m + ofGradient * g) / denominator;
      ps.set(i, ps.get(i) - options.learningRate() * step);
    }
  }

  @Override
  public void lion(Lion options, Span parameters, Span gradients, Span firstMoment) {
    ArgumentChecks.lion(DType.FLOAT64, parameters, gradients, firstMoment);
    int length = parameters.length();
    Values ps = Values.of(parameters);
    Values gs = Values.of(gradients);
    Values ms = Values.of(firstMoment);
    for (int i = 0; i < length; i++) {
      double g = gs.get(i);
      double m = ms.get(i);
      double direction = Math.signum(options.beta1() * m + (1 - options.beta1()) * g);
      double kept = ps.get(i) * (1 - options.learningRate() * options.weightDecay());
      ps.set(i, kept - options.learningRate() * direction);
      ms.set(i, options.beta2() * m + (1 - options.beta2()) * g);
    }
  }
}
