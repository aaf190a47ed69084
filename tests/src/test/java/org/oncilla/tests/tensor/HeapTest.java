package org.oncilla.tests.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.oncilla.backend.Backend;
import org.oncilla.backend.Backends;
import org.oncilla.backend.OutOfDeviceMemoryException;
import org.oncilla.tensor.Scope;
import org.oncilla.tensor.Shape;
import org.oncilla.tensor.Tensor;

/** The memory budget of the CPU backend, whose buffers share the heap with everything else. */
class HeapTest {
  private static final int PATIENCE_SECONDS = 120;
  private static final String ADVICE =
      "; the innermost Scope of this thread holds [0-9]{3,} tensors: if a loop made them, open a"
          + " Scope within the loop, so that each pass frees its own";

  @ParameterizedTest
  @ValueSource(strings = {"G1", "Parallel", "Serial"})
  void aLoopWithinOneScopeEndsAtTheBudgetAndIsToldWhy(String collector) throws Exception {
    assertThat(outputOf(collector, 8 * 1024))
        .contains("out of memory on backend cpu: ")
        .contains("; use a smaller batch, close tensors that are no longer needed, or raise -Donc")
        .containsPattern(ADVICE)
        .contains("the heap is usable");
  }

  /** Regions of 1 MiB hold one of these arrays each: nearly half of the heap is wasted. */
  @ParameterizedTest
  @ValueSource(ints = {130 * 1024, 140 * 1024})
  void aHeapThatIsFullBeforeTheBudgetIsExplainedToo(int floats) throws Exception {
    assertThat(outputOf("G1", floats))
        .contains("out of memory on backend cpu: ")
        .contains("; the device refused: the Java heap (-Xmx 256 MiB) has no room for ")
        .contains(" bytes; raise -Xmx; ")
        .containsPattern(ADVICE)
        .contains("the heap is usable");
  }

  private static String outputOf(String collector, int floats)
      throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+Use" + collector + "GC",
                "-Xmx256m",
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                Hoarder.class.getName(),
                Integer.toString(floats))
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(output).isZero();
    return output;
  }

  /** A program that opens its scope outside of its loop. */
  static final class Hoarder {
    private Hoarder() {}

    public static void main(String[] arguments) {
      try (Backend backend = Backends.open("cpu");
          Scope scope = Scope.open()) {
        int floats = Integer.parseInt(arguments[0]);
        Tensor values = Tensor.full(backend, Shape.of(floats), 1);
        while (true) {
          values.relu();
        }
      } catch (OutOfDeviceMemoryException full) {
        System.out.println(full.getMessage());
      }
      System.out.println(new byte[8 << 20].length > 0 ? "the heap is usable" : "");
    }
  }
}
