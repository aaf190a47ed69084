package org.oncilla.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.oncilla.backend.Backend;
import org.oncilla.data.ImageDataset;
import org.oncilla.loss.CrossEntropyLoss;
import org.oncilla.metric.Accuracy;
import org.oncilla.nn.Module;
import org.oncilla.train.Evaluation;
import org.oncilla.train.Evaluator;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Measures a saved model on test samples. */
@Command(
    name = "evaluate",
    description = "Measures a saved model on the test images of a data set.",
    footer = {
      "  oncilla evaluate lenet5-mnist.safetensors",
      "  oncilla evaluate lenet5-mnist.safetensors --data mnist --backend cpu"
    })
final class EvaluateCommand extends BaseCommand {
  @Parameters(paramLabel = "MODEL", description = "A file that oncilla train saved.")
  Path model;

  @Option(
      names = "--batch",
      paramLabel = "N",
      description = "Samples in a batch; changes the speed only (default: 250).")
  int batch = 250;

  @Mixin DataOptions data;
  @Mixin BackendOptions backend;

  @Override
  void run(PrintWriter out, PropertyScope scope) throws IOException {
    if (batch < 1) {
      throw usage("--batch must be at least 1, not " + batch);
    }
    ModelFile file = ModelFile.load(model);
    ModelInput input = ModelInput.of(file);
    DataChoice choice = data.choose(this, scope, input.data());
    try (BackendOptions.Session session = backend.open(this, scope)) {
      ImageDataset test = choice.test(input.classNames().size()).normalized(input.normalization());
      Evaluation result = evaluate(file, test, session.selection().backend());
      out.printf(
          Locale.ROOT,
          "data      %s: %,d test images, from %s%n",
          choice.title(),
          test.size(),
          test.source());
      out.printf(
          "backend   %s: %s%n", session.selection().backend().name(), session.selection().reason());
      out.printf(
          Locale.ROOT, "loss %.4f, accuracy %.4f%n", result.loss(), EpochRecord.accuracy(result));
    }
  }

  private Evaluation evaluate(ModelFile file, ImageDataset test, Backend computing) {
    try (Module network = file.model(computing);
        Evaluator evaluator =
            new Evaluator(network, new CrossEntropyLoss(), List.of(new Accuracy()))) {
      return evaluator.evaluate(test.batches(batch));
    }
  }
}
