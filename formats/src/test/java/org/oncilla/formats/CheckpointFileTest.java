package org.oncilla.formats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.oncilla.file.FileFormatException;
import org.oncilla.io.Checkpoint;
import org.oncilla.io.HostArray;
import org.oncilla.nn.ModuleConfig;
import org.oncilla.tensor.Shape;

class CheckpointFileTest {
  @TempDir Path folder;

  private static ModuleConfig architecture() {
    ModuleConfig conv =
        ModuleConfig.of(
            "Conv2d",
            Map.of(
                "outChannels",
                6,
                "seed",
                1L << 40,
                "rate",
                0.1,
                "whole",
                2.0,
                "bias",
                true,
                "mode",
                "zeros",
                "stride",
                List.of(1, 2)));
    return new ModuleConfig(
        "Sequential", Map.of(), List.of(conv, ModuleConfig.of("Tanh", Map.of())));
  }

  private static Checkpoint checkpoint() {
    Map<String, HostArray> tensors = new LinkedHashMap<>();
    tensors.put("0.weight", new HostArray(Shape.of(2, 2), new float[] {1, -2, 3.5f, 1e-30f}));
    tensors.put("optimizer.m", new HostArray(Shape.of(3), new float[] {0, Float.NaN, -0f}));
    Map<String, String> state = new LinkedHashMap<>();
    state.put("epoch", "3");
    state.put("input_shape", "1,28,28");
    state.put("aaa", "0".repeat(64));
    return new Checkpoint(architecture(), tensors, state);
  }

  private Path saved() throws IOException {
    Path file = folder.resolve("model.safetensors");
    CheckpointFile.save(file, checkpoint());
    return file;
  }

  @Test
  void whatWasSavedIsLoaded() throws IOException {
    Checkpoint loaded = CheckpointFile.load(saved());
    assertThat(loaded.architecture()).isEqualTo(architecture());
    assertThat(loaded.state()).isEqualTo(checkpoint().state());
    assertThat(loaded.tensors().keySet()).containsExactly("0.weight", "optimizer.m");
    assertThat(loaded.tensors().get("0.weight").shape()).isEqualTo(Shape.of(2, 2));
    assertThat(loaded.tensors().get("0.weight").values()).containsExactly(1, -2, 3.5f, 1e-30f);
    assertThat(loaded.tensors().get("optimizer.m").values()).containsExactly(0, Float.NaN, -0f);
  }

  @Test
  void theMetadataIsAsDocumented() throws IOException {
    Map<String, String> metadata = Safetensors.read(saved()).metadata();
    assertThat(metadata)
        .containsEntry("oncilla.format_version", "1")
        .containsEntry("oncilla.epoch", "3")
        .containsEntry(
            "oncilla.architecture",
            "{\"type\":\"Sequential\",\"children\":[{\"type\":\"Conv2d\",\"arguments\":{"
                + "\"bias\":true,\"mode\":\"zeros\",\"outChannels\":6,\"rate\":0.1,"
                + "\"seed\":1099511627776,\"stride\":[1,2],\"whole\":2.0}},{\"type\":\"Tanh\"}]}");
    assertThat(metadata.get("oncilla.sha256")).matches("[0-9a-f]{64}").doesNotMatch("0*");
  }

  @Test
  void theSameCheckpointGivesTheSameBytes() throws IOException {
    byte[] first = Files.readAllBytes(saved());
    assertThat(Files.readAllBytes(saved())).isEqualTo(first);
  }

  @Test
  void weightsAloneCanBeSaved() throws IOException {
    Path file = folder.resolve("weights.safetensors");
    CheckpointFile.save(file, new Checkpoint(null, checkpoint().tensors(), Map.of()));
    Checkpoint loaded = CheckpointFile.load(file);
    assertThat(loaded.architecture()).isNull();
    assertThat(loaded.state()).isEmpty();
    assertThat(loaded.tensors()).hasSize(2);
  }

  @Test
  void filesOfOthersAreLoaded() throws IOException {
    Path file = folder.resolve("weights.safetensors");
    Safetensors.write(file, checkpoint().tensors(), Map.of("format", "pt"));
    Checkpoint loaded = CheckpointFile.load(file);
    assertThat(loaded.architecture()).isNull();
    assertThat(loaded.state()).isEmpty();
    assertThat(loaded.tensors().get("0.weight").values()).containsExactly(1, -2, 3.5f, 1e-30f);
  }

  @Test
  void everyAlteredByteIsFound() throws IOException {
    Path file = saved();
    byte[] whole = Files.readAllBytes(file);
    for (int position = 0; position < whole.length; position++) {
      for (int bits : new int[] {1, 0x20, 0x80}) {
        byte[] altered = whole.clone();
        altered[position] ^= (byte) bits;
        Files.write(file, altered);
        assertThatThrownBy(() -> CheckpointFile.load(file))
            .as("byte %d, bits %x", position, bits)
            .isInstanceOf(FileFormatException.class)
            .hasMessageStartingWith(file.toString());
      }
    }
  }

  @Test
  void everyTruncationIsFound() throws IOException {
    Path file = saved();
    byte[] whole = Files.readAllBytes(file);
    for (int length = 0; length < whole.length; length++) {
      Files.write(file, Arrays.copyOf(whole, length));
      assertThatThrownBy(() -> CheckpointFile.load(file)).isInstanceOf(FileFormatException.class);
    }
  }

  @Test
  void anAlteredWeightIsNamedAsSuch() throws IOException {
    Path file = saved();
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length - 20]++;
    Files.write(file, bytes);
    assertThatThrownBy(() -> CheckpointFile.load(file))
        .hasMessageContaining("expected SHA-256 ")
        .hasMessageContaining("the file was altered after it was saved");
  }

  private void loadFails(Map<String, String> metadata, String text) throws IOException {
    Path file = folder.resolve("other.safetensors");
    Safetensors.write(file, Map.of(), metadata);
    assertThatThrownBy(() -> CheckpointFile.load(file))
        .isInstanceOf(FileFormatException.class)
        .hasMessageStartingWith(file.toString())
        .hasMessageContaining(text);
  }

  @Test
  void conventionsThatAreNotOurs() throws IOException {
    loadFails(
        Map.of("oncilla.format_version", "2"),
        "expected oncilla.format_version 1 but found 2; a newer Oncilla may have saved it");
    loadFails(Map.of("oncilla.format_version", "1"), "expected oncilla.sha256 in its metadata");
  }

  @Test
  void architecturesThatAreNone() throws IOException {
    Map<String, String> texts =
        Map.of(
            "{\"type\":", "is not valid JSON",
            "[]", "expected an object but found an array",
            "{\"children\":[]}", "expected a type for each module but found none",
            "{\"type\":\"A\",\"more\":1}", "expected type, arguments or children but found more",
            "{\"type\":\"A\",\"arguments\":{\"x\":null}}", "setting x: expected a number, text",
            "{\"type\":\"A\",\"arguments\":{\"x\":99999999999999999999}}", "out of range",
            "{\"type\":\"A\",\"children\":[3]}", "expected an object but found a whole number",
            "{\"type\":\"A\"} 1", "goes on after its end");
    for (Map.Entry<String, String> text : texts.entrySet()) {
      loadFails(Map.of("oncilla.architecture", text.getKey()), text.getValue());
    }
    String deep = "{\"type\":\"A\",\"children\":[".repeat(2000) + "]}".repeat(2000);
    loadFails(Map.of("oncilla.architecture", deep), "depth");
  }

  @Test
  void whatCannotBeSaved() {
    Path file = folder.resolve("model.safetensors");
    for (String name : List.of("architecture", "format_version", "sha256")) {
      Checkpoint reserved = new Checkpoint(null, Map.of(), Map.of(name, "x"));
      assertThatThrownBy(() -> CheckpointFile.save(file, reserved))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("entry named " + name);
    }
    for (Object value : new Object[] {Double.NaN, 1f, Map.of(), new int[0]}) {
      ModuleConfig config = ModuleConfig.of("Dropout", Map.of("p", value));
      assertThatThrownBy(
              () -> CheckpointFile.save(file, new Checkpoint(config, Map.of(), Map.of())))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("module Dropout: setting p is " + value);
    }
    assertThat(file).doesNotExist();
  }

  /** The system itself refuses to write on: a process may be limited in how large its files get. */
  @Test
  void aDiskThatTakesNoMoreLeavesTheOldCheckpoint() throws IOException, InterruptedException {
    Path file = saved();
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    Process process =
        new ProcessBuilder(
                "sh",
                "-c",
                "ulimit -f 64; exec \"$0\" \"$@\"",
                java,
                "-XX:-UsePerfData",
                "-cp",
                System.getProperty("java.class.path"),
                LargeCheckpoint.class.getName(),
                file.toString())
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(output).contains("could not write " + file).contains("bytes are free");
    assertThat(process.exitValue()).isEqualTo(3);
    assertThat(CheckpointFile.load(file).state()).isEqualTo(checkpoint().state());
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files.toList()).isEqualTo(List.of(file));
    }
  }

  /** Run in a process of its own; ends with 3 where the save fails. */
  static final class LargeCheckpoint {
    public static void main(String[] arguments) {
      HostArray array = new HostArray(Shape.of(1 << 18), new float[1 << 18]);
      try {
        CheckpointFile.save(
            Path.of(arguments[0]), new Checkpoint(null, Map.of("w", array), Map.of()));
      } catch (IOException e) {
        System.out.println(e.getMessage());
        System.exit(3);
      }
    }
  }

  @Test
  void aFileThatIsNotThereIsSaidToBeMissingAndWhere() {
    Path file = folder.resolve("runs").resolve("model.safetensors");
    assertThatThrownBy(() -> CheckpointFile.load(file))
        .isInstanceOf(NoSuchFileException.class)
        .hasMessage(
            file
                + ": looked for a safetensors file at "
                + file.toAbsolutePath()
                + ", but there is no folder "
                + folder.resolve("runs").toAbsolutePath()
                + "; check the name, or give an absolute path");
    assertThatThrownBy(() -> CheckpointFile.load(folder))
        .isInstanceOf(FileSystemException.class)
        .hasMessage(folder + ": it is a folder; name a safetensors file in it");
  }
}
