package org.oncilla.tests.conformance;

import org.oncilla.backend.Span;
import org.oncilla.backend.UpdateKernels.Adam;
import org.oncilla.backend.UpdateKernels.Sgd;

class UpdateConformance {
  private static final int[] LENGTHS = {1, 3, 7, 8, 16, 17, 63, 64, 65, 1001, 61_706};

  @OnEveryBackend
  void sgd(BackendUnderTest target) {
    Cases cases = new Cases(81);
    for (int length : LENGTHS) {
      for (int options = 0; options < 16; options++) {
        boolean nesterov = (options & 1) != 0;
        double dampening = (options & 2) != 0 && !nesterov ? 0.25 : 0;
        double weightDecay = (options & 4) != 0 ? 5e-4 : 0;
        boolean firstStep = (options & 8) != 0;
        target.check(
            sgd(cases, new Sgd(0.1, 0.9, dampening, nesterov, weightDecay, firstStep), length));
      }
    }
  }

  @OnEveryBackend
  void sgdWithoutMomentum(BackendUnderTest target) {
    Cases cases = new Cases(82);
    for (int length : LENGTHS) {
      target.check(sgd(cases, new Sgd(0.05, 0, 0, false, 0, false), length));
      target.check(sgd(cases, new Sgd(0.05, 0, 0, false, 0.01, true), length));
    }
  }

  @OnEveryBackend
  void adam(BackendUnderTest target) {
    Cases cases = new Cases(83);
    for (int length : LENGTHS) {
      for (long step : new long[] {1, 2, 10, 1000, 1_000_000}) {
        target.check(adam(cases, new Adam(1e-3, 0.9, 0.999, 1e-8, 0, false, step), length));
        target.check(adam(cases, new Adam(1e-2, 0.8, 0.99, 1e-6, 0.01, false, step), length));
        target.check(adam(cases, new Adam(1e-3, 0.9, 0.999, 1e-8, 0.01, true, step), length));
      }
    }
  }

  static KernelCall sgd(Cases cases, Sgd options, int length) {
    float[] p = cases.values(length);
    float[] g = cases.values(length);
    float[] v = cases.values(length);
    // On absolute values and with the sign of the step turned, every term is added.
    Sgd adding =
        new Sgd(
            -options.learningRate(),
            options.momentum(),
            options.dampening(),
            options.nesterov(),
            options.weightDecay(),
            options.firstStep());
    KernelCall terms = sgd(adding, p, g, v, Tolerance.EXACT, Tolerance.EXACT);
    Tolerance ofP = Tolerance.terms(12, terms.magnitudes("p"));
    Tolerance ofV =
        options.momentum() == 0 ? Tolerance.EXACT : Tolerance.terms(8, terms.magnitudes("v"));
    return sgd(options, p, g, v, ofP, ofV);
  }

  private static KernelCall sgd(
      Sgd options, float[] p, float[] g, float[] v, Tolerance ofP, Tolerance ofV) {
    KernelCall call =
        KernelCall.of(options + " length=" + p.length).updated("p", p, ofP).input("g", g);
    boolean hasVelocity = options.momentum() != 0;
    if (hasVelocity) {
      call.result("v", !options.firstStep(), v, ofV);
    }
    return call.run(
        (backend, on) -> {
          Span velocity = hasVelocity ? on.span("v") : null;
          backend.update().sgd(options, on.span("p"), on.span("g"), velocity);
        });
  }

  static KernelCall adam(Cases cases, Adam options, int length) {
    float[] p = cases.values(length);
    float[] g = cases.values(length);
    float[] m = cases.values(length);
    float[] v = cases.positive(length);
    double[][] bounds = adamMagnitudes(options, p, g, m, v);
    return KernelCall.of(options + " length=" + length)
        .updated("p", p, Tolerance.terms(1, bounds[0]))
        .input("g", g)
        .updated("m", m, Tolerance.terms(6, bounds[1]))
        .updated("v", v, Tolerance.terms(10, bounds[2]))
        .run(
            (backend, on) ->
                backend
                    .update()
                    .adam(options, on.span("p"), on.span("g"), on.span("m"), on.span("v")));
  }

  /** Σ|term| of m and v, and what the roundings of both and of the step come to in p. */
  private static double[][] adamMagnitudes(
      Adam options, float[] p, float[] g, float[] m, float[] v) {
    double[][] bounds = new double[3][p.length];
    double correction1 = 1 - Math.pow(options.beta1(), options.step());
    double correction2 = 1 - Math.pow(options.beta2(), options.step());
    double decay = options.weightDecay();
    for (int i = 0; i < p.length; i++) {
      double gradient = g[i] + (options.decoupled() ? 0 : decay * p[i]);
      double gradientTerms = Math.abs(g[i]) + (options.decoupled() ? 0 : decay * Math.abs(p[i]));
      double second = options.beta2() * v[i] + (1 - options.beta2()) * gradient * gradient;
      double firstTerms = options.beta1() * Math.abs(m[i]) + (1 - options.beta1()) * gradientTerms;
      double secondTerms =
          options.beta2() * v[i] + (1 - options.beta2()) * gradientTerms * gradientTerms;
      double denominator = Math.sqrt(second) / Math.sqrt(correction2) + options.epsilon();
      double step = options.learningRate() / correction1 * firstTerms / denominator;
      // 6u of m, half of the 10u of v, and a dozen for roots, quotients and the rate.
      bounds[0][i] = 4 * Math.abs(p[i]) + step * (6 + 5 * secondTerms / second + 20);
      bounds[1][i] = firstTerms;
      bounds[2][i] = secondTerms;
    }
    return bounds;
  }
}
