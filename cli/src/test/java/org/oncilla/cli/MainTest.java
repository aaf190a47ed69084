package org.oncilla.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.oncilla.backend.BackendProvider;
import org.oncilla.backend.Backends;
import org.oncilla.backend.DeviceInfo;

class MainTest {
  private static final String COMMANDS =
      "The commands are train, evaluate, predict, inspect, summary, devices, help";

  @Test
  void helpListsTheCommands() {
    assertThat(Cli.run("--help").ok().out())
        .contains("train", "evaluate", "predict", "summary", "devices", "Examples:");
  }

  @ParameterizedTest
  @ValueSource(strings = {"train", "evaluate", "predict", "summary", "devices"})
  void everyCommandHasHelpWithExamples(String command) {
    assertThat(Cli.run(command, "--help").ok().out())
        .contains("Usage: oncilla " + command, "Examples:", "  oncilla " + command, "--verbose");
  }

  @Test
  void versionNamesTheJavaThatRuns() {
    assertThat(Cli.run("--version").ok().out())
        .contains("oncilla ", "Java " + System.getProperty("java.version"));
  }

  @Test
  void wrongCommandsAreExplained() {
    Cli.run().failed(2, "a command is missing. " + COMMANDS, "oncilla --help");
    Cli.run("--versoin").failed(2, "--versoin", "--version");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "trian lenet5 --data mnist | unknown command trian; did you mean train?",
        "predit | unknown command predit; did you mean predict?",
        "Evaluate a.safetensors | unknown command Evaluate; did you mean evaluate?",
        "device --verbose | unknown command device; did you mean devices?",
        "infer a.safetensors | unknown command infer.",
        "lenet5 train | unknown command lenet5.",
      })
  void wrongCommandWordsAreExplained(String command, String message) {
    Cli.run((Object[]) command.split(" ")).failed(2, message + " " + COMMANDS, "oncilla --help");
  }

  @Test
  void optionsBeforeTheCommandAreExplained() {
    Cli.run("--backend", "cpu", "train", "lenet5", "--data", "mnist")
        .failed(
            2,
            "options go after the command: oncilla train --backend cpu lenet5 --data mnist",
            "oncilla --help");
    Cli.run("-Doncilla.data.dir=my data", "train", "--epochs", "2")
        .failed(2, "after the command: oncilla train '-Doncilla.data.dir=my data' --epochs 2");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // The counts of the article's layers: 156 + 2,416 + 48,120 + 10,164 + 850.
        "summary lenet5 | total +61,706",
        // (784 + 1)·512 + (512 + 1)·256 + (256 + 1)·10
        "summary mlp | total +535,818",
        // 34,944 + 614,656 + 885,120 + 129,108 + 850
        "summary alexnet | total +1,664,678",
        "summary alexnet | 3 Conv2d +\\[N, 256, 4, 4\\] +614,656",
        // 464 + 14,016 + 51,648 + 205,696 + 650, of which 2,752 are of the shortcuts
        "summary resnet20 | total +272,474",
        "summary mlp --input 3,32,32 | total +1,707,274",
        "summary mlp --input 3x32x32 | input \\[3, 32, 32\\]",
        "summary lenet5 --input 1,32,32 | 6 Conv2d +\\[N, 120, 2, 2\\] +48,120",
      })
  void summaryCountsParameters(String command, String pattern) {
    assertThat(Cli.run((Object[]) command.split(" ")).ok().out()).containsPattern(pattern);
  }

  @Test
  void wrongSummariesAreExplained() {
    Cli.run("summary", "lenet6")
        .failed(
            2,
            "lenet6 is neither a file nor a known model; the choices are lenet5, mlp, alexnet, resnet20");
    Cli.run("summary", "lenet5", "--input", "1,0,28")
        .failed(2, "--input needs sizes of at least 1, such as 1,28,28 or 1x28x28, not 1,0,28");
    for (String input : new String[] {"1x28x", "1,,28", "wide", "1 28 28", "1,99999999999,1"}) {
      Cli.run("summary", "lenet5", "--input", input)
          .failed(2, "--input needs sizes of at least 1", "not " + input);
    }
    Cli.run("summary", "lenet5", "--input", "1,8,8").failed(1, "Conv2d", "[6, 4, 4]");
  }

  @Test
  void devicesRefusesBackendsThatAreUnknown() {
    Cli.run("devices", "-Doncilla.backend=nope")
        .failed(2, "oncilla: -Doncilla.backend=nope is unknown; the choices are auto, cpu");
    assertThat(Cli.run("devices", "-Doncilla.backend=cpu").ok().out()).contains("cpu");
  }

  /** The list is what helps then, and the exit status tells scripts. */
  @Test
  void devicesFailsWhereADeviceIsAskedForThatIsNotThere() {
    Cli.Result result = Cli.run("devices", "-Doncilla.opencl.device=no such device");
    result.failed(1, "--backend auto finds nothing to take: ", "no such device");
    assertThat(result.out()).contains("cpu\n", "opencl\n").doesNotContain("  * ");
  }

  @Test
  void devicesListsWhatEachBackendFound() {
    String out = Cli.run("devices").ok().out();
    int marks = 0;
    for (BackendProvider provider : Backends.providers()) {
      BackendProvider.Probe probe = provider.probe();
      assertThat(out.lines()).contains(provider.name());
      if (probe.devices().isEmpty()) {
        assertThat(out).contains("none: " + probe.problem().lines().findFirst().orElseThrow());
      }
      for (DeviceInfo device : probe.devices()) {
        assertThat(out)
            .contains(device.name(), device.driver(), device.details())
            .contains(device.kind() + ", " + device.computeUnits() + " units, ");
        marks += out.contains("  * " + device.name()) ? 1 : 0;
      }
    }
    assertThat(marks).as(out).isEqualTo(1);
  }
}
