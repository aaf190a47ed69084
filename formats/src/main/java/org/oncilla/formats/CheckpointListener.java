package org.oncilla.formats;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiConsumer;
import org.oncilla.io.Checkpoint;
import org.oncilla.train.EpochResult;
import org.oncilla.train.Trainer;
import org.oncilla.train.TrainingListener;

/**
 * Saves a checkpoint file after each epoch, in place of the one before. At every moment the file is
 * a whole one: whatever ends the training, the last epoch's is there.
 */
public final class CheckpointListener implements TrainingListener {
  private final Path file;
  private final BiConsumer<EpochResult, Map<String, String>> state;
  private int epoch;

  /** Saves to a file whose folder exists. */
  public CheckpointListener(Path file) {
    this(file, (result, entries) -> {});
  }

  /**
   * Saves to a file whose folder exists, with entries of one's own.
   *
   * @param state adds entries to the {@linkplain Checkpoint#state() state} of each checkpoint
   */
  public CheckpointListener(Path file, BiConsumer<EpochResult, Map<String, String>> state) {
    this.file = Objects.requireNonNull(file, "file");
    this.state = Objects.requireNonNull(state, "state");
  }

  /** The file. */
  public Path file() {
    return file;
  }

  /**
   * The epoch whose checkpoint is in the file, counted from 1; 0 before the first one was saved.
   * Waits while one is being saved, so that a shutdown hook that calls it lets that be finished.
   */
  public synchronized int epoch() {
    return epoch;
  }

  /**
   * Saves the checkpoint.
   *
   * @throws UncheckedIOException if it cannot be written; the file is then as it was
   */
  @Override
  public synchronized void epochEnded(Trainer trainer, EpochResult result) {
    Checkpoint checkpoint = trainer.checkpoint();
    state.accept(result, checkpoint.state());
    try {
      CheckpointFile.save(file, checkpoint);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    epoch = result.epoch();
  }
}
