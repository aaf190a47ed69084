package org.oncilla.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.oncilla.cli.zoo.ZooModel;
import org.oncilla.nn.Module;
import org.oncilla.tensor.Shape;
import org.oncilla.train.LayerStatistics;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Prints a model's table of layers. */
@Command(
    name = "summary",
    description = "Prints a model's layers with their output shapes and parameters.",
    footer = {
      "  oncilla summary lenet5",
      "  oncilla summary mlp --input 3x32x32",
      "  oncilla summary lenet5-mnist.safetensors"
    })
final class SummaryCommand extends BaseCommand {
  private static final Pattern SIZE = Pattern.compile("[1-9][0-9]{0,8}");

  @Parameters(
      paramLabel = "MODEL",
      description =
          "lenet5, mlp, alexnet, resnet20, or a file that oncilla train or the library saved.")
  String model;

  @Option(
      names = "--input",
      paramLabel = "C,H,W",
      description =
          "Shape of one image: channels, height, width, as 3,32,32 or 3x32x32 (default: what the"
              + " model was made for).")
  String input;

  @Override
  void run(PrintWriter out, PropertyScope scope) throws IOException {
    Optional<ZooModel> known = ZooModel.named(model);
    if (known.isPresent()) {
      ZooModel zoo = known.get();
      print(out, zoo.build(zoo.classes()), shape().orElse(zoo.inputShape()));
      return;
    }
    Path path = Path.of(model);
    if (!Files.exists(path)) {
      throw usage(
          "MODEL "
              + model
              + " is neither a file nor a known model; the choices are "
              + Stream.of(ZooModel.values())
                  .map(ZooModel::toString)
                  .collect(Collectors.joining(", ")));
    }
    ModelFile file = ModelFile.load(path);
    print(out, file.architecture(), shape().orElseGet(file::inputShape));
    printTraining(out, file);
  }

  private static void print(PrintWriter out, Module module, Shape shape) {
    out.printf("input %s%n%n%s", shape, module.summary(shape));
  }

  private static void printTraining(PrintWriter out, ModelFile file) {
    List<EpochRecord> epochs = EpochRecord.read(file);
    if (!epochs.isEmpty()) {
      EpochRecord last = epochs.get(epochs.size() - 1);
      out.printf(
          "%ntrained on %s for %d epochs: %s%n", file.state(ModelInput.DATA), last.epoch(), last);
    }
    LayerRecord.last(file)
        .ifPresent(
            layers ->
                out.printf(
                    "%nlayers in epoch %d:%n%n%s",
                    layers.get(0).epoch(),
                    LayerStatistics.table(layers.stream().map(LayerRecord::layer).toList())));
  }

  private Optional<Shape> shape() {
    if (input == null) {
      return Optional.empty();
    }
    String[] sizes = input.split("[,x]", -1);
    if (!Stream.of(sizes).allMatch(SIZE.asMatchPredicate())) {
      throw usage("--input needs sizes of at least 1, such as 1,28,28 or 1x28x28, not " + input);
    }
    return Optional.of(Shape.of(Stream.of(sizes).mapToInt(Integer::parseInt).toArray()));
  }
}
