package org.oncilla.tests.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.oncilla.backend.Backends;
import org.oncilla.datasets.CaliforniaHousing;
import org.oncilla.datasets.Mnist;
import org.oncilla.datasets.MovieReviews;
import org.oncilla.examples.DigitProperties;
import org.oncilla.examples.HousePrices;
import org.oncilla.examples.IsItANine;
import org.oncilla.examples.Playground;
import org.oncilla.examples.ReviewSentiment;
import org.oncilla.examples.TrainingLoop;
import org.oncilla.examples.Xor;
import org.oncilla.metric.Average;
import org.oncilla.metric.MultilabelConfusionMatrix;
import org.oncilla.tests.TestBackends;
import org.oncilla.tests.TestBackends.TestBackend;
import org.oncilla.train.Evaluation;
import picocli.CommandLine;

/** The example programs reach what they say. */
class ExamplesTest {
  static List<TestBackend> backends() {
    return TestBackends.present();
  }

  @AfterAll
  static void close() {
    Backends.shutdown();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("backends")
  void xorIsLearnt(TestBackend target) {
    double[] answers = Xor.train(target.backend(), 42);
    assertThat(answers[0]).isLessThan(0.1);
    assertThat(answers[1]).isGreaterThan(0.9);
    assertThat(answers[2]).isGreaterThan(0.9);
    assertThat(answers[3]).isLessThan(0.1);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("backends")
  void aLoopOfOnesOwnLearnsXor(TestBackend target) {
    assertThat(TrainingLoop.train(target.backend())).isLessThan(0.05);
  }

  @Test
  void ninesAreToldFromOtherDigits() {
    Evaluation test =
        IsItANine.train(Backends.get(), RealData.of(Mnist::train), RealData.of(Mnist::test), 1);
    assertThat(test.samples()).isEqualTo(10_000);
    assertThat(test.metric("binary_accuracy")).isGreaterThan(0.98);
  }

  @Test
  void pricesOfHousesAreForeseen() {
    Evaluation test =
        HousePrices.train(
            Backends.get(),
            RealData.of(CaliforniaHousing::train),
            RealData.of(CaliforniaHousing::test));
    assertThat(test.samples()).isEqualTo(4_128);
    assertThat(test.metric("r2")).isGreaterThan(0.77);
    assertThat(test.metric("mean_absolute_error")).isLessThan(0.37);
  }

  @Test
  void reviewsThatPraiseAreToldFromThoseThatPan() {
    Evaluation test =
        ReviewSentiment.train(
            Backends.get(), RealData.of(MovieReviews::train), RealData.of(MovieReviews::test));
    assertThat(test.samples()).isEqualTo(400);
    assertThat(test.metric("accuracy")).isGreaterThan(0.84);
  }

  @Test
  void fourPropertiesOfADigitAreSeenAtOnce() {
    MultilabelConfusionMatrix counts =
        DigitProperties.train(
            Backends.get(), RealData.of(Mnist::train), RealData.of(Mnist::test), 2);
    assertThat(counts.samples()).isEqualTo(10_000);
    assertThat(counts.value()).as("all four right").isGreaterThan(0.97);
    assertThat(counts.report().f1(Average.MACRO)).isGreaterThan(0.985);
  }

  @Test
  void thePlaygroundFilmsTheBoundary(@TempDir Path folder) throws Exception {
    Path film = folder.resolve("circles.gif");
    CommandLine playground = Playground.command();
    int exit =
        playground.execute(
            "--data",
            "circles",
            "--hidden",
            "8",
            "--epochs",
            "60",
            "--frames",
            "5",
            "--seed",
            "3",
            "--out",
            film.toString());
    assertThat(exit).isZero();
    ImageReader reader = ImageIO.getImageReadersByFormatName("gif").next();
    try (ImageInputStream in = ImageIO.createImageInputStream(film.toFile())) {
      reader.setInput(in);
      int frames = reader.getNumImages(true);
      assertThat(frames).isEqualTo(5);
      // The disc is blue and its corners are orange, as the points are.
      var last = reader.read(frames - 1);
      assertThat(new java.awt.Color(last.getRGB(225, 215))).matches(c -> c.getBlue() > c.getRed());
      assertThat(new java.awt.Color(last.getRGB(5, 5))).matches(c -> c.getRed() > c.getBlue());
    } finally {
      reader.dispose();
    }
  }

  @Test
  void thePlaygroundSaysWhatItCannotDo() {
    StringWriter errors = new StringWriter();
    CommandLine playground = Playground.command().setErr(new PrintWriter(errors, true));
    assertThat(playground.execute("--learning-rate", "-1")).isEqualTo(1);
    assertThat(errors.toString()).contains("AdamW: the learning rate must be a finite number");
    assertThat(playground.execute("--data", "moons")).isEqualTo(2);
    assertThat(errors.toString()).contains("clouds, circles, xor, spirals");
  }
}
