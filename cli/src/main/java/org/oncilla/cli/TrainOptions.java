package org.oncilla.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.oncilla.cli.zoo.ImageAugmentation;
import org.oncilla.cli.zoo.RateSchedule;
import org.oncilla.cli.zoo.Recipe;
import org.oncilla.cli.zoo.ZooModel;
import picocli.CommandLine.Option;

/** How to train. */
final class TrainOptions {
  private static final long SEED = 42;
  private static final double DECAY = 0.7;
  private static final String CHANGEABLE =
      "--epochs, --batch, --learning-rate, --schedule, --decay, --weight-decay and --augment";

  @Option(
      names = "--epochs",
      paramLabel = "N",
      description =
          "Epochs in all, those of a resumed model included (default: 3; 15 for alexnet, 30 for"
              + " resnet20; what a resumed model was to have).")
  Integer epochs;

  @Option(
      names = "--batch",
      paramLabel = "N",
      description = "Samples in a batch (default: 64; 128 for mlp and resnet20).")
  Integer batch;

  @Option(
      names = "--optimizer",
      paramLabel = "NAME",
      description = "${COMPLETION-CANDIDATES}; sgd has momentum 0.9 (default: sgd).")
  OptimizerChoice optimizer;

  @Option(
      names = "--learning-rate",
      paramLabel = "RATE",
      description =
          "The optimizer's step size in the first epoch (default: 0.05 for sgd, 0.01 with alexnet, 0.1 with resnet20;"
              + " 0.001 for rmsprop, adam and adamw, 0.01 for adagrad, 1 for adadelta, 0.002 for"
              + " nadam, 0.0001 for lion).")
  Double learningRate;

  @Option(
      names = "--schedule",
      paramLabel = "NAME",
      description =
          "How the learning rate falls: ${COMPLETION-CANDIDATES}; cosine reaches 0 at the end of"
              + " --epochs (default: exponential; cosine for alexnet and resnet20).")
  RateSchedule schedule;

  @Option(
      names = "--decay",
      paramLabel = "FACTOR",
      description =
          "What the learning rate is multiplied by after each epoch, with an exponential schedule; 1"
              + " leaves it as it is (default: 0.7).")
  Double decay;

  @Option(
      names = "--weight-decay",
      paramLabel = "FACTOR",
      description =
          "The share of each weight that is added to its gradient; adamw and lion take it, times the"
              + " rate, off the weight (default: 0; 0.0005 for alexnet, 0.0001 for resnet20; 0.01 for adamw).")
  Double weightDecay;

  @Option(
      names = "--augment",
      paramLabel = "NAMES",
      description =
          "Random changes of the training images, with commas between: crop, shift, flip, rotation,"
              + " scaling, brightness, contrast, noise, cutout; or none (default: none; for alexnet"
              + " and resnet20 crop, with flip on cifar10 and fashion-mnist, where mirrored images"
              + " show the same).")
  String augment;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description =
          "Decides the initial weights, the order of the samples and how they are augmented: the"
              + " same seed, the same model (default: 42).")
  Long seed;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description =
          "Where to save the model after each epoch (default: MODEL-DATA.safetensors in this"
              + " folder, or the resumed file); the curves go into a .png file beside it.")
  Path out;

  @Option(
      names = "--resume",
      paramLabel = "FILE",
      description =
          "Go on with a saved model, on its data, with its optimizer and its settings: as if the"
              + " training had never stopped. "
              + CHANGEABLE
              + " may be given anew; other --epochs"
              + " than it was to have stretch a cosine schedule, so that the rate jumps.")
  Path resume;

  @Option(
      names = "--layer-norms",
      description =
          "After each epoch, print how large each layer's gradients, weights and outputs are, and"
              + " save it with the model: vanishing and exploding gradients show here.")
  boolean layerNorms;

  /**
   * The model to train: the one asked for, else that of the file to go on with.
   *
   * @param saved the content of {@link #resume}; null without
   */
  static ZooModel model(BaseCommand command, ZooModel asked, ModelFile saved) {
    if (asked == null && saved == null) {
      throw command.usage(
          "MODEL is missing; the choices are "
              + Stream.of(ZooModel.values())
                  .map(ZooModel::toString)
                  .collect(Collectors.joining(", ")));
    }
    if (saved != null) {
      required(saved, ModelInput.DATA);
    }
    return setting(
        asked,
        saved,
        TrainingPlan.MODEL,
        name ->
            ZooModel.named(name)
                .orElseThrow(() -> new IllegalArgumentException("unknown model " + name)));
  }

  /**
   * What is to be done.
   *
   * @param saved the content of {@link #resume}; null without
   * @param data to train on
   */
  TrainingPlan plan(BaseCommand command, ZooModel model, ModelFile saved, DataChoice data) {
    if (saved != null) {
      requireSame(command, saved, TrainingPlan.MODEL, "MODEL", model.toString());
      requireSame(command, saved, ModelInput.DATA, "--data", data.name());
    }
    OptimizerChoice chosen =
        setting(optimizer, saved, TrainingPlan.OPTIMIZER, TrainOptions::optimizer);
    chosen = chosen == null ? OptimizerChoice.SGD : chosen;
    if (saved != null) {
      requireSame(command, saved, TrainingPlan.OPTIMIZER, "--optimizer", chosen.toString());
    }
    long chosenSeed = or(setting(seed, saved, TrainingPlan.SEED, Long::valueOf), SEED);
    if (saved != null) {
      requireSame(command, saved, TrainingPlan.SEED, "--seed", Long.toString(chosenSeed));
    }
    Recipe recipe = model.recipe();
    TrainingPlan plan =
        new TrainingPlan(
            model,
            or(or(epochs, plannedEpochs(saved)), recipe.epochs()),
            or(
                setting(batch, saved, TrainingPlan.BATCH_SIZE, Integer::valueOf),
                recipe.batchSize()),
            chosen,
            or(
                setting(weightDecay, saved, TrainingPlan.WEIGHT_DECAY, Double::valueOf),
                chosen.weightDecay(recipe)),
            rates(command, saved, chosen, recipe),
            augmentations(command, saved, recipe.augmentations(data.mirrorable())),
            chosenSeed,
            or(or(out, resume), Path.of(model + "-" + data.name() + ".safetensors")),
            layerNorms,
            saved);
    check(command, plan);
    return plan;
  }

  ModelFile loadResumed() throws IOException {
    return resume == null ? null : ModelFile.load(resume);
  }

  private static <T> T or(T value, T fallback) {
    return value != null ? value : fallback;
  }

  /** The epochs that a training was to have in all, which early files do not tell; null without. */
  private static Integer plannedEpochs(ModelFile saved) {
    return saved == null || saved.state(TrainingPlan.EPOCHS) == null
        ? null
        : setting(null, saved, TrainingPlan.EPOCHS, Integer::valueOf);
  }

  /** What was asked for, else what a resumed training had, else null. */
  private static <T> T setting(T asked, ModelFile saved, String key, Function<String, T> parser) {
    if (asked != null || saved == null) {
      return asked;
    }
    String text = required(saved, key);
    try {
      return parser.apply(text);
    } catch (IllegalArgumentException malformed) {
      throw new CommandException(
          saved.path() + " cannot be resumed: its " + key + " is \"" + text + "\"", malformed);
    }
  }

  private static OptimizerChoice optimizer(String name) {
    for (OptimizerChoice choice : OptimizerChoice.values()) {
      if (choice.toString().equals(name)) {
        return choice;
      }
    }
    throw new IllegalArgumentException(name);
  }

  private static void requireSame(
      BaseCommand command, ModelFile saved, String key, String option, String expected) {
    String found = required(saved, key);
    if (!found.equals(expected)) {
      throw command.usage(
          "--resume "
              + saved.path()
              + " was trained with "
              + option
              + " "
              + found
              + ", so it cannot go on with "
              + expected
              + "; what may change is "
              + CHANGEABLE);
    }
  }

  private static String required(ModelFile saved, String key) {
    String text = saved.state(key);
    if (text == null) {
      throw new CommandException(
          saved.path()
              + " cannot be resumed: it does not tell its "
              + key
              + ". Use a model that oncilla train saved");
    }
    return text;
  }

  private TrainingPlan.Rates rates(
      BaseCommand command, ModelFile saved, OptimizerChoice chosen, Recipe recipe) {
    double initial =
        or(
            setting(learningRate, saved, TrainingPlan.LEARNING_RATE, Double::valueOf),
            chosen.learningRate(recipe));
    if (!(initial > 0 && Double.isFinite(initial))) {
      throw command.usage("--learning-rate must be above 0, not " + Numbers.text(initial));
    }
    double factor = or(setting(decay, saved, TrainingPlan.DECAY, Double::valueOf), DECAY);
    if (!(factor > 0 && factor <= 1)) {
      throw command.usage("--decay must be above 0 and at most 1, not " + Numbers.text(factor));
    }
    RateSchedule falling =
        setting(
            schedule,
            saved,
            TrainingPlan.SCHEDULE,
            name -> RateSchedule.valueOf(name.toUpperCase(Locale.ROOT)));
    RateSchedule chosenSchedule = or(falling, recipe.schedule());
    if (decay != null && chosenSchedule != RateSchedule.EXPONENTIAL) {
      throw command.usage(
          "--decay "
              + Numbers.text(decay)
              + " is for an exponential schedule, but this one is "
              + chosenSchedule
              + "; give --schedule exponential, or leave --decay out");
    }
    return new TrainingPlan.Rates(chosenSchedule, initial, factor);
  }

  private List<ImageAugmentation> augmentations(
      BaseCommand command, ModelFile saved, List<ImageAugmentation> usual) {
    try {
      List<ImageAugmentation> asked = augment == null ? null : ImageAugmentation.read(augment);
      return or(setting(asked, saved, TrainingPlan.AUGMENTATION, ImageAugmentation::read), usual);
    } catch (IllegalArgumentException unknown) {
      throw command.usage("--augment " + unknown.getMessage());
    }
  }

  private static void check(BaseCommand command, TrainingPlan plan) {
    requireAtLeastOne(command, "--epochs", plan.epochs());
    requireAtLeastOne(command, "--batch", plan.batchSize());
    if (!(plan.weightDecay() >= 0 && Double.isFinite(plan.weightDecay()))) {
      throw command.usage(
          "--weight-decay must be at least 0, not " + Numbers.text(plan.weightDecay()));
    }
    if (plan.epochsDone() >= plan.epochs()) {
      throw command.usage(
          "%s has %d of %d epochs done, so there is nothing left to do; give more with --epochs"
              .formatted(plan.resume().path(), plan.epochsDone(), plan.epochs()));
    }
    checkOutput(command, plan);
  }

  private static void checkOutput(BaseCommand command, TrainingPlan plan) {
    if (plan.out().getFileName() == null || plan.curves().equals(plan.out())) {
      throw command.usage(
          "--out " + plan.out() + " cannot be the model's file; name one such as a.safetensors");
    }
    Path folder = plan.out().toAbsolutePath().getParent();
    if (Files.isDirectory(plan.out())) {
      throw new CommandException("--out " + plan.out() + " is a folder; name a file");
    }
    if (!Files.isDirectory(folder)) {
      throw new CommandException(
          "--out " + plan.out() + ": there is no folder " + folder + "; create it first");
    }
    if (!Files.isWritable(folder)) {
      throw new CommandException(
          "--out " + plan.out() + ": the folder " + folder + " cannot be written to");
    }
  }

  private static void requireAtLeastOne(BaseCommand command, String option, int value) {
    if (value < 1) {
      throw command.usage(option + " must be at least 1, not " + value);
    }
  }
}
