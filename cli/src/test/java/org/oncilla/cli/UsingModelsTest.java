package org.oncilla.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.oncilla.backend.Backend;
import org.oncilla.backend.Backends;
import org.oncilla.datasets.DataSources;
import org.oncilla.datasets.FashionMnist;
import org.oncilla.formats.CheckpointFile;
import org.oncilla.io.Checkpoint;
import org.oncilla.io.Checkpoints;
import org.oncilla.nn.Module;

/** What can be done with a model that was trained: evaluate, predict, summary. */
class UsingModelsTest {
  private static final int EPOCHS = 8;

  @TempDir static Path data;
  @TempDir Path folder;

  private static Path model;
  private static String trained;

  @BeforeAll
  static void train() throws IOException {
    TinyImages.write(data);
    model = data.resolve("model.safetensors");
    trained =
        Cli.run(
                "train",
                "lenet5",
                "--data",
                "idx",
                "--data-dir",
                data,
                "--backend",
                "cpu",
                "--epochs",
                EPOCHS,
                "--batch",
                10,
                "--learning-rate",
                0.03,
                "--out",
                model)
            .ok()
            .all();
  }

  @Test
  void evaluationGivesWhatTrainingMeasured() {
    Cli.Result result =
        Cli.run("evaluate", model, "--data-dir", data, "--backend", "cpu", "--batch", 7).ok();
    String line = trained.lines().filter(l -> l.startsWith("epoch 8/8")).findFirst().orElseThrow();
    String accuracy = line.replaceAll(".*test loss [0-9.]+, accuracy ([0-9.]+).*", "$1");
    assertThat(result.out())
        .contains("90 test images", data.toString(), "accuracy " + accuracy)
        .containsPattern("backend +cpu: .*asked for by name");
    // Of another batch size, sums differ in their last bits only.
    double loss = Double.parseDouble(line.replaceAll(".*test loss ([0-9.]+),.*", "$1"));
    double found = Double.parseDouble(result.out().replaceAll("(?s).*loss ([0-9.]+),.*", "$1"));
    assertThat(found).isCloseTo(loss, within(2e-4));
  }

  @Test
  void predictsWhatPicturesShow() throws IOException {
    Path[] pictures = new Path[TinyImages.CLASSES];
    for (int label = 0; label < pictures.length; label++) {
      pictures[label] = TinyImages.draw(folder.resolve(label + ".png"), label);
    }
    Cli.Result result =
        Cli.run("predict", model, "--backend", "cpu", pictures[0], pictures[1], pictures[2]).ok();
    for (int label = 0; label < pictures.length; label++) {
      assertThat(result.out())
          .containsPattern(
              label
                  + "\\.png: "
                  + label
                  + " \\([01]\\.\\d{4}\\), then \\d \\([01]\\.\\d{4}\\), \\d \\(");
    }
    assertThat(result.out())
        .contains(
            "280x280 pixels, made gray, resized to 28x28, inverted (the background is light, in the"
                + " training images it is dark)");
  }

  /** As the file says, or --data for a file that does not. */
  @Test
  void picturesForAModelOfMnistAreFramedAsItsDigits() throws IOException {
    Path picture = TinyImages.draw(folder.resolve("a.png"), 2);
    Checkpoint whole = CheckpointFile.load(model);
    Map<String, String> state = new LinkedHashMap<>(whole.state());
    state.put("data", "mnist");
    Path digits = folder.resolve("digits.safetensors");
    CheckpointFile.save(digits, new Checkpoint(whole.architecture(), whole.tensors(), state));
    assertThat(Cli.run("predict", digits, picture, "--backend", "cpu").ok().out())
        .contains("made gray, its ink centered and resized to 28x28 as MNIST's digits are, inver");
    state.remove("data");
    CheckpointFile.save(digits, new Checkpoint(whole.architecture(), whole.tensors(), state));
    assertThat(
            Cli.run("predict", digits, picture, "--backend", "cpu", "--data", "mnist").ok().out())
        .contains("its ink centered");
    assertThat(Cli.run("predict", digits, picture, "--backend", "cpu").ok().out())
        .doesNotContain("its ink centered");
  }

  @Test
  void unusablePicturesAreExplained() throws IOException {
    Path text = Files.writeString(folder.resolve("a.png"), "this is no picture");
    Cli.run("predict", model, text)
        .failed(1, text + " is not an image that Java can read; give a PNG");
    Path none = folder.resolve("none.png");
    Cli.run("predict", model, none).failed(1, "there is no file " + none);
    Path drawn = TinyImages.draw(folder.resolve("b.png"), 0);
    byte[] bytes = Files.readAllBytes(drawn);
    Files.write(drawn, Arrays.copyOf(bytes, bytes.length / 2));
    Cli.run("predict", model, drawn).failed(1, drawn + ": the image is damaged");
    Cli.run("predict", model).failed(2, "IMAGE");
  }

  @Test
  void damagedModelsAreExplained() throws IOException {
    byte[] bytes = Files.readAllBytes(model);
    Path damaged = folder.resolve("damaged.safetensors");
    Files.write(damaged, Arrays.copyOf(bytes, bytes.length - 5));
    evaluate(damaged).failed(1, damaged.toString());
    byte[] altered = bytes.clone();
    altered[altered.length - 1] ^= 1;
    Files.write(damaged, altered);
    evaluate(damaged).failed(1, damaged.toString(), "SHA-256", "altered");
    Files.writeString(damaged, "not a model");
    evaluate(damaged).failed(1, damaged.toString());
    Cli.run("summary", damaged).failed(1, damaged.toString());
    Path none = folder.resolve("none.safetensors");
    evaluate(none).failed(1, "there is no file " + none);
  }

  private static Cli.Result evaluate(Path file) {
    return Cli.run("evaluate", file, "--data", "idx", "--data-dir", data, "--backend", "cpu");
  }

  @Test
  void modelsThatDoNotFitAreExplained() throws IOException {
    Cli.run("evaluate", model, "--data", "mnist", "--data-dir", data, "--backend", "cpu")
        .failed(1, "MNIST has 10 classes, but the model tells 3 apart");
    Checkpoint whole = CheckpointFile.load(model);
    Map<String, String> state = new LinkedHashMap<>(whole.state());
    state.remove("normalization.mean");
    Path other = folder.resolve("other.safetensors");
    state.put("classes", "bar\nsquare");
    CheckpointFile.save(other, new Checkpoint(whole.architecture(), whole.tensors(), state));
    evaluate(other).failed(1, other + " names 2 classes, but tells 3 apart");
    CheckpointFile.save(other, new Checkpoint(null, whole.tensors(), whole.state()));
    Cli.run("summary", other).failed(1, "holds weights only, no architecture");
  }

  /** A file that says nothing about images, as the library saves it. */
  private Path savedByTheLibrary() throws IOException {
    Path file = folder.resolve("library.safetensors");
    try (Backend backend = Backends.open("cpu");
        Module network = Checkpoints.model(CheckpointFile.load(model), backend)) {
      CheckpointFile.save(file, Checkpoints.of(network));
    }
    return file;
  }

  @Test
  void dataSaysWhatAFileOfTheLibraryDoesNot() throws IOException {
    Path file = savedByTheLibrary();
    assertThat(evaluate(file).ok().out()).isEqualTo(evaluate(model).ok().out());
    Path picture = TinyImages.draw(folder.resolve("a.png"), 2);
    String expected = Cli.run("predict", model, picture, "--backend", "cpu").ok().out();
    assertThat(
            Cli.run(
                    "predict",
                    file,
                    picture,
                    "--backend",
                    "cpu",
                    "--data",
                    "idx",
                    "--data-dir",
                    data)
                .ok()
                .out())
        .isEqualTo(expected)
        .contains("a.png: 2 (");
  }

  @Test
  void whatNeitherFileNorDataSayIsAskedFor() throws IOException {
    Path file = savedByTheLibrary();
    Path picture = TinyImages.draw(folder.resolve("a.png"), 2);
    Cli.run("evaluate", file, "--data-dir", data)
        .failed(
            2,
            file
                + " does not say which data set it was trained on; name it with --data, one of"
                + " mnist, fashion-mnist, cifar10, idx");
    Cli.run("predict", file, picture)
        .failed(
            1,
            file
                + " does not say how pixels are normalized; name the data set that it was trained"
                + " on with --data, one of mnist, fashion-mnist, cifar10, idx");
    Cli.run("evaluate", file, "--data", "mnist", "--data-dir", data, "--backend", "cpu")
        .failed(1, "MNIST has 10 classes, but the model tells 3 apart");
    Cli.run("train", "--resume", file, "--data-dir", data)
        .failed(1, file + " cannot be resumed: it does not tell its data");
  }

  @Test
  void publishedDataSetsTellClassesAndNormalizationWithoutTheirFiles() {
    DataChoice choice =
        new DataChoice.Published(FashionMnist.DATASET, DataSources.directory(folder));
    assertThat(choice.classNames(10)).contains("Sneaker").hasSize(10);
    assertThat(choice.normalization().mean(0)).isEqualTo(0.2860f);
    assertThatThrownBy(() -> choice.classNames(3))
        .hasMessageContaining("10 classes, but the model tells 3 apart");
  }

  @Test
  void evaluationOnOtherDataNamesTheDataOfTheTraining() throws IOException {
    Checkpoint whole = CheckpointFile.load(model);
    Map<String, String> state = new LinkedHashMap<>(whole.state());
    state.put("data", "mnist");
    Path other = folder.resolve("other.safetensors");
    CheckpointFile.save(other, new Checkpoint(whole.architecture(), whole.tensors(), state));
    assertThat(evaluate(other).ok().out())
        .contains("model     " + other + ", trained on mnist, not on idx");
    assertThat(evaluate(model).ok().out()).doesNotContain("trained on");
  }

  @Test
  void foldersAreNotModelsOrPictures() {
    Cli.run("evaluate", folder, "--data", "mnist")
        .failed(1, folder + " is a folder; give the file of a model");
    Cli.run("summary", folder).failed(1, folder + " is a folder; give the file of a model");
    Cli.run("train", "--resume", folder).failed(1, folder + " is a folder; give the file of a");
    Cli.run("predict", model, folder).failed(1, folder + " is a folder; give a PNG, JPEG, GIF or");
  }

  @Test
  void everyCommandTellsTheDeviceOnce() throws IOException {
    Path picture = TinyImages.draw(folder.resolve("a.png"), 2);
    String[] outputs = {
      trained,
      evaluate(model).ok().all(),
      Cli.run("predict", model, picture, "--backend", "cpu").ok().all(),
    };
    for (String output : outputs) {
      assertThat(output.lines().filter(line -> line.contains(" threads, "))).hasSize(1);
      assertThat(output).containsPattern("(?m)^backend   cpu: .* threads, .*asked for by name$");
    }
    // Where the backend could be faster it says how, in the same line.
    assertThat(
            Cli.run("predict", model, picture, "--backend", "cpu", "-Doncilla.cpu.vector=off")
                .ok()
                .out())
        .containsPattern("(?m)^backend   cpu: .* plain Java loops: -Doncilla.cpu.vector=off");
  }

  @Test
  void summaryOfAFileTellsItsTraining() {
    Cli.Result result = Cli.run("summary", model).ok();
    assertThat(result.out())
        .contains("input [1, 28, 28]", "Conv2d", "[N, 120, 1, 1]")
        .contains("trained on idx for 8 epochs: train loss");
  }

  @Test
  void stackTraceWhereAskedFor() {
    Cli.Result result = Cli.run("evaluate", folder.resolve("none"), "--stacktrace");
    assertThat(result.exit()).isEqualTo(1);
    assertThat(result.err()).startsWith("oncilla: there is no file").contains("\tat org.oncilla");
  }
}
