package org.oncilla.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.oncilla.backend.Backend;
import org.oncilla.cli.drawing.ConfusionPicture;
import org.oncilla.cli.drawing.Drawing;
import org.oncilla.cli.drawing.Texts;
import org.oncilla.cli.drawing.TileSheet;
import org.oncilla.data.HostBatch;
import org.oncilla.data.ImageDataset;
import org.oncilla.loss.CrossEntropyLoss;
import org.oncilla.metric.Accuracy;
import org.oncilla.metric.ConfusionMatrix;
import org.oncilla.nn.ForwardHook;
import org.oncilla.nn.Module;
import org.oncilla.nn.NamedModule;
import org.oncilla.tensor.NoGrad;
import org.oncilla.tensor.Scope;
import org.oncilla.tensor.Tensor;
import org.oncilla.train.Evaluation;
import org.oncilla.train.Evaluator;
import org.oncilla.train.LayerMonitor;
import org.oncilla.train.LayerStatistics;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows what is inside a saved model. */
@Command(
    name = "inspect",
    description =
        "Shows what is inside a saved model: draws the filters of its convolutions (of a"
            + " model without, the weights of its first layer), what each layer"
            + " makes of a test image, and the confusion matrix over all test images, as PNG files;"
            + " prints the most frequent confusions, and how large each layer's weights and outputs"
            + " are.",
    footer = {
      "  oncilla inspect lenet5-mnist.safetensors",
      "  oncilla inspect lenet5-mnist.safetensors --data mnist --index 17 --out pictures"
    })
final class InspectCommand extends BaseCommand {
  private static final int BATCH = 250;
  private static final int SHOWN = 5;
  private static final String ENDING = "-inspect";

  @Parameters(paramLabel = "MODEL", description = "A file that oncilla train or the library saved.")
  Path model;

  @Option(
      names = "--index",
      paramLabel = "N",
      description = "Which test image to show, counted from 0 (default: 0).")
  int index;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description =
          "The folder for the pictures, made where it is missing (default: MODEL-inspect beside the"
              + " model).")
  Path folder;

  @Mixin DataOptions data;
  @Mixin BackendOptions backend;

  @Override
  void run(PrintWriter out, PropertyScope scope) throws IOException {
    ModelFile file = ModelFile.load(model);
    PictureFolder.requireFonts(() -> Texts.width(Texts.PLAIN, model.toString()));
    DataChoice choice = data.choose(this, scope, file);
    SavedInput input = new SavedInput(file, choice);
    List<LayerRecord> trained = LayerRecord.last(file).orElse(List.of());
    try (BackendOptions.Session session = backend.open(this, scope);
        Module network = file.model(session.backend())) {
      List<String> classNames = input.classNames(network);
      ImageDataset test = choice.test(classNames.size());
      requireFits(file, network, choice, test);
      InspectedImage image = InspectedImage.of(test, index, classNames);
      PictureFolder pictures = PictureFolder.create(folder == null ? besideModel() : folder);
      out.printf(
          Locale.ROOT,
          "data      %s: %,d test images, from %s%n",
          choice.title(),
          test.size(),
          test.source());
      out.println(session.line());
      out.flush();
      ImageDataset normalized = test.normalized(input.normalization());
      try (LayerMonitor monitor = new LayerMonitor(network)) {
        ConfusionMatrix confusions = new ConfusionMatrix(classNames);
        Evaluation result = evaluate(network, normalized, monitor, confusions);
        String measured =
            String.format(
                Locale.ROOT,
                "loss %.4f, accuracy %.4f",
                result.loss(),
                EpochRecord.accuracy(result));
        out.println(measured);
        Confusions.of(classNames, confusions.counts(), SHOWN).print(out);
        printLayers(out, monitor.read(), trained);
        String title = model.getFileName() + " on " + choice.title() + ", test images";
        pictures.draw(
            "confusion", new ConfusionPicture(title, measured, classNames, confusions.counts()));
      }
      drawImage(out, session.backend(), network, normalized, image, pictures);
      drawFilters(out, network, pictures);
      out.printf("pictures  %s: %s%n", pictures.folder(), String.join(", ", pictures.names()));
    }
  }

  private Path besideModel() {
    String name = model.getFileName().toString();
    int dot = name.lastIndexOf('.');
    return model.resolveSibling((dot > 0 ? name.substring(0, dot) : name) + ENDING);
  }

  private void requireFits(ModelFile file, Module network, DataChoice choice, ImageDataset test) {
    if (!network.inputShape().equals(test.inputShape())) {
      throw new CommandException(
          "%s takes inputs of shape %s, but the images of %s have shape %s; name the data that it was trained on with --data"
              .formatted(file.path(), network.inputShape(), choice.title(), test.inputShape()));
    }
    if (index < 0 || index >= test.size()) {
      throw usage(
          String.format(
              Locale.ROOT,
              "--index %d is out of range: there are %,d test images, 0 to %d",
              index,
              test.size(),
              test.size() - 1));
    }
  }

  private static Evaluation evaluate(
      Module network, ImageDataset test, LayerMonitor monitor, ConfusionMatrix confusions) {
    try (Evaluator evaluator =
            new Evaluator(network, new CrossEntropyLoss(), List.of(new Accuracy(), confusions));
        ForwardHook hook = monitor.watchOutputs()) {
      return evaluator.evaluate(test.batches(BATCH));
    }
  }

  /** With the gradients of the training's last epoch, where the file tells them. */
  private static void printLayers(
      PrintWriter out, List<LayerStatistics> layers, List<LayerRecord> trained) {
    out.printf(
        "%nlayers    outputs over the test images%s%n%n%s%n",
        trained.isEmpty()
            ? "; oncilla train --layer-norms saves the gradients too"
            : ", gradients in epoch " + trained.get(0).epoch() + " of the training",
        LayerStatistics.table(layers.stream().map(layer -> withGradient(layer, trained)).toList()));
  }

  private static LayerStatistics withGradient(LayerStatistics layer, List<LayerRecord> trained) {
    double gradient =
        trained.stream()
            .map(LayerRecord::layer)
            .filter(known -> known.path().equals(layer.path()))
            .mapToDouble(LayerStatistics::gradientNorm)
            .findFirst()
            .orElse(Double.NaN);
    return new LayerStatistics(
        layer.path(), layer.type(), gradient, layer.weightNorm(), layer.activationRms());
  }

  private static void drawImage(
      PrintWriter out,
      Backend computing,
      Module network,
      ImageDataset normalized,
      InspectedImage image,
      PictureFolder pictures)
      throws IOException {
    HostBatch batch = new HostBatch(normalized, 1);
    normalized.read(image.index(), batch, 0);
    try (Scope scope = Scope.open();
        NoGrad off = NoGrad.open()) {
      Tensor input = Tensor.of(computing, batch.inputs(), network.inputShape().prepend(1));
      String answer = image.answer(network.forward(input).softmax(-1).toFloatArray());
      out.printf("image     %s: %s%n", image.title(), answer);
      pictures.draw("input", image.sheet(answer));
      Map<NamedModule, Drawing> maps =
          FeatureMapSheets.of(network, input, image.title(), image.classNames());
      for (Map.Entry<NamedModule, Drawing> layer : maps.entrySet()) {
        pictures.draw("maps", layer.getKey(), layer.getValue());
      }
    }
  }

  private static void drawFilters(PrintWriter out, Module network, PictureFolder pictures)
      throws IOException {
    Map<NamedModule, TileSheet> filters = FilterSheets.of(network);
    if (filters.isEmpty()) {
      out.println(
          "filters   none: the model has no convolution, and no linear layer of the image's pixels");
    }
    for (Map.Entry<NamedModule, TileSheet> layer : filters.entrySet()) {
      pictures.draw("filters", layer.getKey(), layer.getValue());
    }
  }
}
