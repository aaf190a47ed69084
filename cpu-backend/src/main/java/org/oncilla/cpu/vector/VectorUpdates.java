package org.oncilla.cpu.vector;

import static org.oncilla.cpu.vector.VectorMath.LANES;
import static org.oncilla.cpu.vector.VectorMath.SPECIES;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import org.oncilla.cpu.simd.ScalarUpdates;
import org.oncilla.cpu.simd.Slice;
import org.oncilla.cpu.simd.UpdateOps;

/** {@link UpdateOps} in whole registers; the scalar implementation does what remains. */
final class VectorUpdates implements UpdateOps {
  private final ScalarUpdates rest = new ScalarUpdates();

  @Override
  public void sgd(SgdStep step, Slice p, Slice g, Slice v, int from, int to) {
    int whole = whole(from, to);
    if (step.momentum() == 0f) {
      plainSgd(step, p, g, from, whole);
    } else if (step.firstStep()) {
      firstMomentumSgd(step, p, g, v, from, whole);
    } else {
      momentumSgd(step, p, g, v, from, whole);
    }
    rest.sgd(step, p, g, v, whole, to);
  }

  private static void plainSgd(SgdStep step, Slice p, Slice g, int from, int to) {
    FloatVector decay = broadcast(step.weightDecay());
    FloatVector rate = broadcast(-step.learningRate());
    for (int i = from; i < to; i += LANES) {
      FloatVector parameter = load(p, i);
      FloatVector d = decay.fma(parameter, load(g, i));
      store(rate.fma(d, parameter), p, i);
    }
  }

  private static void firstMomentumSgd(SgdStep step, Slice p, Slice g, Slice v, int from, int to) {
    FloatVector decay = broadcast(step.weightDecay());
    FloatVector share = broadcast(step.gradientShare());
    FloatVector momentum = broadcast(step.momentum());
    FloatVector rate = broadcast(-step.learningRate());
    for (int i = from; i < to; i += LANES) {
      FloatVector parameter = load(p, i);
      FloatVector d = decay.fma(parameter, load(g, i));
      FloatVector velocity = share.mul(d);
      store(velocity, v, i);
      FloatVector direction = step.nesterov() ? momentum.fma(velocity, d) : velocity;
      store(rate.fma(direction, parameter), p, i);
    }
  }

  private static void momentumSgd(SgdStep step, Slice p, Slice g, Slice v, int from, int to) {
    FloatVector decay = broadcast(step.weightDecay());
    FloatVector share = broadcast(step.gradientShare());
    FloatVector momentum = broadcast(step.momentum());
    FloatVector rate = broadcast(-step.learningRate());
    for (int i = from; i < to; i += LANES) {
      FloatVector parameter = load(p, i);
      FloatVector d = decay.fma(parameter, load(g, i));
      FloatVector velocity = momentum.fma(load(v, i), share.mul(d));
      store(velocity, v, i);
      FloatVector direction = step.nesterov() ? momentum.fma(velocity, d) : velocity;
      store(rate.fma(direction, parameter), p, i);
    }
  }

  @Override
  public void rmsProp(
      RmsPropStep step, Slice p, Slice g, Slice v, Slice b, Slice a, int from, int to) {
    FloatVector decay = broadcast(step.weightDecay());
    FloatVector alpha = broadcast(step.alpha());
    FloatVector alphaRest = broadcast(step.alphaRest());
    FloatVector epsilon = broadcast(step.epsilon());
    FloatVector momentum = broadcast(step.momentum());
    FloatVector rate = broadcast(-step.learningRate());
    FloatVector zero = broadcast(0f);
    int whole = whole(from, to);
    for (int i = from; i < whole; i += LANES) {
      FloatVector parameter = load(p, i);
      FloatVector d = decay.fma(parameter, load(g, i));
      FloatVector variance = alpha.fma(load(v, i), alphaRest.mul(d.mul(d)));
      store(variance, v, i);
      if (step.centered()) {
        FloatVector average = alpha.fma(load(a, i), alphaRest.mul(d));
        store(average, a, i);
        variance = average.neg().fma(average, variance).max(zero);
      }
      FloatVector direction = d.div(variance.sqrt().add(epsilon));
      if (step.momentum() != 0f) {
        direction = momentum.fma(load(b, i), direction);
        store(direction, b, i);
      }
      store(rate.fma(direction, parameter), p, i);
    }
    rest.rmsProp(step, p, g, v, b, a, whole, to);
  }

  @Override
  public void adagrad(AdagradStep step, Slice p, Slice g, Slice s, int from, int to) {
    FloatVector decay = broadcast(step.weightDecay());
    FloatVector epsilon = broadcast(step.epsilon());
    FloatVector stepSize = broadcast(-step.stepSize());
    int whole = whole(from, to);
    for (int i = from; i < whole; i += LANES) {
      FloatVector parameter = load(p, i);
      FloatVector d = decay.fma(parameter, load(g, i));
      FloatVector sum = d.fma(d, load(s, i));
      store(sum, s, i);
      store(stepSize.fma(d.div(sum.sqrt().add(epsilon)), parameter), p, i);
    }
    rest.adagrad(step, p, g, s, whole, to);
  }

  @Override
  public void adadelta(AdadeltaStep step, Slice p, Slice g, Slice v, Slice u, int from, int to) {
    FloatVector decay = broadcast(step.weightDecay());
    FloatVector rho = broadcast(step.rho());
    FloatVector rhoRest = broadcast(step.rhoRest());
    FloatVector epsilon = broadcast(step.epsilon());
    FloatVector rate = broadcast(-step.learningRate());
    int whole = whole(from, to);
    for (int i = from; i < whole; i += LANES) {
      FloatVector parameter = load(p, i);
      FloatVector d = decay.fma(parameter, load(g, i));
      FloatVector square = rho.fma(load(v, i), rhoRest.mul(d.mul(d)));
      store(square, v, i);
      FloatVector deltas = load(u, i);
      FloatVector ratio = deltas.add(epsilon).sqrt().div(square.add(epsilon).sqrt());
      FloatVector delta = ratio.mul(d);
      store(rho.fma(deltas, rhoRest.mul(delta.mul(delta))), u, i);
      store(rate.fma(delta, parameter), p, i);
    }
    rest.adadelta(step, p, g, v, u, whole, to);
  }

  @Override
  public void adam(AdamStep step, Slice p, Slice g, Slice m, Slice v, Slice x, int from, int to) {
    FloatVector decay = broadcast(step.weightDecay());
    FloatVector beta1 = broadcast(step.beta1());
    FloatVector beta1Rest = broadcast(step.beta1Rest());
    FloatVector beta2 = broadcast(step.beta2());
    FloatVector beta2Rest = broadcast(step.beta2Rest());
    FloatVector rootScale = broadcast(step.rootScale());
    FloatVector epsilon = broadcast(step.epsilon());
    FloatVector stepSize = broadcast(-step.stepSize());
    FloatVector factor = broadcast(step.parameterFactor());
    int whole = whole(from, to);
    for (int i = from; i < whole; i += LANES) {
      FloatVector parameter = load(p, i);
      FloatVector d = decay.fma(parameter, load(g, i));
      FloatVector first = beta1.fma(load(m, i), beta1Rest.mul(d));
      FloatVector second = beta2.fma(load(v, i), beta2Rest.mul(d.mul(d)));
      store(first, m, i);
      store(second, v, i);
      if (x != null) {
        second = load(x, i).max(second);
        store(second, x, i);
      }
      FloatVector scale = second.sqrt().fma(rootScale, epsilon);
      store(stepSize.fma(first.div(scale), factor.mul(parameter)), p, i);
    }
    rest.adam(step, p, g, m, v, x, whole, to);
  }

  @Override
  public void nadam(AdamStep step, Slice p, Slice g, Slice m, Slice v, int from, int to) {
    FloatVector decay = broadcast(step.weightDecay());
    FloatVector beta1 = broadcast(step.beta1());
    FloatVector beta1Rest = broadcast(step.beta1Rest());
    FloatVector beta2 = broadcast(step.beta2());
    FloatVector beta2Rest = broadcast(step.beta2Rest());
    FloatVector rootScale = broadcast(step.rootScale());
    FloatVector epsilon = broadcast(step.epsilon());
    FloatVector ofMoment = broadcast(step.stepSize());
    FloatVector ofGradient = broadcast(step.gradientStepSize());
    int whole = whole(from, to);
    for (int i = from; i < whole; i += LANES) {
      FloatVector parameter = load(p, i);
      FloatVector d = decay.fma(parameter, load(g, i));
      FloatVector first = beta1.fma(load(m, i), beta1Rest.mul(d));
      FloatVector second = beta2.fma(load(v, i), beta2Rest.mul(d.mul(d)));
      store(first, m, i);
      store(second, v, i);
      FloatVector scale = second.sqrt().fma(rootScale, epsilon);
      FloatVector direction = ofMoment.fma(first, ofGradient.mul(d));
      store(parameter.sub(direction.div(scale)), p, i);
    }
    rest.nadam(step, p, g, m, v, whole, to);
  }

  @Override
  public void lion(LionStep step, Slice p, Slice g, Slice m, int from, int to) {
    FloatVector factor = broadcast(step.parameterFactor());
    FloatVector beta1 = broadcast(step.beta1());
    FloatVector beta1Rest = broadcast(step.beta1Rest());
    FloatVector beta2 = broadcast(step.beta2());
    FloatVector beta2Rest = broadcast(step.beta2Rest());
    FloatVector rate = broadcast(-step.learningRate());
    FloatVector one = broadcast(1f);
    FloatVector minusOne = broadcast(-1f);
    int whole = whole(from, to);
    for (int i = from; i < whole; i += LANES) {
      FloatVector gradient = load(g, i);
      FloatVector moment = load(m, i);
      FloatVector blend = beta1.fma(moment, beta1Rest.mul(gradient));
      // What is neither above nor below 0, zeros and NaN, is its own sign.
      FloatVector sign =
          blend
              .blend(one, blend.compare(VectorOperators.GT, 0f))
              .blend(minusOne, blend.compare(VectorOperators.LT, 0f));
      store(rate.fma(sign, factor.mul(load(p, i))), p, i);
      store(beta2.fma(moment, beta2Rest.mul(gradient)), m, i);
    }
    rest.lion(step, p, g, m, whole, to);
  }

  /** Where the last whole register ends. */
  private static int whole(int from, int to) {
    return from + SPECIES.loopBound(to - from);
  }

  private static FloatVector load(Slice slice, int index) {
    return FloatVector.fromArray(SPECIES, slice.array(), slice.offset() + index);
  }

  private static void store(FloatVector value, Slice slice, int index) {
    value.intoArray(slice.array(), slice.offset() + index);
  }

  private static FloatVector broadcast(float value) {
    return FloatVector.broadcast(SPECIES, value);
  }
}
