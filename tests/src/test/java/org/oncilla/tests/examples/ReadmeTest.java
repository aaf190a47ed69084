package org.oncilla.tests.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.oncilla.backend.Backends;
import org.oncilla.examples.TrainLeNet5;
import org.oncilla.examples.TrainingLoop;
import org.oncilla.examples.UseLeNet5;
import org.oncilla.tensor.Scope;
import org.oncilla.tensor.Tensor;

/** The README's code is code that compiles and does what it says. */
class ReadmeTest {
  private static final Path ROOT = Path.of("").toAbsolutePath().getParent();
  private static final Path SOURCES = ROOT.resolve("examples/src/main/java");

  @ParameterizedTest
  @ValueSource(classes = {TrainLeNet5.class, UseLeNet5.class, TrainingLoop.class})
  void showsTheExamplesAsTheyStand(Class<?> example) throws IOException {
    Path file = SOURCES.resolve(example.getName().replace('.', '/') + ".java");
    String code =
        Files.readString(file)
            .lines()
            .dropWhile(line -> !line.strip().equals("// begin"))
            .skip(1)
            .takeWhile(line -> !line.strip().equals("// end"))
            .collect(Collectors.joining("\n"))
            .stripIndent();
    assertThat(Files.readString(ROOT.resolve("README.md"))).contains("```java\n" + code + "\n```");
  }

  @Test
  void computesTheGradientItShows() {
    try (Scope scope = Scope.open()) {
      Tensor w = Tensor.of(new float[] {1, 2, 3, 4}, 2, 2).requireGrad();
      Tensor x = Tensor.of(new float[] {5, 6}, 1, 2);
      x.matmul(w).mul(0.01).tanh().sum().backward();
      float[] gradient = w.gradient().toFloatArray();
      double first = 0.01 * (1 - Math.pow(Math.tanh(0.23), 2));
      double second = 0.01 * (1 - Math.pow(Math.tanh(0.34), 2));
      assertThat(gradient)
          .usingComparatorWithPrecision(1e-6f)
          .containsExactly(
              (float) (5 * first), (float) (5 * second), (float) (6 * first), (float) (6 * second));
    } finally {
      Backends.shutdown();
    }
  }
}
