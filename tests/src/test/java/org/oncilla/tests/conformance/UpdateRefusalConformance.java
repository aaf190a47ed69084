package org.oncilla.tests.conformance;

import static org.oncilla.tests.conformance.RefusalConformance.refuses;

import org.oncilla.backend.UpdateKernels.Adadelta;
import org.oncilla.backend.UpdateKernels.Adagrad;
import org.oncilla.backend.UpdateKernels.Adam;
import org.oncilla.backend.UpdateKernels.Lion;
import org.oncilla.backend.UpdateKernels.Nadam;
import org.oncilla.backend.UpdateKernels.RmsProp;
import org.oncilla.backend.UpdateKernels.Sgd;
import org.oncilla.tests.conformance.RefusalConformance.Call;

/** Optimizer steps whose spans do not fit one another. */
class UpdateRefusalConformance {
  private static final Sgd SGD = new Sgd(0.1, 0.9, 0, false, 0, true);
  private static final RmsProp VELOCITY = new RmsProp(0.01, 0.99, 1e-8, 0.9, false, 0);
  private static final RmsProp CENTERED = new RmsProp(0.01, 0.99, 1e-8, 0, true, 0);
  private static final Adagrad ADAGRAD = new Adagrad(0.01, 0, 1e-10, 0, 1);
  private static final Adadelta ADADELTA = new Adadelta(1, 0.9, 1e-6, 0);
  private static final Adam ADAM = new Adam(1e-3, 0.9, 0.999, 1e-8, 0, false, false, 1);
  private static final Adam AMSGRAD = new Adam(1e-3, 0.9, 0.999, 1e-8, 0, false, true, 1);
  private static final Nadam NADAM = new Nadam(2e-3, 0.9, 0.999, 1e-8, 0, 0.45, 0.45, 0.45, 1);
  private static final Lion LION = new Lion(1e-4, 0.9, 0.99, 0);

  @OnEveryBackend(referenceToo = true)
  void gradientsOfAnotherLength(BackendUnderTest target) {
    refusesGradients(
        target, "sgd", (on, s) -> on.update().sgd(SGD, s.values(4), s.values(5), s.values(4)));
    refusesGradients(
        target,
        "rmsprop",
        (on, s) ->
            on.update()
                .rmsProp(VELOCITY, s.values(4), s.values(5), s.values(4), s.values(4), null));
    refusesGradients(
        target,
        "adagrad",
        (on, s) -> on.update().adagrad(ADAGRAD, s.values(4), s.values(5), s.values(4)));
    refusesGradients(
        target,
        "adadelta",
        (on, s) ->
            on.update().adadelta(ADADELTA, s.values(4), s.values(5), s.values(4), s.values(4)));
    refusesGradients(
        target,
        "adam",
        (on, s) ->
            on.update().adam(ADAM, s.values(4), s.values(5), s.values(4), s.values(4), null));
    refusesGradients(
        target,
        "nadam",
        (on, s) -> on.update().nadam(NADAM, s.values(4), s.values(5), s.values(4), s.values(4)));
    refusesGradients(
        target, "lion", (on, s) -> on.update().lion(LION, s.values(4), s.values(5), s.values(4)));
  }

  private static void refusesGradients(BackendUnderTest target, String operation, Call call) {
    refuses(target, operation + ": gradients has 5 elements, but the shape demands 4", call);
  }

  @OnEveryBackend(referenceToo = true)
  void stateThatIsMissing(BackendUnderTest target) {
    refuses(
        target,
        "sgd: velocity is missing",
        (on, s) -> on.update().sgd(SGD, s.values(4), s.values(4), null));
    refuses(
        target,
        "rmsprop: velocity is missing",
        (on, s) ->
            on.update().rmsProp(VELOCITY, s.values(4), s.values(4), s.values(4), null, null));
    refuses(
        target,
        "rmsprop: average is missing",
        (on, s) ->
            on.update().rmsProp(CENTERED, s.values(4), s.values(4), s.values(4), null, null));
    refuses(
        target,
        "adam: largestSecondMoment is missing",
        (on, s) ->
            on.update().adam(AMSGRAD, s.values(4), s.values(4), s.values(4), s.values(4), null));
    refuses(
        target,
        "lion: firstMoment is missing",
        (on, s) -> on.update().lion(LION, s.values(4), s.values(4), null));
  }

  @OnEveryBackend(referenceToo = true)
  void stateOfAnotherLength(BackendUnderTest target) {
    refuses(
        target,
        "rmsprop: squareAverage has 3 elements, but the shape demands 4",
        (on, s) ->
            on.update()
                .rmsProp(VELOCITY, s.values(4), s.values(4), s.values(3), s.values(4), null));
    refuses(
        target,
        "adagrad: squareSum has 3 elements, but the shape demands 4",
        (on, s) -> on.update().adagrad(ADAGRAD, s.values(4), s.values(4), s.values(3)));
    refuses(
        target,
        "adadelta: deltaAverage has 3 elements, but the shape demands 4",
        (on, s) ->
            on.update().adadelta(ADADELTA, s.values(4), s.values(4), s.values(4), s.values(3)));
    refuses(
        target,
        "adam: secondMoment has 3 elements, but the shape demands 4",
        (on, s) ->
            on.update().adam(ADAM, s.values(4), s.values(4), s.values(4), s.values(3), null));
    refuses(
        target,
        "nadam: secondMoment has 3 elements, but the shape demands 4",
        (on, s) -> on.update().nadam(NADAM, s.values(4), s.values(4), s.values(4), s.values(3)));
  }

  @OnEveryBackend(referenceToo = true)
  void indices(BackendUnderTest target) {
    refuses(
        target,
        "lion: parameters holds INT32, but must hold " + target.backend().floatType(),
        (on, s) -> on.update().lion(LION, s.indices(4), s.values(4), s.values(4)));
  }
}
