package org.oncilla.cpu.simd;

import static org.oncilla.cpu.simd.FusedMultiplyAdd.fma;

/** {@link UpdateOps} in plain Java; also what remains after the last whole register. */
public final class ScalarUpdates implements UpdateOps {
  @Override
  public void sgd(SgdStep step, float[] p, int po, float[] g, int go, float[] v, int vo, int n) {
    for (int i = 0; i < n; i++) {
      float parameter = p[po + i];
      float d = fma(step.weightDecay(), parameter, g[go + i]);
      if (step.momentum() != 0f) {
        float velocity = step.gradientShare() * d;
        if (!step.firstStep()) {
          velocity = fma(step.momentum(), v[vo + i], velocity);
        }
        v[vo + i] = velocity;
        d = step.nesterov() ? fma(step.momentum(), velocity, d) : velocity;
      }
      p[po + i] = fma(-step.learningRate(), d, parameter);
    }
  }

  @Override
  public void adam(
      AdamStep step,
      float[] p,
      int po,
      float[] g,
      int go,
      float[] m,
      int mo,
      float[] v,
      int vo,
      int n) {
    for (int i = 0; i < n; i++) {
      float parameter = p[po + i];
      float d = fma(step.weightDecay(), parameter, g[go + i]);
      float first = fma(step.beta1(), m[mo + i], step.beta1Rest() * d);
      float second = fma(step.beta2(), v[vo + i], step.beta2Rest() * (d * d));
      m[mo + i] = first;
      v[vo + i] = second;
      float root = fma((float) Math.sqrt(second), step.rootScale(), step.epsilon());
      p[po + i] = fma(-step.stepSize(), first / root, step.parameterFactor() * parameter);
    }
  }
}
