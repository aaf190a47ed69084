package org.oncilla.train;

import java.util.Map;
import java.util.function.Supplier;
import org.oncilla.io.Checkpoint;
import org.oncilla.io.Checkpoints;
import org.oncilla.io.HostArray;
import org.oncilla.nn.Module;
import org.oncilla.optim.LearningRateSchedule;
import org.oncilla.optim.Optimizer;
import org.oncilla.tensor.NoGrad;
import org.oncilla.tensor.Scope;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All that a training changes, as it is saved and restored.
 *
 * @param model its weights, buffers and random streams
 * @param optimizer its state and steps
 * @param schedule its state
 */
record TrainingState(Module model, Optimizer optimizer, LearningRateSchedule schedule) {
  private static final Logger LOG = LoggerFactory.getLogger(TrainingState.class);
  private static final String EPOCH = "epoch";
  private static final String STEP = "step";

  /** Sets the learning rate of the step at a time, in epochs. */
  void setLearningRate(double time) {
    double rate = schedule.rate(time);
    double own = optimizer.learningRate();
    optimizer.learningRate(rate);
    if (rate != own && optimizer.steps() == 0) {
      LOG.info(
          "the learning rate is the schedule's and begins with {}; the optimizer's own of {} is not"
              + " used",
          (float) rate,
          (float) own);
    }
  }

  /** What is to be saved after a number of epochs. */
  Checkpoint checkpoint(int epochs) {
    Checkpoint checkpoint = Checkpoints.of(model);
    checkpoint.state().put(EPOCH, Integer.toString(epochs));
    checkpoint.state().put(STEP, Long.toString(optimizer.steps()));
    optimizer
        .settings()
        .forEach((name, value) -> checkpoint.state().put(Checkpoint.OPTIMIZER + name, value));
    optimizer
        .state()
        .forEach(
            (name, tensor) ->
                checkpoint
                    .tensors()
                    .put(
                        Checkpoint.OPTIMIZER + name,
                        new HostArray(tensor.shape(), tensor.toFloatArray())));
    schedule
        .state()
        .forEach((name, value) -> checkpoint.state().put(Checkpoint.SCHEDULE + name, value));
    return checkpoint;
  }

  /**
   * Goes back to what was saved.
   *
   * @return the number of epochs done
   * @throws IllegalArgumentException if it was saved by another kind of training
   */
  int restore(Checkpoint checkpoint) {
    String trainedBy = checkpoint.state().get(Checkpoint.OPTIMIZER + Optimizer.TYPE);
    String type = optimizer.settings().get(Optimizer.TYPE);
    if (trainedBy != null && !trainedBy.equals(type)) {
      throw new IllegalArgumentException(
          "resume: the checkpoint was trained by "
              + trainedBy
              + ", but this optimizer is "
              + type
              + "; go on with "
              + trainedBy
              + ", or start anew from the weights alone");
    }
    Checkpoints.restore(checkpoint, model);
    optimizer
        .state()
        .forEach(
            (name, tensor) -> Checkpoints.restore(checkpoint, Checkpoint.OPTIMIZER + name, tensor));
    optimizer.restoreSteps(Checkpoints.number(checkpoint, STEP));
    schedule.restore(Checkpoints.state(checkpoint, Checkpoint.SCHEDULE));
    return Math.toIntExact(Checkpoints.number(checkpoint, EPOCH));
  }

  /** Makes a change as a whole or not at all: a failure brings back what was before it. */
  <T> T wholly(Supplier<T> change) {
    Map<String, String> ofSchedule = schedule.state();
    try (Snapshot before = snapshot()) {
      try {
        return change.get();
      } catch (RuntimeException | Error failure) {
        before.restore();
        schedule.restore(ofSchedule);
        throw failure;
      }
    }
  }

  /** The largest magnitude of a weight; waits for the device. */
  double largestWeight() {
    try (Scope scope = Scope.open();
        NoGrad off = NoGrad.open()) {
      return model.parameters().values().abs().max().item();
    }
  }

  /** A copy on the device, to go back to. */
  Snapshot snapshot() {
    return new Snapshot(model, optimizer);
  }
}
