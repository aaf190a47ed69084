package org.oncilla.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
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
    description =
        "Measures a saved model on the test images of a data set: the one that it was trained on,"
            + " unless another is given.",
    footer = {
      "  oncilla evaluate lenet5-mnist.safetensors",
      "  oncilla evaluate lenet5-mnist.safetensors --data mnist --backend cpu"
    })
final class EvaluateCommand extends BaseCommand {
  @Parameters(paramLabel = "MODEL", description = "A file that oncilla train or the library saved.")
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
    DataChoice choice = data.choose(this, scope, file);
    SavedInput input = new SavedInput(file, choice);
    try (BackendOptions.Session session = backend.open(this, scope);
        Module network = file.model(session.backend())) {
      ImageDataset test =
          choice.test(input.classNames(network).size()).normalized(input.normalization());
      printModel(out, file, choice);
      out.printf(
          Locale.ROOT,
          "data      %s: %,d test images, from %s%n",
          choice.title(),
          test.size(),
          test.source());
      out.println(session.line());
      out.flush();
      Evaluation result = evaluate(network, test);
      out.printf(
          Locale.ROOT, "loss %.4f, accuracy %.4f%n", result.loss(), EpochRecord.accuracy(result));
    }
  }

  /** Says so where the model learnt from other data. */
  private static void printModel(PrintWriter out, ModelFile file, DataChoice choice) {
    String learnt = file.state(ModelInput.DATA);
    if (learnt != null && !learnt.equals(choice.name())) {
      out.printf("model     %s, trained on %s, not on %s%n", file.path(), learnt, choice.name());
    }
  }

  private Evaluation evaluate(Module network, ImageDataset test) {
    try (Evaluator evaluator =
        new Evaluator(network, new CrossEntropyLoss(), List.of(new Accuracy()))) {
      return evaluator.evaluate(test.batches(batch));
    }
  }
}
