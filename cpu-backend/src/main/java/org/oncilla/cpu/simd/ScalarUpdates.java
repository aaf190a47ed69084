package org.oncilla.cpu.simd;

import static org.oncilla.cpu.simd.FusedMultiplyAdd.fma;

/** {@link UpdateOps} in plain Java; also what remains after the last whole register. */
public final class ScalarUpdates implements UpdateOps {
  @Override
  public void sgd(SgdStep step, Slice p, Slice g, Slice v, int from, int to) {
    for (int i = from; i < to; i++) {
      float parameter = p.get(i);
      float d = fma(step.weightDecay(), parameter, g.get(i));
      if (step.momentum() != 0f) {
        float velocity = step.gradientShare() * d;
        if (!step.firstStep()) {
          velocity = fma(step.momentum(), v.get(i), velocity);
        }
        v.set(i, velocity);
        d = step.nesterov() ? fma(step.momentum(), velocity, d) : velocity;
      }
      p.set(i, fma(-step.learningRate(), d, parameter));
    }
  }

  @Override
  public void rmsProp(
      RmsPropStep step, Slice p, Slice g, Slice v, Slice b, Slice a, int from, int to) {
    for (int i = from; i < to; i++) {
      float parameter = p.get(i);
      float d = fma(step.weightDecay(), parameter, g.get(i));
      float square = fma(step.alpha(), v.get(i), step.alphaRest() * (d * d));
      v.set(i, square);
      float variance = square;
      if (step.centered()) {
        float average = fma(step.alpha(), a.get(i), step.alphaRest() * d);
        a.set(i, average);
        variance = Math.max(fma(-average, average, square), 0f);
      }
      float direction = d / (root(variance) + step.epsilon());
      if (step.momentum() != 0f) {
        direction = fma(step.momentum(), b.get(i), direction);
        b.set(i, direction);
      }
      p.set(i, fma(-step.learningRate(), direction, parameter));
    }
  }

  @Override
  public void adagrad(AdagradStep step, Slice p, Slice g, Slice s, int from, int to) {
    for (int i = from; i < to; i++) {
      float parameter = p.get(i);
      float d = fma(step.weightDecay(), parameter, g.get(i));
      float sum = fma(d, d, s.get(i));
      s.set(i, sum);
      p.set(i, fma(-step.stepSize(), d / (root(sum) + step.epsilon()), parameter));
    }
  }

  @Override
  public void adadelta(AdadeltaStep step, Slice p, Slice g, Slice v, Slice u, int from, int to) {
    for (int i = from; i < to; i++) {
      float parameter = p.get(i);
      float d = fma(step.weightDecay(), parameter, g.get(i));
      float square = fma(step.rho(), v.get(i), step.rhoRest() * (d * d));
      v.set(i, square);
      float deltas = u.get(i);
      float delta = root(deltas + step.epsilon()) / root(square + step.epsilon()) * d;
      u.set(i, fma(step.rho(), deltas, step.rhoRest() * (delta * delta)));
      p.set(i, fma(-step.learningRate(), delta, parameter));
    }
  }

  @Override
  public void adam(AdamStep step, Slice p, Slice g, Slice m, Slice v, Slice x, int from, int to) {
    for (int i = from; i < to; i++) {
      float parameter = p.get(i);
      float d = fma(step.weightDecay(), parameter, g.get(i));
      float first = fma(step.beta1(), m.get(i), step.beta1Rest() * d);
      float second = fma(step.beta2(), v.get(i), step.beta2Rest() * (d * d));
      m.set(i, first);
      v.set(i, second);
      if (x != null) {
        second = Math.max(x.get(i), second);
        x.set(i, second);
      }
      float scale = fma(root(second), step.rootScale(), step.epsilon());
      p.set(i, fma(-step.stepSize(), first / scale, step.parameterFactor() * parameter));
    }
  }

  @Override
  public void nadam(AdamStep step, Slice p, Slice g, Slice m, Slice v, int from, int to) {
    for (int i = from; i < to; i++) {
      float parameter = p.get(i);
      float d = fma(step.weightDecay(), parameter, g.get(i));
      float first = fma(step.beta1(), m.get(i), step.beta1Rest() * d);
      float second = fma(step.beta2(), v.get(i), step.beta2Rest() * (d * d));
      m.set(i, first);
      v.set(i, second);
      float scale = fma(root(second), step.rootScale(), step.epsilon());
      float direction = fma(step.stepSize(), first, step.gradientStepSize() * d);
      p.set(i, parameter - direction / scale);
    }
  }

  @Override
  public void lion(LionStep step, Slice p, Slice g, Slice m, int from, int to) {
    for (int i = from; i < to; i++) {
      float gradient = g.get(i);
      float moment = m.get(i);
      float direction = Math.signum(fma(step.beta1(), moment, step.beta1Rest() * gradient));
      p.set(i, fma(-step.learningRate(), direction, step.parameterFactor() * p.get(i)));
      m.set(i, fma(step.beta2(), moment, step.beta2Rest() * gradient));
    }
  }

  private static float root(float value) {
    return (float) Math.sqrt(value);
  }
}
