package org.oncilla.tests.conformance;

import java.util.Arrays;
import org.oncilla.backend.Span;
import org.oncilla.backend.UpdateKernels.Adadelta;
import org.oncilla.backend.UpdateKernels.Adagrad;
import org.oncilla.backend.UpdateKernels.Adam;
import org.oncilla.backend.UpdateKernels.Lion;
import org.oncilla.backend.UpdateKernels.Nadam;
import org.oncilla.backend.UpdateKernels.RmsProp;
import org.oncilla.backend.UpdateKernels.Sgd;

class UpdateConformance {
  private static final int[] LENGTHS = {1, 3, 7, 8, 16, 17, 63, 64, 65, 1001, 61_706};
  private static final long[] STEPS = {1, 2, 10, 1000, 1_000_000};

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
  void rmsProp(BackendUnderTest target) {
    Cases cases = new Cases(84);
    for (int length : LENGTHS) {
      for (int options = 0; options < 8; options++) {
        double momentum = (options & 1) != 0 ? 0.9 : 0;
        boolean centered = (options & 2) != 0;
        double weightDecay = (options & 4) != 0 ? 0.01 : 0;
        target.check(
            rmsProp(cases, new RmsProp(0.01, 0.9, 1e-8, momentum, centered, weightDecay), length));
      }
    }
  }

  /** A variance that rounding may take below 0 divides by ε, never by NaN. */
  @OnEveryBackend(referenceToo = true)
  void rmsPropOfAConstantGradientIsFinite(BackendUnderTest target) {
    float[] g = new float[300];
    float[] squares = new float[g.length];
    for (int i = 0; i < g.length; i++) {
      g[i] = 0.1f + i * 0.0137f;
      squares[i] = g[i] * g[i];
    }
    KernelCall call =
        KernelCall.of("rmsprop of gradients that stay")
            .updated("p", new float[g.length], Tolerance.EXACT)
            .input("g", g)
            .updated("v", squares, Tolerance.EXACT)
            .updated("a", g.clone(), Tolerance.EXACT)
            .run(
                (backend, on) ->
                    backend
                        .update()
                        .rmsProp(
                            new RmsProp(1e-3, 0.99, 1, 0, true, 0),
                            on.span("p"),
                            on.span("g"),
                            on.span("v"),
                            null,
                            on.span("a")));
    for (double p : call.on(target.backend()).values("p")) {
      // −0.001·g/(√variance + 1), the variance being 0 but for rounding
      if (!(p < 0 && p > -1e-3 * 4.3)) {
        throw new AssertionError(target + ": a parameter of 0 became " + p);
      }
    }
  }

  @OnEveryBackend
  void adagrad(BackendUnderTest target) {
    Cases cases = new Cases(85);
    for (int length : LENGTHS) {
      for (long step : STEPS) {
        target.check(adagrad(cases, new Adagrad(0.01, 0, 1e-10, 0, step), length));
        target.check(adagrad(cases, new Adagrad(0.1, 0.02, 1e-6, 0.01, step), length));
      }
    }
  }

  @OnEveryBackend
  void adadelta(BackendUnderTest target) {
    Cases cases = new Cases(86);
    for (int length : LENGTHS) {
      target.check(adadelta(cases, new Adadelta(1, 0.9, 1e-6, 0), length));
      target.check(adadelta(cases, new Adadelta(0.5, 0.95, 1e-4, 0.01), length));
    }
  }

  @OnEveryBackend
  void adam(BackendUnderTest target) {
    Cases cases = new Cases(83);
    for (int length : LENGTHS) {
      for (long step : STEPS) {
        target.check(adam(cases, new Adam(1e-3, 0.9, 0.999, 1e-8, 0, false, false, step), length));
        target.check(
            adam(cases, new Adam(1e-2, 0.8, 0.99, 1e-6, 0.01, false, false, step), length));
        target.check(
            adam(cases, new Adam(1e-3, 0.9, 0.999, 1e-8, 0.01, true, false, step), length));
        target.check(adam(cases, new Adam(1e-3, 0.9, 0.9, 1e-8, 0.01, true, true, step), length));
      }
    }
  }

  @OnEveryBackend
  void nadam(BackendUnderTest target) {
    Cases cases = new Cases(87);
    for (int length : LENGTHS) {
      target.check(nadam(cases, new Nadam(2e-3, 0.9, 0.999, 1e-8, 0, 0.45, 0.46, 0.45, 1), length));
      target.check(
          nadam(cases, new Nadam(1e-2, 0.8, 0.99, 1e-6, 0.01, 0.6, 0.65, 1e-3, 10), length));
    }
  }

  @OnEveryBackend
  void lion(BackendUnderTest target) {
    Cases cases = new Cases(88);
    for (int length : LENGTHS) {
      target.check(lion(cases, new Lion(1e-2, 0.9, 0.99, 0), length));
      target.check(lion(cases, new Lion(1e-2, 0.75, 0.5, 0.1), length));
    }
  }

  /** What is NaN in a gradient must show in the parameter and the state, not vanish in a sign. */
  @OnEveryBackend(referenceToo = true)
  void nanIsNotHidden(BackendUnderTest target) {
    float[] g = new float[37];
    Arrays.fill(g, Float.NaN);
    float[] ones = new float[g.length];
    Arrays.fill(ones, 1);
    KernelCall call =
        KernelCall.of("lion and AMSGrad of NaN")
            .updated("p", ones, Tolerance.EXACT)
            .updated("q", ones, Tolerance.EXACT)
            .updated("r", ones, Tolerance.EXACT)
            .input("g", g)
            .updated("m", ones, Tolerance.EXACT)
            .updated("v", ones, Tolerance.EXACT)
            .updated("x", ones, Tolerance.EXACT)
            .updated("n", ones, Tolerance.EXACT)
            .updated("s", ones, Tolerance.EXACT)
            .updated("a", ones, Tolerance.EXACT)
            .run(
                (backend, on) -> {
                  Span gradient = on.span("g");
                  backend
                      .update()
                      .adam(
                          new Adam(0.1, 0.9, 0.9, 1e-8, 0, false, true, 1),
                          on.span("p"),
                          gradient,
                          on.span("m"),
                          on.span("v"),
                          on.span("x"));
                  backend
                      .update()
                      .lion(new Lion(0.1, 0.9, 0.9, 0), on.span("q"), gradient, on.span("n"));
                  backend
                      .update()
                      .rmsProp(
                          new RmsProp(0.1, 0.9, 1e-8, 0, true, 0),
                          on.span("r"),
                          gradient,
                          on.span("s"),
                          null,
                          on.span("a"));
                });
    target.check(call);
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

  static KernelCall rmsProp(Cases cases, RmsProp options, int length) {
    float[] p = cases.values(length);
    float[] g = cases.values(length);
    float[] v = cases.positive(length);
    float[] b = cases.values(length);
    float[] a = cases.values(length);
    for (int i = 0; i < length; i++) {
      // An average is at most the root of the average square: a quarter of the squares here.
      a[i] = (float) (Math.signum(a[i]) * Math.min(Math.abs(a[i]), Math.sqrt(v[i]) / 2));
    }
    UpdateBounds bounds = UpdateBounds.of(options, p, g, v, b, a);
    KernelCall call =
        KernelCall.of(options + " length=" + length)
            .updated("p", p, bounds.of("p"))
            .input("g", g)
            .updated("v", v, bounds.of("v"));
    boolean hasVelocity = options.momentum() != 0;
    if (hasVelocity) {
      call.updated("b", b, bounds.of("b"));
    }
    if (options.centered()) {
      call.updated("a", a, bounds.of("a"));
    }
    return call.run(
        (backend, on) ->
            backend
                .update()
                .rmsProp(
                    options,
                    on.span("p"),
                    on.span("g"),
                    on.span("v"),
                    hasVelocity ? on.span("b") : null,
                    options.centered() ? on.span("a") : null));
  }

  static KernelCall adagrad(Cases cases, Adagrad options, int length) {
    float[] p = cases.values(length);
    float[] g = cases.values(length);
    float[] s = cases.positive(length);
    UpdateBounds bounds = UpdateBounds.of(options, p, g, s);
    return KernelCall.of(options + " length=" + length)
        .updated("p", p, bounds.of("p"))
        .input("g", g)
        .updated("s", s, bounds.of("s"))
        .run(
            (backend, on) ->
                backend.update().adagrad(options, on.span("p"), on.span("g"), on.span("s")));
  }

  static KernelCall adadelta(Cases cases, Adadelta options, int length) {
    float[] p = cases.values(length);
    float[] g = cases.values(length);
    float[] v = cases.positive(length);
    float[] u = cases.positive(length);
    UpdateBounds bounds = UpdateBounds.of(options, p, g, v, u);
    return KernelCall.of(options + " length=" + length)
        .updated("p", p, bounds.of("p"))
        .input("g", g)
        .updated("v", v, bounds.of("v"))
        .updated("u", u, bounds.of("u"))
        .run(
            (backend, on) ->
                backend
                    .update()
                    .adadelta(options, on.span("p"), on.span("g"), on.span("v"), on.span("u")));
  }

  static KernelCall adam(Cases cases, Adam options, int length) {
    float[] p = cases.values(length);
    float[] g = cases.values(length);
    float[] m = cases.values(length);
    float[] v = cases.positive(length);
    float[] x = cases.positive(length);
    UpdateBounds bounds = UpdateBounds.of(options, p, g, m, v, x);
    KernelCall call =
        KernelCall.of(options + " length=" + length)
            .updated("p", p, bounds.of("p"))
            .input("g", g)
            .updated("m", m, bounds.of("m"))
            .updated("v", v, bounds.of("v"));
    if (options.amsgrad()) {
      call.updated("x", x, bounds.of("v"));
    }
    return call.run(
        (backend, on) ->
            backend
                .update()
                .adam(
                    options,
                    on.span("p"),
                    on.span("g"),
                    on.span("m"),
                    on.span("v"),
                    options.amsgrad() ? on.span("x") : null));
  }

  static KernelCall nadam(Cases cases, Nadam options, int length) {
    float[] p = cases.values(length);
    float[] g = cases.values(length);
    float[] m = cases.values(length);
    float[] v = cases.positive(length);
    UpdateBounds bounds = UpdateBounds.of(options, p, g, m, v);
    return KernelCall.of(options + " length=" + length)
        .updated("p", p, bounds.of("p"))
        .input("g", g)
        .updated("m", m, bounds.of("m"))
        .updated("v", v, bounds.of("v"))
        .run(
            (backend, on) ->
                backend
                    .update()
                    .nadam(options, on.span("p"), on.span("g"), on.span("m"), on.span("v")));
  }

  static KernelCall lion(Cases cases, Lion options, int length) {
    float[] p = cases.values(length);
    float[] g = cases.values(length);
    float[] m = cases.values(length);
    UpdateBounds bounds = UpdateBounds.of(options, p, g, m);
    return KernelCall.of(options + " length=" + length)
        .updated("p", p, bounds.of("p"))
        .input("g", g)
        .updated("m", m, bounds.of("m"))
        .run(
            (backend, on) ->
                backend.update().lion(options, on.span("p"), on.span("g"), on.span("m")));
  }
}
