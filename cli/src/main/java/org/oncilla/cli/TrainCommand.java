package org.oncilla.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.Locale;
import org.oncilla.backend.Backend;
import org.oncilla.cli.zoo.ZooModel;
import org.oncilla.data.ImageDataset;
import org.oncilla.loss.CrossEntropyLoss;
import org.oncilla.metric.Accuracy;
import org.oncilla.nn.Module;
import org.oncilla.tensor.Shape;
import org.oncilla.train.NonFiniteLossException;
import org.oncilla.train.Trainer;
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
      "  oncilla train resnet20 --data cifar10 --augment crop,flip,cutout",
      "  oncilla train --resume lenet5-mnist.safetensors --epochs 6",
      "  oncilla train mlp --data idx --data-dir my-images"
    })
final class TrainCommand extends BaseCommand {
  private static final String LIBRARY = "oncilla.";
  private static final int TEST_BATCH = 250;

  @Parameters(
      paramLabel = "MODEL",
      arity = "0..1",
      description = "${COMPLETION-CANDIDATES}; not needed with --resume.")
  ZooModel model;

  @Mixin DataOptions data;
  @Mixin TrainOptions training;
  @Mixin BackendOptions backend;

  /** The samples, and what a model's file says of them. */
  private record Samples(ImageDataset train, ImageDataset test, ModelInput input) {}

  @Override
  void run(PrintWriter out, PropertyScope scope) throws IOException {
    ModelFile resumed = training.loadResumed();
    ZooModel chosen = TrainOptions.model(this, model, resumed);
    DataChoice choice =
        resumed == null ? data.choose(this, scope) : data.choose(this, scope, resumed);
    TrainingPlan plan = training.plan(this, chosen, resumed, choice);
    boolean replaces = plan.replacesOther();
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
      out.println(session.line());
      if (replaces) {
        out.printf(
            "replaces  %s, which is there already, after the first epoch; --out names another file%n",
            plan.out());
      }
      TrainingOutputs outputs = TrainingOutputs.of(plan, choice, samples.input());
      ResumeCommand resume =
          new ResumeCommand(
              spec.commandLine().getParseResult(), chosen, choice.name(), scope.others(LIBRARY));
      train(out, outputs, resume, samples, session.backend());
      report(out, outputs, replaces);
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

  private static void train(
      PrintWriter out,
      TrainingOutputs outputs,
      ResumeCommand resume,
      Samples samples,
      Backend computing) {
    TrainingPlan plan = outputs.plan();
    try (Module network = plan.model().build(samples.train().classes());
        TrainingReport report = new TrainingReport(out, plan);
        CurvesListener curves = outputs.curves();
        InterruptMessage interrupt = InterruptMessage.install(outputs, resume);
        Trainer trainer = trainer(outputs, network, computing, report)) {
      out.printf(
          "model     %s%n%n%s%n", plan.model(), network.summary(samples.train().inputShape()));
      out.printf("training  %s%n", plan);
      if (plan.bentSchedule() != null) {
        out.printf("note      %s%n", plan.bentSchedule());
      }
      out.flush();
      trainer.fit(
          plan.augmented(samples.train()).shuffled(plan.seed()).batches(plan.batchSize()),
          samples.test().batches(TEST_BATCH),
          plan.epochs());
    } catch (NonFiniteLossException failure) {
      throw new CommandException(failure.getMessage() + ".\n" + outputs.lastGood(), failure);
    }
  }

  private static Trainer trainer(
      TrainingOutputs outputs, Module network, Backend computing, TrainingReport report) {
    TrainingPlan plan = outputs.plan();
    Trainer.Builder builder =
        Trainer.of(network)
            .loss(new CrossEntropyLoss())
            .optimizer(plan.createOptimizer())
            .metrics(new Accuracy())
            .backend(computing)
            .seed(plan.seed())
            .listener(outputs.whole(outputs.saver()))
            .schedule(plan.schedule())
            .listener(report)
            .listener(outputs.whole(outputs.curves()));
    if (plan.layerNorms()) {
      builder.watchLayers();
    }
    if (plan.resume() != null) {
      builder.resume(plan.resume().checkpoint());
    }
    return builder.build();
  }

  private static void report(PrintWriter out, TrainingOutputs outputs, boolean replaced) {
    EpochRecord last = outputs.epochs().get(outputs.epochs().size() - 1);
    out.printf(Locale.ROOT, "%ntest accuracy %.4f%n", last.testAccuracy());
    out.printf("model     %s%s%n", outputs.plan().out(), replaced ? " (replaced)" : "");
    if (outputs.curves().finish()) {
      out.printf("curves    %s%n", outputs.curves().file());
    }
  }
}
