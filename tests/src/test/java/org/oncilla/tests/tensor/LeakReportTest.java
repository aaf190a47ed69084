package org.oncilla.tests.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.oncilla.backend.Backend;
import org.oncilla.tensor.Scope;
import org.oncilla.tensor.Shape;
import org.oncilla.tensor.Tensor;
import org.oncilla.tests.reference.ReferenceBackend;

/** The switch that tells where a leaked tensor was made, which a JVM reads once, when it starts. */
class LeakReportTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @Test
  void aLeakedTensorTellsWhereItWasMade() throws Exception {
    assertThat(outputOf("true"))
        .contains("a tensor was never closed and fell to the garbage collector")
        .contains("the tensor was made here")
        .contains("LeakReportTest$Leaky.forget")
        .doesNotContain("LeakReportTest$Leaky.closeProperly")
        .contains("collected");
  }

  @Test
  void withoutTheSwitchItIsCollectedInSilence() throws Exception {
    assertThat(outputOf("false")).doesNotContain("never closed").contains("collected");
  }

  private static String outputOf(String leaksSwitch) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Doncilla.debug.leaks=" + leaksSwitch,
                "-Xmx64m",
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                Leaky.class.getName())
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(output).isZero();
    return output;
  }

  /** A program that forgets one tensor and closes another. */
  static final class Leaky {
    private Leaky() {}

    public static void main(String[] arguments) throws InterruptedException {
      Backend backend = new ReferenceBackend();
      closeProperly(backend);
      forget(backend);
      long deadline = System.nanoTime() + PATIENCE.toNanos() / 2;
      while (backend.pool().statistics().liveBytes() > 0 && System.nanoTime() < deadline) {
        System.gc();
        Thread.sleep(20);
      }
      boolean collected = backend.pool().statistics().liveBytes() == 0;
      System.out.println(collected ? "collected" : "still there");
      System.exit(collected ? 0 : 1);
    }

    private static void forget(Backend backend) {
      Tensor.zeros(backend, Shape.of(3));
    }

    private static void closeProperly(Backend backend) {
      Tensor.zeros(backend, Shape.of(3)).close();
      try (Scope scope = Scope.open()) {
        Tensor.zeros(backend, Shape.of(3)).square();
      }
    }
  }
}
