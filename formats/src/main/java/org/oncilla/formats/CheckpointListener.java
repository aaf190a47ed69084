package org.oncilla.formats;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiConsumer;
import org.oncilla.io.Checkpoint;
import org.oncilla.train.EarlyStop;
import org.oncilla.train.EpochResult;
import org.oncilla.train.History;
import org.oncilla.train.Trainer;
import org.oncilla.train.TrainingListener;

/**
 * Saves a checkpoint file after each epoch, in place of the one before. At every moment the file is
 * a whole one: whatever ends the training, the last epoch's is there. Where {@link
 * org.oncilla.train.EarlyStopping} takes the training back to its best epoch, that epoch's is saved
 * at last.
 */
public final class CheckpointListener implements TrainingListener {
  private final Path file;
  private final BiConsumer<EpochResult, Map<String, String>> state;
  private Map<String, String> added = Map.of();
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
    Map<String, String> own = Map.copyOf(checkpoint.state());
    state.accept(result, checkpoint.state());
    added = new LinkedHashMap<>(checkpoint.state());
    added.entrySet().removeAll(own.entrySet());
    save(checkpoint, result.epoch());
  }

  /** Saves the best epoch, with the entries that were added to the last one. */
  @Override
  public synchronized void ended(Trainer trainer, History history) {
    EarlyStop end = history.earlyStop();
    if (epoch > 0 && end != null && end.bestEpoch() > 0 && end.bestEpoch() != epoch) {
      Checkpoint checkpoint = trainer.checkpoint();
      checkpoint.state().putAll(added);
      save(checkpoint, end.bestEpoch());
    }
  }

  private void save(Checkpoint checkpoint, int number) {
    try {
      CheckpointFile.save(file, checkpoint);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    epoch = number;
  }
}
