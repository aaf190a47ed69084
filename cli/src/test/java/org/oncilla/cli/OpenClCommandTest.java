package org.oncilla.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.oncilla.backend.BackendProvider;
import org.oncilla.backend.Backends;

/** The command on an OpenCL device, where there is one. */
class OpenClCommandTest {
  private static final String MODE = "oncilla.tests.opencl";

  @TempDir static Path folder;

  @BeforeAll
  static void findDevice() throws IOException {
    String mode = System.getProperty(MODE, "auto");
    assumeFalse(mode.equals("off"), "-D" + MODE + "=off");
    BackendProvider.Probe probe =
        Backends.providers().stream()
            .filter(provider -> provider.name().equals("opencl"))
            .findFirst()
            .orElseThrow()
            .probe();
    if (mode.equals("required")) {
      assertThat(probe.devices()).as(probe.problem()).isNotEmpty();
    }
    assumeFalse(probe.devices().isEmpty(), probe.problem());
    TinyImages.write(folder);
  }

  /** A model trained on one backend is used on the other, where it measures the same. */
  @Test
  void modelsGoFromOneBackendToAnother() {
    Path model = folder.resolve("model.safetensors");
    Cli.Result trained =
        Cli.run(
                "train",
                "lenet5",
                "--data",
                "idx",
                "--data-dir",
                folder,
                "--backend",
                "opencl",
                "--epochs",
                4,
                "--batch",
                10,
                "--out",
                model)
            .ok();
    assertThat(trained.out()).containsPattern("backend +opencl: .*asked for by name");
    String[] measured = new String[2];
    String[] backends = {"opencl", "cpu"};
    for (int i = 0; i < backends.length; i++) {
      String out =
          Cli.run("evaluate", model, "--data-dir", folder, "-Doncilla.backend=" + backends[i])
              .ok()
              .out();
      assertThat(out).contains(backends[i] + ": ");
      measured[i] = out.replaceAll("(?s).*accuracy ", "").strip();
    }
    assertThat(measured[0]).isEqualTo(measured[1]);
    assertThat(trained.out()).contains("test accuracy " + measured[0]);
    assertThat(Double.parseDouble(measured[0])).isGreaterThan(0.8);
  }
}
