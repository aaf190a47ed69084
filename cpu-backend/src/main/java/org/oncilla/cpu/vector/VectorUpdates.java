package org.oncilla.cpu.vector;

import static org.oncilla.cpu.vector.VectorMath.LANES;
import static org.oncilla.cpu.vector.VectorMath.SPECIES;

import jdk.incubator.vector.FloatVector;
import org.oncilla.cpu.simd.ScalarUpdates;
import org.oncilla.cpu.simd.UpdateOps;

/** {@link UpdateOps} in whole registers; the scalar implementation does what remains. */
final class VectorUpdates implements UpdateOps {
  private final ScalarUpdates rest = new ScalarUpdates();

  @Override
  public void sgd(SgdStep step, float[] p, int po, float[] g, int go, float[] v, int vo, int n) {
    int whole = SPECIES.loopBound(n);
    if (step.momentum() == 0f) {
      plainSgd(step, p, po, g, go, whole);
    } else if (step.firstStep()) {
      firstMomentumSgd(step, p, po, g, go, v, vo, whole);
    } else {
      momentumSgd(step, p, po, g, go, v, vo, whole);
    }
    rest.sgd(step, p, po + whole, g, go + whole, v, vo + whole, n - whole);
  }

  private static void plainSgd(SgdStep step, float[] p, int po, float[] g, int go, int n) {
    FloatVector decay = broadcast(step.weightDecay());
    FloatVector rate = broadcast(-step.learningRate());
    for (int i = 0; i < n; i += LANES) {
      FloatVector parameter = load(p, po + i);
      FloatVector d = decay.fma(parameter, load(g, go + i));
      rate.fma(d, parameter).intoArray(p, po + i);
    }
  }

  private static void firstMomentumSgd(
      SgdStep step, float[] p, int po, float[] g, int go, float[] v, int vo, int n) {
    FloatVector decay = broadcast(step.weightDecay());
    FloatVector share = broadcast(step.gradientShare());
    FloatVector momentum = broadcast(step.momentum());
    FloatVector rate = broadcast(-step.learningRate());
    for (int i = 0; i < n; i += LANES) {
      FloatVector parameter = load(p, po + i);
      FloatVector d = decay.fma(parameter, load(g, go + i));
      FloatVector velocity = share.mul(d);
      velocity.intoArray(v, vo + i);
      FloatVector direction = step.nesterov() ? momentum.fma(velocity, d) : velocity;
      rate.fma(direction, parameter).intoArray(p, po + i);
    }
  }

  private static void momentumSgd(
      SgdStep step, float[] p, int po, float[] g, int go, float[] v, int vo, int n) {
    FloatVector decay = broadcast(step.weightDecay());
    FloatVector share = broadcast(step.gradientShare());
    FloatVector momentum = broadcast(step.momentum());
    FloatVector rate = broadcast(-step.learningRate());
    for (int i = 0; i < n; i += LANES) {
      FloatVector parameter = load(p, po + i);
      FloatVector d = decay.fma(parameter, load(g, go + i));
      FloatVector velocity = momentum.fma(load(v, vo + i), share.mul(d));
      velocity.intoArray(v, vo + i);
      FloatVector direction = step.nesterov() ? momentum.fma(velocity, d) : velocity;
      rate.fma(direction, parameter).intoArray(p, po + i);
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
    FloatVector decay = broadcast(step.weightDecay());
    FloatVector beta1 = broadcast(step.beta1());
    FloatVector beta1Rest = broadcast(step.beta1Rest());
    FloatVector beta2 = broadcast(step.beta2());
    FloatVector beta2Rest = broadcast(step.beta2Rest());
    FloatVector rootScale = broadcast(step.rootScale());
    FloatVector epsilon = broadcast(step.epsilon());
    FloatVector stepSize = broadcast(-step.stepSize());
    FloatVector factor = broadcast(step.parameterFactor());
    int whole = SPECIES.loopBound(n);
    for (int i = 0; i < whole; i += LANES) {
      FloatVector parameter = load(p, po + i);
      FloatVector d = decay.fma(parameter, load(g, go + i));
      FloatVector first = beta1.fma(load(m, mo + i), beta1Rest.mul(d));
      FloatVector second = beta2.fma(load(v, vo + i), beta2Rest.mul(d.mul(d)));
      first.intoArray(m, mo + i);
      second.intoArray(v, vo + i);
      FloatVector root = second.sqrt().fma(rootScale, epsilon);
      stepSize.fma(first.div(root), factor.mul(parameter)).intoArray(p, po + i);
    }
    rest.adam(step, p, po + whole, g, go + whole, m, mo + whole, v, vo + whole, n - whole);
  }

  private static FloatVector load(float[] from, int at) {
    return FloatVector.fromArray(SPECIES, from, at);
  }

  private static FloatVector broadcast(float value) {
    return FloatVector.broadcast(SPECIES, value);
  }
}
