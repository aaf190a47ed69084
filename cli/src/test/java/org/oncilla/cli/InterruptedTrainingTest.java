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
        .contains("To go on, give --resume " + out);
    int epoch = Integer.parseInt(CheckpointFile.load(out).state().get("epoch"));
    assertThat(epoch).isGreaterThanOrEqualTo(3);
    assertThat(said).contains("after epoch " + epoch + ", is " + out);
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .noneMatch(name -> name.endsWith(".part"));
    }
  }

  private Process start(Path out) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
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
            "--out",
            out.toString())
        .redirectError(folder.resolve(LOG).toFile())
        .start();
  }
}
