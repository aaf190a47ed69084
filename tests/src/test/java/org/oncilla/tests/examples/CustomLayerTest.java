package org.oncilla.tests.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.oncilla.backend.Backend;
import org.oncilla.formats.CheckpointFile;
import org.oncilla.io.Checkpoints;
import org.oncilla.nn.Linear;
import org.oncilla.nn.Module;
import org.oncilla.nn.ModuleConfig;
import org.oncilla.nn.Modules;
import org.oncilla.nn.Parameter;
import org.oncilla.nn.Sequential;
import org.oncilla.optim.Sgd;
import org.oncilla.tensor.Scope;
import org.oncilla.tensor.Shape;
import org.oncilla.tensor.Tensor;
import org.oncilla.tests.TestBackends;
import org.oncilla.tests.TestBackends.TestBackend;

/** A layer of one's own, as the Javadoc of Module shows it: it learns, is saved and is loaded. */
class CustomLayerTest {
  private static final Path ROOT = Path.of("").toAbsolutePath().getParent();

  static List<TestBackend> backends() {
    return TestBackends.present();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("backends")
  void learnsAndIsSavedAndLoaded(TestBackend target, @TempDir Path folder) throws Exception {
    Modules.register("Scale", config -> new Scale());
    Backend backend = target.backend();
    Path file = folder.resolve("scale.safetensors");
    try (Module model =
            new Sequential(new Scale(), new Linear(1)).initialize(backend, Shape.of(2), 7);
        Sgd sgd = new Sgd(0.1);
        Scope scope = Scope.open()) {
      assertThat(model.parameters().list().stream().map(Parameter::name))
          .containsExactly("0.factor", "1.weight", "1.bias");
      model.parameters().values().copyFrom(new double[] {1, 1, 3, 5, 0});
      Tensor x = Tensor.of(backend, new double[] {2, 4}, Shape.of(1, 2));
      sgd.attach(model.parameters());
      model.parameters().zeroGrad();
      model.forward(x).sum().backward();
      sgd.step();
      // The gradient of factor i is x_i·weight_i, that of weight i is x_i·factor_i.
      double[] expected = {1 - 0.6, 1 - 2, 3 - 0.2, 5 - 0.4, -0.1};
      assertThat(model.parameters().values().toDoubleArray())
          .containsExactly(expected, within(1e-6));

      CheckpointFile.save(file, Checkpoints.of(model));
      try (Module loaded = Checkpoints.model(CheckpointFile.load(file), backend)) {
        assertThat(loaded.forward(x).toFloatArray())
            .containsExactly(model.forward(x).toFloatArray(), within(1e-5f));
      }
    }
  }

  @Test
  void isUnknownUntilItIsRegistered() {
    assertThatThrownBy(() -> Modules.create(ModuleConfig.of("Stretch", java.util.Map.of())))
        .hasMessageContaining("unknown module type \"Stretch\"")
        .hasMessageContaining("Modules.register adds others");
  }

  @Test
  void isWhatTheJavadocShows() throws IOException {
    String example = ROOT + "/tests/src/test/java/org/oncilla/tests/examples/Scale.java";
    String shown =
        Files.readString(Path.of(example))
            .lines()
            .dropWhile(line -> !line.equals("// begin"))
            .skip(1)
            .takeWhile(line -> !line.equals("// end"))
            .map(line -> (" * " + line).stripTrailing())
            .collect(Collectors.joining("\n"));
    Path module = ROOT.resolve("core/src/main/java/org/oncilla/nn/Module.java");
    assertThat(Files.readString(module))
        .contains("<pre>{@code\n" + shown + "\n * }</pre>")
        .contains("Modules.register(\"Scale\", config -> new Scale())");
  }
}
