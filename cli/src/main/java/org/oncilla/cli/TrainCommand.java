package org.oncilla.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.oncilla.backend.Backend;
import org.oncilla.cli.zoo.ZooModel;
import org.oncilla.data.ImageDataset;
import org.oncilla.formats.CheckpointListener;
import org.oncilla.loss.CrossEntropyLoss;
import org.oncilla.metric.Accuracy;
import org.oncilla.nn.Module;
import org.oncilla.tensor.Shape;
import org.oncilla.train.NonFiniteLossException;
import org.oncilla.train.Trainer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Trains a model of the zoo and saves it after each epoch. */
@Command(
    name = "train",
    description = "Trains a model on a data set, and saves it and its curves.",
    footer = {
      "  oncilla train lenet5 --data mnist",
      "  oncilla train mlp --data fashion-mnist --epochs 5 --out clothes.safetensors",
      "  oncilla train lenet5 --data mnist --backend opencl",
      "  oncilla train lenet5 --data mnist --epochs 6 --resume lenet5-mnist.safetensors",
      "  oncilla train mlp --data idx --data-dir my-images"
    })
final class TrainCommand extends BaseCommand {
  private static final Logger LOG = LoggerFactory.getLogger(TrainCommand.class);
  private static final int TEST_BATCH = 250;

  @Parameters(paramLabel = "MODEL", description = "${COMPLETION-CANDIDATES}.")
  ZooModel model;

  @Mixin DataOptions data;
  @Mixin TrainOptions training;
  @Mixin BackendOptions backend;

  /** The samples, and what a model's file says of them. */
  private record Samples(ImageDataset train, ImageDataset test, ModelInput input) {}

  @Override
  void run(PrintWriter out, PropertyScope scope) throws IOException {
    DataChoice choice = data.choose(this, scope, null);
    ModelFile resumed = training.loadResumed();
    TrainingPlan plan = training.plan(this, model, resumed, choice.name());
    try (BackendOptions.Session session = backend.open(this, scope)) {
      Samples samples = load(choice);
      out.printf(
          Locale.ROOT,
          "data      %s: %,d training and %,d test images of %s pixels, from %s%n",
          choice.title(),
          samples.train().size(),
          samples.test().size(),
          size(samples.train()),
          samples.train().source());
      out.printf(
          "backend   %s: %s%n", session.selection().backend().name(), session.selection().reason());
      List<EpochRecord> epochs = train(out, plan, samples, session.selection().backend());
      report(out, plan, choice, epochs);
    }
  }

  /** Such as 28x28, or 3x32x32 with channels. */
  private static String size(ImageDataset images) {
    Shape shape = images.inputShape();
    String size = shape.size(2) + "x" + shape.size(1);
    return shape.size(0) == 1 ? size : shape.size(0) + "x" + size;
  }

  private static Samples load(DataChoice choice) {
    ImageDataset train = choice.train();
    ImageDataset test = choice.test(train.classes()).normalized(train.normalization());
    ModelInput input =
        new ModelInput(
            choice.name(),
            choice.classNames(train.classes()),
            train.normalization(),
            PixelStatistics.lightBackground(train));
    return new Samples(train, test, input);
  }

  private List<EpochRecord> train(
      PrintWriter out, TrainingPlan plan, Samples samples, Backend computing) {
    List<EpochRecord> epochs = new ArrayList<>();
    if (plan.resume() != null) {
      epochs.addAll(EpochRecord.read(plan.resume()));
    }
    CheckpointListener saver =
        new CheckpointListener(
            plan.out(),
            (result, state) -> {
              epochs.add(EpochRecord.of(result));
              plan.save(state);
              samples.input().save(state);
              state.put(EpochRecord.KEY, EpochRecord.write(epochs));
            });
    try (Module network = plan.model().build(samples.train().classes());
        TrainingReport report = new TrainingReport(out, plan);
        InterruptMessage interrupt = InterruptMessage.install(plan, saver);
        Trainer trainer = trainer(plan, network, computing, saver, report)) {
      out.printf(
          "model     %s%n%n%s%n", plan.model(), network.summary(samples.train().inputShape()));
      out.printf("training  %s%n", plan);
      out.flush();
      trainer.fit(
          samples.train().shuffled(plan.seed()).batches(plan.batchSize()),
          samples.test().batches(TEST_BATCH),
          plan.epochs());
    } catch (NonFiniteLossException failure) {
      throw new CommandException(failure.getMessage() + ".\n" + lastGood(plan, saver), failure);
    }
    return epochs;
  }

  private static Trainer trainer(
      TrainingPlan plan,
      Module network,
      Backend computing,
      CheckpointListener saver,
      TrainingReport report) {
    Trainer.Builder builder =
        Trainer.of(network)
            .loss(new CrossEntropyLoss())
            .optimizer(plan.createOptimizer())
            .metrics(new Accuracy())
            .backend(computing)
            .seed(plan.seed())
            .listener(saver)
            .schedule(plan.learningRate())
            .listener(report);
    if (plan.resume() != null) {
      builder.resume(plan.resume().checkpoint());
    }
    return builder.build();
  }

  /** Which file holds the last good weights. */
  static String lastGood(TrainingPlan plan, CheckpointListener saver) {
    if (saver.epoch() > 0) {
      return "The last good checkpoint, after epoch " + saver.epoch() + ", is " + saver.file();
    }
    return plan.resume() != null
        ? "The last good checkpoint is still " + plan.resume().path()
        : "No epoch was done, so no checkpoint was saved";
  }

  private static void report(
      PrintWriter out, TrainingPlan plan, DataChoice choice, List<EpochRecord> epochs)
      throws IOException {
    EpochRecord last = epochs.get(epochs.size() - 1);
    out.printf(Locale.ROOT, "%ntest accuracy %.4f%n", last.testAccuracy());
    out.printf("model     %s%n", plan.out());
    out.flush();
    try {
      Curves.write(plan.curves(), plan.model() + " on " + choice.title(), epochs);
      out.printf("curves    %s%n", plan.curves());
    } catch (RuntimeException | Error noFonts) {
      if (noFonts instanceof OutOfMemoryError) {
        throw noFonts;
      }
      // What Java throws where it finds no fonts differs; the model is saved all the same.
      LOG.warn(
          "the curves were not drawn; Java may find no fonts: {}. On Debian and Ubuntu: apt-get install"
              + " fontconfig fonts-dejavu-core",
          noFonts.toString());
      LOG.debug("where it was raised", noFonts);
    }
  }
}
