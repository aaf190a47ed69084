package org.oncilla.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import org.oncilla.cli.zoo.ZooModel;
import org.oncilla.io.Checkpoints;
import org.oncilla.optim.ExponentialDecay;
import org.oncilla.optim.Optimizer;

/**
 * What a training is to do.
 *
 * @param model to train
 * @param epochs in all, those of {@code resume} included
 * @param batchSize samples in a batch
 * @param optimizer how weights follow their gradients
 * @param learningRate of the optimizer, epoch by epoch
 * @param seed of weights and shuffles
 * @param out the model's file
 * @param layerNorms whether each layer's norms are watched
 * @param resume the model to go on with; null to begin anew
 */
record TrainingPlan(
    ZooModel model,
    int epochs,
    int batchSize,
    OptimizerChoice optimizer,
    ExponentialDecay learningRate,
    long seed,
    Path out,
    boolean layerNorms,
    ModelFile resume) {
  static final String MODEL = "model";
  static final String BATCH_SIZE = "batch_size";
  static final String SEED = "seed";
  static final String EPOCH = "epoch";
  static final String OPTIMIZER = "optimizer.type";
  static final String LEARNING_RATE = "learning_rate";
  static final String DECAY = "learning_rate_decay";

  private static final String PNG = ".png";

  /** Adds to the state of a checkpoint what is not in it yet. */
  void save(Map<String, String> state) {
    state.put(MODEL, model.toString());
    state.put(BATCH_SIZE, Integer.toString(batchSize));
    state.put(LEARNING_RATE, Double.toString(learningRate.initial()));
    state.put(DECAY, Double.toString(learningRate.factor()));
  }

  /** The optimizer, ready for the first epoch that is to be done. */
  Optimizer createOptimizer() {
    return optimizer.create(learningRate.rate(epochsDone()));
  }

  /** Epochs that the model to go on with has behind it. */
  int epochsDone() {
    return resume == null ? 0 : Math.toIntExact(Checkpoints.number(resume.checkpoint(), EPOCH));
  }

  /** The picture of the curves: beside the model, with its name. */
  Path curves() {
    String name = out.getFileName().toString();
    int dot = name.lastIndexOf('.');
    return out.resolveSibling((dot > 0 ? name.substring(0, dot) : name) + PNG);
  }

  /**
   * Whether the first epoch's checkpoint will replace a file that is not gone on with.
   *
   * @throws IOException if the files cannot be looked at
   */
  boolean replacesOther() throws IOException {
    return Files.exists(out) && (resume == null || !Files.isSameFile(out, resume.path()));
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%d epoch%s, batches of %d, %s with learning rate %s%s, seed %d",
        epochs,
        epochs == 1 ? "" : "s",
        batchSize,
        optimizer,
        learningRate.initial(),
        learningRate.factor() == 1 ? "" : " (times " + learningRate.factor() + " each epoch)",
        seed);
  }
}
