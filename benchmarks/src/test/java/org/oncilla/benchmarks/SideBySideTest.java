package org.oncilla.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.oncilla.benchmarks.oncilla.OncillaLibrary;
import org.oncilla.benchmarks.workload.Workload;
import org.oncilla.benchmarks.workload.Workloads;

/** Runs real child processes, as short as can be: what they print about time is not looked at. */
class SideBySideTest {
  private static final Plan SHORT = new Plan(2, 20, 5, 1);

  @Test
  void measuresTwoSidesInTurn() {
    Workload workload = Workloads.named("infer/mlp_4096_100_20_10/1");
    List<String> sides = List.of(OncillaLibrary.NAME, OncillaLibrary.NAME);
    try (Comparison comparison = new Comparison(workload, sides, SHORT)) {
      Measurement measurement = comparison.run();
      assertThat(measurement.problems()).isEmpty();
      assertThat(measurement.speedUp()).isPresent();
      assertThat(measurement.sides()).hasSize(2);
      for (Measurement.Side side : measurement.sides()) {
        assertThat(side.parameterCount()).isEqualTo(411_930);
        assertThat(side.milliseconds().lower()).isPositive();
        assertThat(side.newBuffers()).contains(0L);
        assertThat(side.calls().orElseThrow().reads()).isEqualTo(1);
      }
    }
  }

  @Test
  void writesTheTable(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("table.md");
    int status =
        SideBySide.execute(
            new SideBySide(),
            "gemm/64",
            "--rounds=1",
            "--warmup=0.02",
            "--turn=5",
            "--markdown=" + file);
    assertThat(status).isZero();
    assertThat(Files.readString(file))
        .contains("| workload | oncilla ms |")
        .contains("| gemm/64,10,84 |")
        .contains("1 rounds in turn");
  }

  @Test
  void measuresAStart() {
    assertThat(SideBySide.execute(new Startup(), "--rounds=1", "gemm/64,10,84")).isZero();
  }

  @Test
  void aProcessThatEndsIsAnErrorThatNamesIt() {
    assertThatThrownBy(() -> new WorkerProcess("nosuch", Workloads.named("gemm/128"), 1))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("nosuch running gemm/128 ended with status 1; its messages are above");
  }

  @Test
  void wrongArgumentsAreExplained() {
    assertThat(explanation("nosuch"))
        .startsWith("bin/bench: no workload is called \"nosuch\"; there are:")
        .contains("train/lenet5/b64/sgd")
        .doesNotContain("\tat ");
    assertThat(explanation("--rounds=0", "lenet5"))
        .contains("the number of rounds must be at least 1, not 0");
    assertThat(explanation("--threads=0", "lenet5"))
        .contains("the number of threads must be at least 1, not 0");
  }

  private static String explanation(String... arguments) {
    StringWriter text = new StringWriter();
    int status =
        SideBySide.commandLine(new SideBySide())
            .setErr(new PrintWriter(text, true))
            .execute(arguments);
    assertThat(status).isEqualTo(2);
    return text.toString();
  }
}
