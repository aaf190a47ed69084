package org.oncilla.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.oncilla.formats.CheckpointFile;
import org.oncilla.io.Checkpoint;

class TrainCommandTest {
  @TempDir static Path data;
  @TempDir Path folder;

  @BeforeAll
  static void writeData() throws IOException {
    TinyImages.write(data);
  }

  private Cli.Result train(Path out, Object... more) {
    Object[] first = {
      "train",
      "mlp",
      "--data",
      "idx",
      "--data-dir",
      data,
      "--backend",
      "cpu",
      "--batch",
      32,
      "--out",
      out
    };
    return Cli.run(and(first, more));
  }

  @ParameterizedTest
  @ValueSource(strings = {"lenet5", "mlp"})
  void trainsAndTellsHow(String model) throws IOException {
    Path out = folder.resolve("a.safetensors");
    Cli.Result result =
        Cli.run(
            "train",
            model,
            "--data",
            "idx",
            "--data-dir",
            data,
            "--backend",
            "cpu",
            "--epochs",
            4,
            "--batch",
            16,
            "--learning-rate",
            0.02,
            "--decay",
            0.9,
            "--out",
            out);
    result.ok();
    assertThat(result.out())
        .contains("300 training and 90 test images of 28x28 pixels")
        .contains(data.toString())
        .containsPattern("backend +cpu: .*asked for by name")
        .containsPattern("total +[0-9,]+")
        .contains(
            "4 epochs, batches of 16, sgd with learning rate 0.02 (times 0.9 each epoch), seed 42")
        .containsPattern(
            "epoch 4/4  train loss 0\\.\\d{4}, accuracy \\d\\.\\d{4}; test loss 0\\.\\d{4},"
                + " accuracy \\d\\.\\d{4}  \\(\\d+\\.\\d s, [0-9,]+ samples/s\\)")
        .contains("model     " + out)
        .contains("curves    " + folder.resolve("a.png"));
    assertThat(accuracy(result)).isGreaterThan(0.9);
    // The command prints these itself, so the log must not say them again.
    assertThat(result.log()).doesNotContain("backend cpu:");
    BufferedImage curves = ImageIO.read(folder.resolve("a.png").toFile());
    assertThat(curves.getWidth()).isEqualTo(1200);
    assertThat(curves.getHeight()).isEqualTo(480);
    assertThat(Files.list(folder)).hasSize(2);
  }

  private static double accuracy(Cli.Result result) {
    Matcher matcher = Pattern.compile("test accuracy (\\d\\.\\d+)").matcher(result.out());
    assertThat(matcher.find()).as(result.out()).isTrue();
    return Double.parseDouble(matcher.group(1));
  }

  @Test
  void theFileTellsHowItWasMade() throws IOException {
    Path out = folder.resolve("a.safetensors");
    train(out, "--epochs", 2, "--seed", 7, "--optimizer", "sgd", "--learning-rate", 0.02).ok();
    Checkpoint checkpoint = CheckpointFile.load(out);
    assertThat(checkpoint.state())
        .containsEntry("model", "mlp")
        .containsEntry("data", "idx")
        .containsEntry("classes", "0\n1\n2")
        .containsEntry("background", "dark")
        .containsEntry("epoch", "2")
        .containsEntry("seed", "7")
        .containsEntry("batch_size", "32")
        .containsEntry("optimizer.type", "sgd")
        .containsEntry("learning_rate", "0.02")
        .containsEntry("learning_rate_decay", "0.7")
        // Of the epoch that was done last, the second one.
        .containsEntry("optimizer.learning_rate", Double.toString(0.02 * 0.7))
        .containsKeys("normalization.mean", "normalization.deviation");
    assertThat(checkpoint.state().get("history").split("\n")).hasSize(2);
    // Mean and deviation of all training pixels, computed anew from the file.
    byte[] file = Files.readAllBytes(data.resolve("train-images-idx3-ubyte"));
    double sum = 0;
    double squares = 0;
    for (int i = 16; i < file.length; i++) {
      double pixel = (file[i] & 0xFF) / 255.0;
      sum += pixel;
      squares += pixel * pixel;
    }
    double mean = sum / (file.length - 16);
    double deviation = Math.sqrt(squares / (file.length - 16) - mean * mean);
    assertThat(Double.parseDouble(checkpoint.state().get("normalization.mean")))
        .isCloseTo(mean, within(1e-6));
    assertThat(Double.parseDouble(checkpoint.state().get("normalization.deviation")))
        .isCloseTo(deviation, within(1e-6));
  }

  @ParameterizedTest
  @ValueSource(strings = {"adam", "sgd", "nadam"})
  void resumedTrainingEqualsOneThatNeverStopped(String optimizer) throws IOException {
    Path whole = folder.resolve("whole.safetensors");
    Path parts = folder.resolve("parts.safetensors");
    train(whole, "--epochs", 3, "--seed", 5, "--optimizer", optimizer).ok();
    train(parts, "--epochs", 1, "--seed", 5, "--optimizer", optimizer).ok();
    Cli.Result resumed =
        Cli.run("train", "--data-dir", data, "--backend", "cpu", "--resume", parts, "--epochs", 3);
    resumed.ok();
    assertThat(resumed.out()).contains("epoch 2/3", "epoch 3/3").doesNotContain("epoch 1/3");
    assertThat(resumed.out()).contains("model     mlp").doesNotContain("replace", "note ");
    assertThat(resumed.out()).contains("epochs 2 to 3, batches of 32, " + optimizer, "seed 5");
    assertThat(Files.readAllBytes(parts)).isEqualTo(Files.readAllBytes(whole));
    assertThat(EpochRecord.read(ModelFile.load(parts)))
        .hasSize(3)
        .isEqualTo(EpochRecord.read(ModelFile.load(whole)));
  }

  @Test
  void resumedTrainingSeesTheSameAugmentedImages() throws IOException {
    Path whole = folder.resolve("whole.safetensors");
    Path parts = folder.resolve("parts.safetensors");
    Path plain = folder.resolve("plain.safetensors");
    Object[] settings = {
      "--augment", "crop,rotation,noise", "--weight-decay", 0.01, "--schedule", "exponential"
    };
    assertThat(train(whole, and(settings, "--epochs", 3)).ok().out())
        .contains("weight decay 0.01, images augmented by crop, rotation and noise, seed 42");
    train(parts, and(settings, "--epochs", 1)).ok();
    Cli.run("train", "--data-dir", data, "--backend", "cpu", "--resume", parts, "--epochs", 3).ok();
    assertThat(Files.readAllBytes(parts)).isEqualTo(Files.readAllBytes(whole));
    train(plain, "--epochs", 3, "--weight-decay", 0.01).ok();
    assertThat(CheckpointFile.load(plain).state()).containsEntry("augmentation", "none");
    assertThat(CheckpointFile.load(plain).tensors().get("1.weight").values())
        .isNotEqualTo(CheckpointFile.load(whole).tensors().get("1.weight").values());
  }

  private static Object[] and(Object[] first, Object... more) {
    Object[] all = Arrays.copyOf(first, first.length + more.length);
    System.arraycopy(more, 0, all, first.length, more.length);
    return all;
  }

  @Test
  void theLearningRateFallsAsAskedFor() throws IOException {
    Path out = folder.resolve("a.safetensors");
    assertThat(train(out, "--epochs", 2, "--schedule", "cosine", "--learning-rate", 0.1).ok().out())
        .contains("sgd with learning rate 0.1 (falling to 0 as a cosine), seed 42");
    // The last of 10 steps of the second epoch.
    double last = 0.05 * (1 + Math.cos(Math.PI * 19 / 20));
    assertThat(CheckpointFile.load(out).state())
        .containsEntry("learning_rate_schedule", "cosine")
        .hasEntrySatisfying(
            "optimizer.learning_rate",
            rate -> assertThat(Double.parseDouble(rate)).isCloseTo(last, within(1e-12)));
  }

  @Test
  void aCosineThatIsStretchedIsSaidToBe() throws IOException {
    Path whole = folder.resolve("whole.safetensors");
    Path parts = folder.resolve("parts.safetensors");
    Object[] settings = {"--schedule", "cosine", "--learning-rate", 0.1};
    train(whole, and(settings, "--epochs", 3)).ok();
    train(parts, and(settings, "--epochs", 2)).ok();
    Object[] resume = {"train", "--data-dir", data, "--backend", "cpu", "--resume", parts};
    // 0.1 · ½(1 + cos(π·2/3)), where the shorter cosine was at its end.
    assertThat(Cli.run(and(resume, "--epochs", 3)).ok().out())
        .contains(
            "epoch 3, batches of 32, sgd with learning rate 0.1 (falling to 0 as a cosine; now"
                + " 0.025), seed 42")
        .contains(
            "note      the cosine now spans 3 epochs, not 2: the learning rate rises from 0 to"
                + " 0.025, so the result will differ from that of 3 epochs in one go");
    assertThat(CheckpointFile.load(parts).tensors().get("1.weight").values())
        .isNotEqualTo(CheckpointFile.load(whole).tensors().get("1.weight").values());
  }

  /** A training that was stopped goes on to the epochs that it was to have. */
  @Test
  void theSameCosineGoesOnAsIfItHadNeverStopped() throws IOException {
    Path whole = folder.resolve("whole.safetensors");
    Path stopped = folder.resolve("stopped.safetensors");
    Object[] settings = {"--schedule", "cosine", "--learning-rate", 0.1};
    train(whole, and(settings, "--epochs", 2)).ok();
    train(stopped, and(settings, "--epochs", 1)).ok();
    Checkpoint half = CheckpointFile.load(stopped);
    Map<String, String> state = new LinkedHashMap<>(half.state());
    assertThat(state.put("epochs", "2")).isEqualTo("1");
    CheckpointFile.save(stopped, new Checkpoint(half.architecture(), half.tensors(), state));
    assertThat(
            Cli.run("train", "--data-dir", data, "--backend", "cpu", "--resume", stopped)
                .ok()
                .out())
        .contains("epoch 2, batches of 32", "(falling to 0 as a cosine; now 0.05)", "epoch 2/2")
        .doesNotContain("note ");
    assertThat(CheckpointFile.load(stopped).state()).containsEntry("epochs", "2");
  }

  /** The rate of the fourth epoch is said, beside that of the first. */
  @Test
  void aResumedTrainingSaysWhereItStarts() {
    Path out = folder.resolve("a.safetensors");
    train(out, "--epochs", 3).ok();
    Object[] resume = {"train", "--data-dir", data, "--backend", "cpu", "--resume", out};
    assertThat(Cli.run(and(resume, "--epochs", 4, "--learning-rate", 0.001)).ok().out())
        .contains(
            "epoch 4, batches of 32, sgd with learning rate 0.001 (times 0.7 each epoch; now"
                + " 0.000343), seed 42");
    Cli.run(and(resume, "--epochs", 5, "--decay", 0.5, "--schedule", "cosine"))
        .failed(2, "--decay 0.5 is for an exponential schedule, but this one is cosine");
  }

  @Test
  void photographsAreAugmentedUnlessAskedOtherwise() {
    Path out = folder.resolve("a.safetensors");
    Object[] command = {
      "train", "alexnet", "--data", "idx", "--data-dir", data, "--backend", "cpu"
    };
    assertThat(Cli.run(and(command, "--epochs", 1, "--out", out)).ok().out())
        .contains("1 epoch, batches of 64, sgd with learning rate 0.01 (falling to 0 as a cosine)")
        .contains("weight decay 0.0005, images augmented by crop, seed 42");
    assertThat(Cli.run(and(command, "--epochs", 1, "--augment", "none", "--out", out)).ok().out())
        .doesNotContain("augmented");
  }

  @Test
  void aResidualNetworkIsMeasuredByItsRunningStatistics() {
    Path out = folder.resolve("a.safetensors");
    String options = "--data idx --data-dir " + data + " --backend cpu --epochs 1 --out " + out;
    Cli.Result trained = Cli.run((Object[]) ("train resnet20 " + options).split(" ")).ok();
    assertThat(trained.out())
        .contains("1 epoch, batches of 128, sgd with learning rate 0.1 (falling to 0 as a cosine)")
        .contains("weight decay 0.0001, images augmented by crop, seed")
        .containsPattern("buffers +1,568");
    // A file that lost them would do as well as a guess.
    assertThat(Cli.run("evaluate", out, "--data-dir", data, "--backend", "cpu").ok().out())
        .contains(String.format(Locale.ROOT, "accuracy %.4f", accuracy(trained)));
  }

  @Test
  void theSeedDecidesTheModel() throws IOException {
    List<Path> files = List.of(folder.resolve("a.safetensors"), folder.resolve("b.safetensors"));
    Path other = folder.resolve("c.safetensors");
    for (Path file : files) {
      train(file, "--epochs", 1).ok();
    }
    train(other, "--epochs", 1, "--seed", 43).ok();
    assertThat(Files.readAllBytes(files.get(0))).isEqualTo(Files.readAllBytes(files.get(1)));
    assertThat(Files.readAllBytes(files.get(0))).isNotEqualTo(Files.readAllBytes(other));
  }

  @Test
  void nonFiniteLossLeavesTheLastGoodCheckpoint() throws IOException {
    Path out = folder.resolve("a.safetensors");
    train(out, "--epochs", 1, "--optimizer", "sgd").ok();
    byte[] before = Files.readAllBytes(out);
    train(out, "--epochs", 3, "--resume", out, "--learning-rate", 1e30)
        .failed(
            1,
            "training stopped: the loss of epoch 2, step",
            "Lower the learning rate (now 7e+29)",
            "The last good checkpoint is still " + out);
    assertThat(Files.readAllBytes(out)).isEqualTo(before);
    Path fresh = folder.resolve("b.safetensors");
    train(fresh, "--epochs", 3, "--optimizer", "sgd", "--learning-rate", 1e30)
        .failed(1, "the loss of epoch 1", "No epoch was done, so no checkpoint was saved");
    assertThat(fresh).doesNotExist();
  }

  @Test
  void nonFiniteLossLeavesTheCurvesOfTheEpochsBefore() throws IOException {
    Path out = folder.resolve("a.safetensors");
    Path curves = folder.resolve("a.png");
    // Steps ten times too large: the loss grows in the first epochs, and overflows in the third.
    String options = "--backend cpu --epochs 9 --batch 100 --learning-rate 1 --decay 1 --out ";
    String command = "train mlp --data idx --data-dir " + data + " " + options + out;
    Cli.Result result = Cli.run((Object[]) command.split(" "));
    int epochs = EpochRecord.read(ModelFile.load(out)).size();
    assertThat(epochs).isPositive();
    result.failed(
        1,
        "training stopped",
        "The last good checkpoint, after epoch %d, is %s, with its curves in %s"
            .formatted(epochs, out, curves));
    assertThat(ImageIO.read(curves.toFile()).getWidth()).isEqualTo(Curves.WIDTH);
  }

  @Test
  void aModelThatIsReplacedIsSaidToBe() throws IOException {
    Path out = folder.resolve("a.safetensors");
    Path other = folder.resolve("b.safetensors");
    assertThat(train(out, "--epochs", 1).ok().out())
        .contains("model     " + out)
        .doesNotContain("replace");
    assertThat(train(out, "--epochs", 1).ok().out())
        .containsPattern(
            "(?s)replaces  \\Q"
                + out
                + "\\E, which is there already, after the first epoch; --out names another file\n"
                + ".*epoch 1/1.*model     \\Q"
                + out
                + "\\E \\(replaced\\)");
    Files.copy(out, other);
    assertThat(train(other, "--resume", out, "--epochs", 2).ok().out())
        .contains("model     " + other + " (replaced)");
    assertThat(train(out, "--resume", out, "--epochs", 2).ok().out()).doesNotContain("replaced");
  }

  @Test
  void oneThreadGivesTheSameModelAsTwo() throws IOException {
    Path one = folder.resolve("one.safetensors");
    Path two = folder.resolve("two.safetensors");
    assertThat(train(one, "--epochs", 1, "--threads", 1).ok().out())
        .containsPattern("\\b1 threads?,");
    assertThat(train(two, "--epochs", 1, "-Doncilla.cpu.threads=2").ok().out())
        .contains("2 threads");
    assertThat(Files.readAllBytes(one)).isEqualTo(Files.readAllBytes(two));
    assertThat(System.getProperty("oncilla.cpu.threads")).isNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "train lenet6 --data mnist | oncilla: MODEL lenet6 is unknown; the choices are lenet5, mlp, alexnet, resnet20",
        "train --data mnist | MODEL is missing; the choices are lenet5, mlp, alexnet, resnet20",
        "train mlp | --data is missing; the choices are mnist, fashion-mnist, cifar10, idx",
        "train mlp --data cifar | oncilla: --data cifar is unknown; the choices are mnist, fashion-mnist, cifar10, idx",
        "train mlp --data idx | --data idx needs --data-dir",
        "train mlp --data mnist --backend cuda | --backend cuda is unknown; the choices are auto, cpu",
        "train mlp --data mnist -Doncilla.backend=cuda | -Doncilla.backend=cuda is unknown",
        "train mlp --data mnist --optimizer lamb | oncilla: --optimizer lamb is unknown; the choices are sgd, rmsprop, adagrad, adadelta, adam, adamw, nadam, lion",
        "train mlp --data mnist --epochs 0 | --epochs must be at least 1, not 0",
        "train mlp --data mnist --batch -3 | --batch must be at least 1, not -3",
        "train mlp --data mnist --batch many | --batch many is not a whole number",
        "train mlp --data mnist --batch 2.5 | --batch 2.5 is not a whole number",
        "train mlp --data mnist --epochs 3000000000 | --epochs 3000000000 is too large; the largest is 2147483647",
        "train mlp --data mnist --seed x | --seed x is not a whole number",
        "train mlp --data mnist --seed -9999999999999999999 | --seed -9999999999999999999 is too small; the smallest is -9223372036854775808",
        "train mlp --data mnist --learning-rate abc | oncilla: --learning-rate abc is not a number such as 0.001 or 1e-3",
        "train mlp --data mnist --learning-rate 0 | --learning-rate must be above 0, not 0",
        "train mlp --data mnist --learning-rate NaN | --learning-rate must be above 0, not NaN",
        "train mlp --data mnist --decay 0 | --decay must be above 0 and at most 1, not 0",
        "train mlp --data mnist --decay 1.5 | --decay must be above 0 and at most 1, not 1.5",
        "train mlp --data mnist --schedule linear | oncilla: --schedule linear is unknown; the choices are exponential, cosine",
        "train mlp --data mnist --weight-decay -1 | --weight-decay must be at least 0, not -1",
        "train mlp --data mnist --augment crop,zoom | --augment zoom is unknown; the choices are crop, shift, flip, rotation, scaling, brightness, contrast, noise, cutout, or none",
        "train mlp --data mnist --augment crop, | --augment '' is unknown; the choices are",
        "train mlp --data mnist --augment crop,flip,crop | --augment crop,flip,crop has crop more than once; name each once",
        "train mlp --data mnist --augment none,crop | --augment none,crop contradicts itself; none stands alone and leaves the images as they are",
        "train mlp --data mnist --decay 0.5 --schedule cosine | --decay 0.5 is for an exponential schedule, but this one is cosine; give --schedule exponential, or leave --decay out",
        "train resnet20 --data cifar10 --decay 0.5 | --decay 0.5 is for an exponential schedule, but this one is cosine",
        "train mlp --data mnist --threads 0 | --threads must be at least 1, not 0",
        "train mlp --data mnist --out curves.png | cannot be the model's file",
        "train mlp --data mnist --colour red | The options are --augment, --backend, --batch",
      })
  void wrongUseIsExplained(String command, String message) {
    Cli.run((Object[]) command.split(" ")).failed(2, message, "--help");
  }

  @Test
  void outputIsCheckedBeforeTraining() {
    train(folder.resolve("missing").resolve("a.safetensors")).failed(1, "there is no folder");
    train(folder).failed(1, "is a folder; name a file");
  }

  @Test
  void unusableDataIsExplained() throws IOException {
    Path broken = Files.createDirectory(folder.resolve("broken"));
    Object[] command = {
      "train",
      "mlp",
      "--data",
      "idx",
      "--data-dir",
      broken,
      "--backend",
      "cpu",
      "--out",
      folder.resolve("a.safetensors")
    };
    Cli.run(command).failed(1, broken.toString(), "holds neither train-labels-idx1-ubyte nor");
    TinyImages.write(broken);
    Path images = broken.resolve("t10k-images-idx3-ubyte");
    byte[] bytes = Files.readAllBytes(images);
    Files.write(images, Arrays.copyOf(bytes, bytes.length - 1));
    Cli.run(command).failed(1, images.toString(), "it is truncated");
    // The real data sets are checked by size and checksum, whoever gives the folder.
    Cli.run(
            "train",
            "mlp",
            "--data",
            "mnist",
            "--data-dir",
            broken,
            "--backend",
            "cpu",
            "--out",
            folder.resolve("a.safetensors"))
        .failed(1, "MNIST", "expected 47040016 bytes");
  }

  @Test
  void resumingSomethingElseIsExplained() throws IOException {
    Path saved = folder.resolve("a.safetensors");
    train(saved, "--epochs", 1).ok();
    train(saved, "--resume", saved, "--epochs", 1)
        .failed(
            2, "has 1 of 1 epochs done, so there is nothing left to do; give more with --epochs");
    train(saved, "--resume", saved, "--optimizer", "adam")
        .failed(
            2,
            "was trained with --optimizer sgd, so it cannot go on with adam; what may change is --epochs, --batch, --learning-rate, --schedule, --decay, --weight-decay and --augment");
    train(saved, "--resume", saved, "--seed", 7)
        .failed(2, "was trained with --seed 42, so it cannot go on with 7; what may change is");
    Cli.run("train", "lenet5", "--data", "idx", "--data-dir", data, "--resume", saved)
        .failed(2, "was trained with MODEL mlp, so it cannot go on with lenet5");
    Cli.run("train", "mlp", "--data", "mnist", "--resume", saved)
        .failed(2, "was trained with --data idx, so it cannot go on with mnist");
    train(saved, "--resume", folder.resolve("none.safetensors")).failed(1, "there is no file");
  }

  @Test
  void tooLittleDeviceMemoryIsExplained() {
    train(folder.resolve("a.safetensors"), "-Doncilla.memory.budget=1M")
        .failed(1, "budget", "a smaller --batch needs less");
  }
}
