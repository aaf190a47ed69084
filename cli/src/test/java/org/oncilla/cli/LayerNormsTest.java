package org.oncilla.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.oncilla.formats.CheckpointFile;
import org.oncilla.io.Checkpoint;

/** How large each layer's gradients, weights and outputs are, in the log of a training. */
class LayerNormsTest {
  private static final String NORM = " +\\d+\\.\\d+(?:e[+-]\\d\\d)?";

  @TempDir static Path data;
  @TempDir Path folder;

  @BeforeAll
  static void writeData() throws IOException {
    TinyImages.write(data);
  }

  private static Cli.Result train(Path out, Object... more) {
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
    Object[] all = Arrays.copyOf(first, first.length + more.length);
    System.arraycopy(more, 0, all, first.length, more.length);
    return Cli.run(all).ok();
  }

  private static List<String> saved(Path file) throws IOException {
    return CheckpointFile.load(file).state().get("layer_norms").lines().toList();
  }

  @Test
  void arePrintedAndSavedAfterEachEpoch() throws IOException {
    Path out = folder.resolve("a.safetensors");
    Cli.Result result = train(out, "--epochs", 2, "--layer-norms");
    assertThat(result.out())
        .containsPattern(
            "(?s)epoch 1/2 .*layer +gradient norm +weight norm +output RMS\n0 Flatten"
                + NORM
                + "\n1 Linear"
                + NORM
                + NORM
                + " +folded\n2 ReLU"
                + NORM
                + "\n.*epoch 2/2 .*\n5 Linear"
                + NORM
                + NORM
                + NORM
                + "\n\nfolded: computed with the activation that follows");
    List<String> lines = saved(out);
    assertThat(lines).hasSize(12);
    assertThat(lines.get(0)).matches("1,Flatten,NaN,NaN,[0-9.E-]+,0");
    assertThat(lines.get(11)).matches("2,Linear,[0-9.E-]+,[0-9.E-]+,[0-9.E-]+,5");
    // Printed are four digits of what is saved.
    double gradient = Double.parseDouble(lines.get(11).split(",")[2]);
    String summary = Cli.run("summary", out).ok().out();
    assertThat(summary)
        .contains("layers in epoch 2:")
        .containsPattern(
            "5 Linear +"
                + String.format(java.util.Locale.ROOT, "%.4g", gradient).replace("+", "\\+"));
    assertThat(Cli.run("inspect", out, "--data-dir", data, "--backend", "cpu").ok().out())
        .contains("gradients in epoch 2 of the training")
        .contains("gradient norm", String.format(java.util.Locale.ROOT, "%.4g", gradient));
  }

  @Test
  void areKeptByAResumedTraining() throws IOException {
    Path whole = folder.resolve("whole.safetensors");
    Path parts = folder.resolve("parts.safetensors");
    train(whole, "--epochs", 2, "--layer-norms");
    train(parts, "--epochs", 1, "--layer-norms");
    Cli.run(
            "train",
            "--data-dir",
            data,
            "--backend",
            "cpu",
            "--resume",
            parts,
            "--epochs",
            2,
            "--layer-norms")
        .ok();
    assertThat(saved(parts)).isEqualTo(saved(whole));
  }

  /** The training is the same, bit for bit. */
  @Test
  void changeNothingElse() throws IOException {
    Path watched = folder.resolve("watched.safetensors");
    Path plain = folder.resolve("plain.safetensors");
    train(watched, "--epochs", 1, "--layer-norms");
    assertThat(train(plain, "--epochs", 1).out()).doesNotContain("gradient norm");
    Checkpoint first = CheckpointFile.load(watched);
    Checkpoint second = CheckpointFile.load(plain);
    assertThat(second.state()).doesNotContainKey("layer_norms");
    assertThat(first.tensors().keySet()).isEqualTo(second.tensors().keySet());
    first
        .tensors()
        .forEach(
            (name, array) ->
                assertThat(array.values())
                    .as(name)
                    .containsExactly(second.tensors().get(name).values()));
  }

  @Test
  void thatAreAlteredAreNamed() throws IOException {
    Path out = folder.resolve("a.safetensors");
    train(out, "--epochs", 1);
    Checkpoint whole = CheckpointFile.load(out);
    Map<String, String> state = new LinkedHashMap<>(whole.state());
    for (String line : List.of("1,Linear,1,2,3", "1,Linear,1,two,3,0")) {
      state.put("layer_norms", line);
      CheckpointFile.save(out, new Checkpoint(whole.architecture(), whole.tensors(), state));
      Cli.run("summary", out)
          .failed(1, out + ": its layer_norms has the unreadable line \"" + line + "\"");
    }
  }
}
