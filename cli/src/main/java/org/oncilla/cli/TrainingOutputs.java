package org.oncilla.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.oncilla.formats.CheckpointListener;
import org.oncilla.train.EpochResult;
import org.oncilla.train.Trainer;
import org.oncilla.train.TrainingListener;

/**
 * What a training leaves behind, whatever ends it.
 *
 * @param plan of the training
 * @param epochs that were done, those before a resumed checkpoint included
 * @param layers of the epochs in which they were watched
 * @param saver of checkpoints
 * @param curves of the epochs
 * @param writing held while one of the two writes
 */
record TrainingOutputs(
    TrainingPlan plan,
    List<EpochRecord> epochs,
    List<LayerRecord> layers,
    CheckpointListener saver,
    CurvesListener curves,
    ReentrantLock writing) {

  static TrainingOutputs of(TrainingPlan plan, DataChoice data, ModelInput input) {
    List<EpochRecord> epochs = new ArrayList<>();
    List<LayerRecord> layers = new ArrayList<>();
    if (plan.resume() != null) {
      epochs.addAll(EpochRecord.read(plan.resume()));
      layers.addAll(LayerRecord.read(plan.resume()));
    }
    CheckpointListener saver =
        new CheckpointListener(
            plan.out(),
            (result, state) -> {
              epochs.add(EpochRecord.of(result));
              plan.save(state);
              input.save(state);
              state.put(EpochRecord.KEY, EpochRecord.write(epochs));
              layers.addAll(LayerRecord.of(result));
              if (!layers.isEmpty()) {
                state.put(LayerRecord.KEY, LayerRecord.write(layers));
              }
            });
    CurvesListener curves =
        new CurvesListener(plan.curves(), plan.model() + " on " + data.title(), epochs);
    return new TrainingOutputs(plan, epochs, layers, saver, curves, new ReentrantLock());
  }

  /** Lets a listener write its file as a whole, or not at all once the training is stopped. */
  TrainingListener whole(TrainingListener writer) {
    return new TrainingListener() {
      @Override
      public void epochEnded(Trainer trainer, EpochResult result) {
        writing.lock();
        try {
          writer.epochEnded(trainer, result);
        } finally {
          writing.unlock();
        }
      }
    };
  }

  /** Waits for a file that is being written; none is written from then on. */
  void stop() {
    writing.lock();
  }

  /** The file with the last good weights, or null. */
  Path lastGoodFile() {
    if (saver.epoch() > 0) {
      return saver.file();
    }
    return plan.resume() == null ? null : plan.resume().path();
  }

  /** Draws the curves that are still to be drawn, and says what there is. */
  String lastGood() {
    int epoch = saver.epoch();
    if (epoch > 0) {
      return "The last good checkpoint, after epoch "
          + epoch
          + ", is "
          + saver.file()
          + (curves.finish() ? ", with its curves in " + curves.file() : "");
    }
    return plan.resume() != null
        ? "The last good checkpoint is still " + plan.resume().path()
        : "No epoch was done, so no checkpoint was saved";
  }
}
