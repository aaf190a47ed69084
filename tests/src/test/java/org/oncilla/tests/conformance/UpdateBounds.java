package org.oncilla.tests.conformance;

import java.util.LinkedHashMap;
import java.util.Map;
import org.oncilla.backend.UpdateKernels.Adadelta;
import org.oncilla.backend.UpdateKernels.Adagrad;
import org.oncilla.backend.UpdateKernels.Adam;
import org.oncilla.backend.UpdateKernels.Lion;
import org.oncilla.backend.UpdateKernels.Nadam;
import org.oncilla.backend.UpdateKernels.RmsProp;

/**
 * How far optimizer steps in single precision may be from the formulas, in units of u = 2⁻²⁴: for
 * an average, the roundings times the sum of its terms' magnitudes; for a parameter, what the
 * roundings of the averages, of roots, quotients and the coefficients come to in the step, and four
 * for itself. A relative error e of what is below a root is e/2 of the root.
 */
final class UpdateBounds {
  private static final double OF_FIRST_MOMENT = 6;
  private static final double OF_SQUARES = 10;
  private static final double OF_STEP = 20;
  private static final double OF_PARAMETER = 4;

  private final Map<String, double[]> bounds = new LinkedHashMap<>();
  private final int length;

  private UpdateBounds(int length) {
    this.length = length;
  }

  /** The tolerance of a result. */
  Tolerance of(String result) {
    return Tolerance.terms(1, bounds.get(result));
  }

  private void put(String result, int index, double bound) {
    bounds.computeIfAbsent(result, name -> new double[length])[index] = bound;
  }

  /** The gradient with its decay, and the sum of the magnitudes of both. */
  private record Gradient(double value, double terms) {
    static Gradient of(double weightDecay, double p, double g) {
      return new Gradient(g + weightDecay * p, Math.abs(g) + weightDecay * Math.abs(p));
    }

    /** factor·before + share·g, by magnitudes. */
    double average(double factor, double share, double before) {
      return factor * Math.abs(before) + share * terms;
    }

    /** factor·before + share·g². */
    double squares(double factor, double share, double before) {
      return factor * before + share * value * value;
    }

    /** The same, by magnitudes. */
    double squareTerms(double factor, double share, double before) {
      return factor * before + share * terms * terms;
    }
  }

  static UpdateBounds of(RmsProp options, float[] p, float[] g, float[] v, float[] b, float[] a) {
    UpdateBounds made = new UpdateBounds(p.length);
    double alpha = options.alpha();
    for (int i = 0; i < p.length; i++) {
      Gradient d = Gradient.of(options.weightDecay(), p[i], g[i]);
      double squares = d.squares(alpha, 1 - alpha, v[i]);
      double squareTerms = d.squareTerms(alpha, 1 - alpha, v[i]);
      double average = alpha * a[i] + (1 - alpha) * d.value();
      double averageTerms = d.average(alpha, 1 - alpha, a[i]);
      double variance = squares;
      double varianceError = OF_SQUARES * squareTerms;
      if (options.centered()) {
        variance -= average * average;
        varianceError += (2 * OF_FIRST_MOMENT + 2) * averageTerms * averageTerms;
      }
      double denominator = Math.sqrt(variance) + options.epsilon();
      double direction = d.terms() / denominator * (OF_STEP + varianceError / variance / 2);
      double velocity = options.momentum() * Math.abs(b[i]);
      made.put("v", i, OF_SQUARES * squareTerms);
      made.put("a", i, OF_FIRST_MOMENT * averageTerms);
      made.put("b", i, direction + 3 * velocity);
      double step = options.learningRate() * (direction + 6 * velocity);
      made.put("p", i, OF_PARAMETER * Math.abs(p[i]) + step);
    }
    return made;
  }

  static UpdateBounds of(Adagrad options, float[] p, float[] g, float[] s) {
    UpdateBounds made = new UpdateBounds(p.length);
    double rate = options.learningRate() / (1 + (options.step() - 1) * options.learningRateDecay());
    for (int i = 0; i < p.length; i++) {
      Gradient d = Gradient.of(options.weightDecay(), p[i], g[i]);
      double sum = d.squares(1, 1, s[i]);
      double sumTerms = d.squareTerms(1, 1, s[i]);
      double step = rate * d.terms() / (Math.sqrt(sum) + options.epsilon());
      made.put("s", i, OF_SQUARES * sumTerms);
      made.put("p", i, ofParameter(p[i], step, 0, sumTerms / sum));
    }
    return made;
  }

  static UpdateBounds of(Adadelta options, float[] p, float[] g, float[] v, float[] u) {
    UpdateBounds made = new UpdateBounds(p.length);
    double rho = options.rho();
    for (int i = 0; i < p.length; i++) {
      Gradient d = Gradient.of(options.weightDecay(), p[i], g[i]);
      double squares = d.squares(rho, 1 - rho, v[i]);
      double squareTerms = d.squareTerms(rho, 1 - rho, v[i]);
      double ratio = squareTerms / squares;
      double delta =
          Math.sqrt(u[i] + options.epsilon()) / Math.sqrt(squares + options.epsilon()) * d.terms();
      made.put("v", i, OF_SQUARES * squareTerms);
      double ofDelta = OF_STEP + OF_SQUARES / 2 * ratio;
      made.put("u", i, 4 * rho * u[i] + (1 - rho) * delta * delta * (2 * ofDelta + 4));
      made.put("p", i, ofParameter(p[i], options.learningRate() * delta, 0, ratio));
    }
    return made;
  }

  static UpdateBounds of(Adam options, float[] p, float[] g, float[] m, float[] v, float[] x) {
    UpdateBounds made = new UpdateBounds(p.length);
    double correction1 = 1 - Math.pow(options.beta1(), options.step());
    double correction2 = 1 - Math.pow(options.beta2(), options.step());
    double coupled = options.decoupled() ? 0 : options.weightDecay();
    for (int i = 0; i < p.length; i++) {
      Gradient d = Gradient.of(coupled, p[i], g[i]);
      double squares = d.squares(options.beta2(), 1 - options.beta2(), v[i]);
      double squareTerms = d.squareTerms(options.beta2(), 1 - options.beta2(), v[i]);
      double average = d.average(options.beta1(), 1 - options.beta1(), m[i]);
      double below = options.amsgrad() ? Math.max(x[i], squares) : squares;
      double denominator = Math.sqrt(below) / Math.sqrt(correction2) + options.epsilon();
      double step = options.learningRate() / correction1 * average / denominator;
      made.put("m", i, OF_FIRST_MOMENT * average);
      made.put("v", i, OF_SQUARES * squareTerms);
      made.put("p", i, ofParameter(p[i], step, OF_FIRST_MOMENT, squareTerms / below));
    }
    return made;
  }

  static UpdateBounds of(Nadam options, float[] p, float[] g, float[] m, float[] v) {
    UpdateBounds made = new UpdateBounds(p.length);
    double product = options.momentumProduct();
    double next = options.nextMomentum();
    double correction2 = 1 - Math.pow(options.beta2(), options.step());
    for (int i = 0; i < p.length; i++) {
      Gradient d = Gradient.of(options.weightDecay(), p[i], g[i]);
      double squares = d.squares(options.beta2(), 1 - options.beta2(), v[i]);
      double squareTerms = d.squareTerms(options.beta2(), 1 - options.beta2(), v[i]);
      double average = d.average(options.beta1(), 1 - options.beta1(), m[i]);
      double direction =
          next * average / (1 - product * next)
              + (1 - options.momentum()) * d.terms() / (1 - product);
      double denominator = Math.sqrt(squares / correction2) + options.epsilon();
      made.put("m", i, OF_FIRST_MOMENT * average);
      made.put("v", i, OF_SQUARES * squareTerms);
      double step = options.learningRate() * direction / denominator;
      made.put("p", i, ofParameter(p[i], step, OF_FIRST_MOMENT, squareTerms / squares));
    }
    return made;
  }

  static UpdateBounds of(Lion options, float[] p, float[] g, float[] m) {
    UpdateBounds made = new UpdateBounds(p.length);
    for (int i = 0; i < p.length; i++) {
      double average = options.beta2() * Math.abs(m[i]) + (1 - options.beta2()) * Math.abs(g[i]);
      made.put("m", i, OF_FIRST_MOMENT * average);
      made.put("p", i, OF_PARAMETER * (Math.abs(p[i]) + options.learningRate()));
    }
    return made;
  }

  private static double ofParameter(double p, double step, double ofDirection, double squareRatio) {
    return OF_PARAMETER * Math.abs(p)
        + step * (ofDirection + OF_SQUARES / 2 * squareRatio + OF_STEP);
  }
}
