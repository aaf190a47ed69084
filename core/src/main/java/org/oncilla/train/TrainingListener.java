package org.oncilla.train;

/** Is told how a training goes, on the thread that trains. */
public interface TrainingListener {
  /** Training begins, with an initialized model; {@code trainer.model()} tells its layers. */
  default void started(Trainer trainer) {}

  /** Some more steps are done. */
  default void progressed(Progress progress) {}

  /** An epoch is done and validated; {@link Trainer#checkpoint} may be taken. */
  default void epochEnded(Trainer trainer, EpochResult result) {}

  /** Training is done. */
  default void ended(Trainer trainer, History history) {}
}
