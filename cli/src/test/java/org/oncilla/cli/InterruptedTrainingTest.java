package org.oncilla.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.oncilla.formats.CheckpointFile;

class InterruptedTrainingTest {
  private static final String LOG = "stderr.txt";

  @TempDir Path folder;

  /** A signal ends a training between two saves or in one: the file is whole either way. */
  @Test
  @Timeout(120)
  void aStoppedTrainingLeavesItsLastCheckpointWhole() throws IOException, InterruptedException {
    TinyImages.write(folder);
    Path out = folder.resolve("model.safetensors");
    Process process = start(out);
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      String line = lines.readLine();
      while (line != null && !line.startsWith("epoch 3/")) {
        line = lines.readLine();
      }
      assertThat(line).as("the line of the third epoch").isNotNull();
      // Not process.destroy(), which also closes the streams.
      process.toHandle().destroy();
      assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    } finally {
      process.toHandle().destroyForcibly();
    }
    String said = Files.readString(folder.resolve(LOG));
    assertThat(said)
        .contains("oncilla: stopped. The last good checkpoint, after epoch ")
        .contains(", with its curves in " + folder.resolve("model.png"));
    assertThat(ImageIO.read(folder.resolve("model.png").toFile()).getWidth())
        .isEqualTo(Curves.WIDTH);
    int epoch = Integer.parseInt(CheckpointFile.load(out).state().get("epoch"));
    assertThat(epoch).isGreaterThanOrEqualTo(3);
    assertThat(said).contains("after epoch " + epoch + ", is " + out);
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .noneMatch(name -> name.endsWith(".part"));
    }
    goesOn(said, epoch);
  }

  /** What was printed is the whole command: of it only the number of epochs is changed. */
  private void goesOn(String said, int epoch) {
    String command =
        said.lines()
            .filter(line -> line.startsWith("To go on: oncilla "))
            .findFirst()
            .orElseThrow()
            .replace("To go on: oncilla ", "");
    assertThat(command)
        .startsWith("train mlp --data idx -Doncilla.debug.leaks=false --data-dir " + folder)
        .contains(" --backend cpu --epochs 100000 --learning-rate 0.01 --resume ")
        .doesNotContain("--out");
    Cli.Result resumed =
        Cli.run((Object[]) command.replace("100000", Integer.toString(epoch + 1)).split(" ")).ok();
    assertThat(resumed.out())
        .contains("sgd with learning rate 0.01 (", "epoch " + (epoch + 1) + "/" + (epoch + 1))
        .doesNotContain("epoch " + epoch + "/");
  }

  private Process start(Path out) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            "-Doncilla.debug.leaks=false",
            Main.class.getName(),
            "train",
            "mlp",
            "--data",
            "idx",
            "--data-dir",
            folder.toString(),
            "--backend",
            "cpu",
            "--epochs",
            "100000",
            "--learning-rate",
            "0.01",
            "--out",
            out.toString())
        .redirectError(folder.resolve(LOG).toFile())
        .start();
  }
}
