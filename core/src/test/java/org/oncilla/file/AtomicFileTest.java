package org.oncilla.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFileTest {
  @TempDir Path folder;

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void writesAndReplaces() throws IOException {
    Path file = folder.resolve("weights");
    AtomicFile.write(file, out -> out.write("old".getBytes(StandardCharsets.UTF_8)));
    assertThat(file).hasContent("old");
    AtomicFile.write(file, out -> out.write("new".getBytes(StandardCharsets.UTF_8)));
    assertThat(file).hasContent("new");
    assertThat(names()).containsExactly("weights");
  }

  @Test
  void aWriteThatFailsLeavesTheOldFileAndNothingElse() throws IOException {
    Path file = Files.writeString(folder.resolve("weights"), "old");
    assertThatThrownBy(
            () ->
                AtomicFile.write(
                    file,
                    out -> {
                      out.write(new byte[1000]);
                      throw new IOException("No space left on device");
                    }))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("could not write " + file)
        .hasMessageContaining("No space left on device")
        .hasMessageContaining("bytes are free on the disk of " + folder);
    assertThat(file).hasContent("old");
    assertThat(names()).containsExactly("weights");
  }

  @Test
  void aContentThatThrowsLeavesTheOldFileAndNothingElse() throws IOException {
    Path file = Files.writeString(folder.resolve("weights"), "old");
    assertThatThrownBy(
            () ->
                AtomicFile.write(
                    file,
                    out -> {
                      throw new IllegalStateException("a bug");
                    }))
        .isInstanceOf(IllegalStateException.class);
    assertThat(file).hasContent("old");
    assertThat(names()).containsExactly("weights");
  }

  @Test
  void whoWritesAtOnceDoesNoHarm() throws Exception {
    Path file = folder.resolve("weights");
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Callable<Void>> writers = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        byte[] content = new byte[10_000];
        Arrays.fill(content, (byte) i);
        writers.add(
            () -> {
              AtomicFile.write(file, out -> out.write(content));
              byte[] seen = Files.readAllBytes(file);
              assertThat(seen).hasSize(content.length).containsOnly(seen[0]);
              return null;
            });
      }
      for (Future<Void> written : threads.invokeAll(writers)) {
        written.get();
      }
    } finally {
      threads.shutdown();
    }
    assertThat(names()).containsExactly("weights");
  }

  @Test
  void aFolderThatIsMissing() {
    assertThatThrownBy(() -> AtomicFile.write(folder.resolve("no/weights"), out -> {}))
        .isInstanceOf(NoSuchFileException.class)
        .hasMessageContaining("its folder does not exist; create " + folder.resolve("no"));
  }

  @Test
  void aFolderInPlaceOfTheFile() throws IOException {
    Files.createDirectories(folder.resolve("weights/inner"));
    assertThatThrownBy(() -> AtomicFile.write(folder.resolve("weights"), out -> {}))
        .hasMessageContaining("it is a folder; name a file");
    assertThat(names()).containsExactly("weights");
  }

  /** The system itself refuses to write on: a process may be limited in how large its files get. */
  @Test
  void aDiskThatTakesNoMore() throws IOException, InterruptedException {
    Path file = Files.writeString(folder.resolve("weights"), "old");
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    Process process =
        new ProcessBuilder(
                "sh",
                "-c",
                "ulimit -f 64; exec \"$0\" \"$@\"",
                java,
                "-Xshare:auto",
                "-XX:-UsePerfData",
                "-cp",
                System.getProperty("java.class.path"),
                LargeFile.class.getName(),
                file.toString())
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(output).contains("could not write " + file).contains("bytes are free");
    assertThat(process.exitValue()).isEqualTo(3);
    assertThat(file).hasContent("old");
    assertThat(names()).containsExactly("weights");
  }

  /** Run in a process of its own; ends with 3 where the write fails. */
  static final class LargeFile {
    public static void main(String[] arguments) {
      try {
        AtomicFile.write(Path.of(arguments[0]), out -> out.write(new byte[1 << 20]));
      } catch (IOException e) {
        System.out.println(e.getMessage());
        System.exit(3);
      }
    }
  }
}
