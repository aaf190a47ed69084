package org.oncilla.tests.optim;

/**
 * The steps of optimizers as the papers and PyTorch's documentation give them, in double precision
 * and with state of their own.
 */
@FunctionalInterface
interface Formula {
  /**
   * Takes one step.
   *
   * @param t counted from 1
   * @param x the parameters, updated
   * @param g their gradients
   */
  void step(int t, double[] x, double[] g);

  /** Makes a formula for a number of parameters. */
  @FunctionalInterface
  interface Maker {
    Formula of(int parameters);
  }

  static Formula sgd(double rate, double decay) {
    return (t, x, g) -> {
      for (int i = 0; i < x.length; i++) {
        x[i] -= rate * (g[i] + decay * x[i]);
      }
    };
  }

  /** PyTorch: the velocity of the first step is the gradient, whatever its share later. */
  static Formula momentum(int n, double rate, double mu, double share, boolean nesterov) {
    double[] v = new double[n];
    return (t, x, g) -> {
      for (int i = 0; i < n; i++) {
        v[i] = t == 1 ? g[i] : mu * v[i] + share * g[i];
        x[i] -= rate * (nesterov ? g[i] + mu * v[i] : v[i]);
      }
    };
  }

  /** v = βv + (1 − β)g from v = 0. */
  static Formula averagedMomentum(int n, double rate, double beta) {
    double[] v = new double[n];
    return (t, x, g) -> {
      for (int i = 0; i < n; i++) {
        v[i] = beta * v[i] + (1 - beta) * g[i];
        x[i] -= rate * v[i];
      }
    };
  }

  static Formula rmsProp(
      int n, double rate, double alpha, double mu, boolean centered, double decay) {
    double[] v = new double[n];
    double[] mean = new double[n];
    double[] b = new double[n];
    return (t, x, g) -> {
      for (int i = 0; i < n; i++) {
        double d = g[i] + decay * x[i];
        v[i] = alpha * v[i] + (1 - alpha) * d * d;
        mean[i] = alpha * mean[i] + (1 - alpha) * d;
        double variance = centered ? v[i] - mean[i] * mean[i] : v[i];
        b[i] = mu * b[i] + d / (Math.sqrt(variance) + 1e-8);
        x[i] -= rate * b[i];
      }
    };
  }

  static Formula adagrad(int n, double rate, double rateDecay, double initial, double decay) {
    double[] sum = new double[n];
    return (t, x, g) -> {
      for (int i = 0; i < n; i++) {
        double d = g[i] + decay * x[i];
        sum[i] += d * d + (t == 1 ? initial : 0);
        x[i] -= rate / (1 + (t - 1) * rateDecay) * d / (Math.sqrt(sum[i]) + 1e-10);
      }
    };
  }

  static Formula adadelta(int n, double rate, double rho, double epsilon, double decay) {
    double[] squares = new double[n];
    double[] deltas = new double[n];
    return (t, x, g) -> {
      for (int i = 0; i < n; i++) {
        double d = g[i] + decay * x[i];
        squares[i] = rho * squares[i] + (1 - rho) * d * d;
        double delta = Math.sqrt((deltas[i] + epsilon) / (squares[i] + epsilon)) * d;
        deltas[i] = rho * deltas[i] + (1 - rho) * delta * delta;
        x[i] -= rate * delta;
      }
    };
  }

  /** Adam with coupled and decoupled decay, one of which is 0. */
  static Formula adam(
      int n,
      double rate,
      double beta1,
      double beta2,
      double coupled,
      double decoupled,
      boolean amsgrad) {
    double[] m = new double[n];
    double[] v = new double[n];
    double[] largest = new double[n];
    return (t, x, g) -> {
      for (int i = 0; i < n; i++) {
        double d = g[i] + coupled * x[i];
        m[i] = beta1 * m[i] + (1 - beta1) * d;
        v[i] = beta2 * v[i] + (1 - beta2) * d * d;
        largest[i] = Math.max(largest[i], v[i]);
        double mHat = m[i] / (1 - Math.pow(beta1, t));
        double vHat = (amsgrad ? largest[i] : v[i]) / (1 - Math.pow(beta2, t));
        x[i] = x[i] * (1 - rate * decoupled) - rate * mHat / (Math.sqrt(vHat) + 1e-8);
      }
    };
  }

  static Formula nadam(int n, double rate, double beta1, double beta2, double psi, double decay) {
    double[] m = new double[n];
    double[] v = new double[n];
    return (t, x, g) -> {
      double product = 1;
      for (int s = 1; s <= t; s++) {
        product *= mu(s, beta1, psi);
      }
      double next = mu(t + 1, beta1, psi);
      for (int i = 0; i < n; i++) {
        double d = g[i] + decay * x[i];
        m[i] = beta1 * m[i] + (1 - beta1) * d;
        v[i] = beta2 * v[i] + (1 - beta2) * d * d;
        double mHat =
            next * m[i] / (1 - product * next) + (1 - mu(t, beta1, psi)) * d / (1 - product);
        x[i] -= rate * mHat / (Math.sqrt(v[i] / (1 - Math.pow(beta2, t))) + 1e-8);
      }
    };
  }

  private static double mu(int t, double beta1, double psi) {
    return beta1 * (1 - 0.5 * Math.pow(0.96, t * psi));
  }

  static Formula lion(int n, double rate, double beta1, double beta2, double decay) {
    double[] m = new double[n];
    return (t, x, g) -> {
      for (int i = 0; i < n; i++) {
        double direction = Math.signum(beta1 * m[i] + (1 - beta1) * g[i]);
        x[i] -= rate * (direction + decay * x[i]);
        m[i] = beta2 * m[i] + (1 - beta2) * g[i];
      }
    };
  }
}
