package org.oncilla.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.oncilla.cli.zoo.ImageAugmentation;
import org.oncilla.cli.zoo.RateSchedule;
import org.oncilla.cli.zoo.ZooModel;
import org.oncilla.data.Augmentation;
import org.oncilla.data.Dataset;
import org.oncilla.io.Checkpoints;
import org.oncilla.optim.LearningRateSchedule;
import org.oncilla.optim.Optimizer;

/**
 * What a training is to do.
 *
 * @param model to train
 * @param epochs in all, those of {@code resume} included
 * @param batchSize samples in a batch
 * @param optimizer how weights follow their gradients
 * @param weightDecay of the optimizer
 * @param rates of the optimizer
 * @param augmentations of the training images, one after the other
 * @param seed of weights, shuffles and augmentations
 * @param out the model's file
 * @param layerNorms whether each layer's norms are watched
 * @param resume the model to go on with; null to begin anew
 */
record TrainingPlan(
    ZooModel model,
    int epochs,
    int batchSize,
    OptimizerChoice optimizer,
    double weightDecay,
    Rates rates,
    List<ImageAugmentation> augmentations,
    long seed,
    Path out,
    boolean layerNorms,
    ModelFile resume) {
  static final String MODEL = "model";
  static final String BATCH_SIZE = "batch_size";
  static final String SEED = "seed";
  static final String EPOCH = "epoch";
  static final String EPOCHS = "epochs";
  static final String OPTIMIZER = "optimizer.type";
  static final String LEARNING_RATE = "learning_rate";
  static final String DECAY = "learning_rate_decay";
  static final String SCHEDULE = "learning_rate_schedule";
  static final String WEIGHT_DECAY = "optimizer.weight_decay";
  static final String AUGMENTATION = "augmentation";

  private static final String PNG = ".png";

  /**
   * The learning rate in the course of a training.
   *
   * @param schedule how it falls
   * @param initial that of the first step
   * @param decay the factor after each epoch, where that is how it falls
   */
  record Rates(RateSchedule schedule, double initial, double decay) {
    /** The rate as a function of time in a training of so many epochs. */
    LearningRateSchedule over(int epochs) {
      return schedule.create(initial, decay, epochs);
    }

    /** How it falls; empty where it stays. */
    String falling() {
      boolean cosine = schedule == RateSchedule.COSINE;
      return cosine
          ? "falling to 0 as a cosine"
          : decay == 1 ? "" : "times " + Numbers.text(decay) + " each epoch";
    }
  }

  /** Adds to the state of a checkpoint what is not in it yet. */
  void save(Map<String, String> state) {
    state.put(MODEL, model.toString());
    state.put(EPOCHS, Integer.toString(epochs));
    state.put(BATCH_SIZE, Integer.toString(batchSize));
    state.put(LEARNING_RATE, Double.toString(rates.initial()));
    state.put(DECAY, Double.toString(rates.decay()));
    state.put(SCHEDULE, rates.schedule().toString());
    state.put(AUGMENTATION, ImageAugmentation.write(augmentations));
  }

  /** The optimizer, ready for the first epoch that is to be done. */
  Optimizer createOptimizer() {
    return optimizer.create(schedule().rate(epochsDone()), weightDecay);
  }

  /** The learning rate as a function of time. */
  LearningRateSchedule schedule() {
    return rates.over(epochs);
  }

  /** The training samples as the model gets to see them. */
  Dataset augmented(Dataset samples) {
    return augmentations.isEmpty()
        ? samples
        : samples.augmented(
            seed,
            augmentations.stream()
                .map(ImageAugmentation::augmentation)
                .toArray(Augmentation[]::new));
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
        "%s, batches of %d, %s with learning rate %s%s%s, seed %d",
        span(),
        batchSize,
        optimizer,
        rate(),
        weightDecay == 0 ? "" : ", weight decay " + Numbers.text(weightDecay),
        augmentations.isEmpty()
            ? ""
            : ", images augmented by " + ImageAugmentation.list(augmentations),
        seed);
  }

  /** Such as "3 epochs", or "epochs 2 to 3" of a resumed training. */
  private String span() {
    int first = epochsDone() + 1;
    if (resume == null) {
      return epochs == 1 ? "1 epoch" : epochs + " epochs";
    }
    return first == epochs ? "epoch " + epochs : "epochs " + first + " to " + epochs;
  }

  /** The first rate, how it falls, and the one to go on with. */
  private String rate() {
    double now = schedule().rate(epochsDone());
    String notes =
        Stream.of(rates.falling(), now == rates.initial() ? "" : "now " + Numbers.rounded(now))
            .filter(note -> !note.isEmpty())
            .collect(Collectors.joining("; "));
    return Numbers.text(rates.initial()) + (notes.isEmpty() ? "" : " (" + notes + ")");
  }

  /**
   * How this differs from a training that never stopped, where its length alone decides that: a
   * cosine that is to span other epochs than those it was made for. Null where it does not.
   */
  String bentSchedule() {
    String planned = resume == null ? null : resume.state(EPOCHS);
    if (planned == null
        || rates.schedule() != RateSchedule.COSINE
        || !RateSchedule.COSINE.toString().equals(resume.state(SCHEDULE))) {
      return null;
    }
    int before = Math.toIntExact(Checkpoints.number(resume.checkpoint(), EPOCHS));
    if (before == epochs) {
      return null;
    }
    double old = rates.over(before).rate(epochsDone());
    double now = schedule().rate(epochsDone());
    return "the cosine now spans %d epochs, not %d: the learning rate %s from %s to %s, so the result will differ from that of %d epochs in one go"
        .formatted(
            epochs,
            before,
            now > old ? "rises" : "falls",
            Numbers.rounded(old),
            Numbers.rounded(now),
            epochs);
  }
}
