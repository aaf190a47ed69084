package org.oncilla.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.oncilla.backend.Backend;
import org.oncilla.data.Normalization;
import org.oncilla.nn.Module;
import org.oncilla.tensor.NoGrad;
import org.oncilla.tensor.Scope;
import org.oncilla.tensor.Shape;
import org.oncilla.tensor.Tensor;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Tells what pictures show. */
@Command(
    name = "predict",
    description =
        "Tells what images show: the most likely class with its probability, and the next ones."
            + " Images of any size and colour are made what the model takes; digits, for a model of"
            + " mnist, are cut out and centered as its own are. A file that oncilla"
            + " train saved says how; for others, --data names the data set that it was trained"
            + " on.",
    footer = {
      "  oncilla predict lenet5-mnist.safetensors digit.png",
      "  oncilla predict clothes.safetensors shirt.jpg shoe.png",
      "  oncilla predict my-own.safetensors digit.png --data mnist"
    })
final class PredictCommand extends BaseCommand {
  private static final int SHOWN = 3;

  @Parameters(
      index = "0",
      paramLabel = "MODEL",
      description = "A file that oncilla train or the library saved.")
  Path model;

  @Parameters(
      index = "1..*",
      arity = "1..*",
      paramLabel = "IMAGE",
      description = "PNG, JPEG, GIF or BMP files.")
  List<Path> images;

  @Mixin DataOptions data;
  @Mixin BackendOptions backend;

  @Override
  void run(PrintWriter out, PropertyScope scope) throws IOException {
    ModelFile file = ModelFile.load(model);
    SavedInput input = new SavedInput(file, data.chooseIfGiven(this, scope));
    Normalization normalization = input.normalization();
    boolean lightBackground = input.lightBackground();
    boolean digits = input.digits();
    List<ImageInput> inputs = new ArrayList<>();
    for (Path image : images) {
      inputs.add(ImageInput.read(image, file.inputShape(), lightBackground, digits));
    }
    try (BackendOptions.Session session = backend.open(this, scope);
        Module network = file.model(session.backend())) {
      List<String> classNames = input.classNames(network);
      out.println(session.line());
      for (int i = 0; i < inputs.size(); i++) {
        float[] probabilities =
            probabilities(network, session.backend(), inputs.get(i).normalized(normalization));
        print(out, images.get(i), inputs.get(i), classNames, probabilities);
      }
    }
  }

  private static float[] probabilities(Module network, Backend computing, float[] values) {
    Shape shape = network.inputShape().prepend(1);
    try (Scope scope = Scope.open();
        NoGrad off = NoGrad.open()) {
      return network.forward(Tensor.of(computing, values, shape)).softmax(-1).toFloatArray();
    }
  }

  private static void print(
      PrintWriter out,
      Path image,
      ImageInput input,
      List<String> classNames,
      float[] probabilities) {
    List<String> best =
        IntStream.range(0, probabilities.length)
            .boxed()
            .sorted(Comparator.comparingDouble(label -> -probabilities[label]))
            .limit(SHOWN)
            .map(
                label ->
                    String.format(
                        Locale.ROOT, "%s (%.4f)", classNames.get(label), probabilities[label]))
            .collect(Collectors.toList());
    String others = String.join(", ", best.subList(1, best.size()));
    out.printf("%s: %s%s%n", image, best.get(0), others.isEmpty() ? "" : ", then " + others);
    out.printf("    %s%n", input.description());
  }
}
