package org.oncilla.tests.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.oncilla.backend.Backends;
import org.oncilla.examples.Playground;
import org.oncilla.examples.playground.Reel;

/** What the playground refuses and keeps, and which pictures its film has. */
class PlaygroundTest {
  private static final int SIDE = 450;

  @TempDir Path folder;

  @AfterAll
  static void close() {
    Backends.shutdown();
  }

  private record Ended(int exit, String errors) {}

  private static Ended run(String... arguments) {
    StringWriter errors = new StringWriter();
    int exit = Playground.command().setErr(new PrintWriter(errors, true)).execute(arguments);
    return new Ended(exit, errors.toString());
  }

  @ParameterizedTest
  @CsvSource({
    "--points, 0, --points is 0; give 2 or more",
    "--batch, 0, --batch is 0; give 1 or more",
    "--epochs, 0, --epochs is 0; give 1 or more",
    "--frames, 0, --frames is 0; give 2 or more",
    "--hidden, '8,-1', --hidden is -1; give 0 or more",
    "--noise, -1, --noise is -1; give 0 or more",
    "--noise, NaN, --noise is NaN; give 0 or more",
    "--data, moons, 'moons is unknown; the choices are clouds, circles, xor, spirals'",
    "--activation, selu, 'selu is unknown; the choices are relu, tanh, sigmoid, none'",
    "--points, many, many is no whole number",
    "--seed, 1.5, 1.5 is no whole number",
    "--hidden, '8,x', x is no whole number",
    "--noise, low, low is no number",
    "--version, '', Unknown option: '--version'"
  })
  void optionsThatCannotBeAreRefusedInOneLine(String option, String value, String reason) {
    Ended ended = value.isEmpty() ? run(option) : run(option, value);
    assertThat(ended.exit()).isEqualTo(2);
    assertThat(ended.errors().lines()).hasSize(2);
    assertThat(ended.errors().lines().findFirst().orElseThrow()).contains(reason);
    assertThat(ended.errors()).endsWith("Try 'bin/example Playground --help'.\n");
  }

  @Test
  void aFilmThatCannotBeWrittenIsRefusedBeforeTheTraining() {
    Path missing = folder.resolve("missing");
    Ended ended = run("--out", missing.resolve("a.gif").toString());
    assertThat(ended.exit()).isEqualTo(2);
    assertThat(ended.errors())
        .startsWith(
            "--out "
                + missing.resolve("a.gif")
                + ": its folder does not exist; create "
                + missing
                + " first\n");
    assertThat(run("--out", folder.toString()).errors())
        .startsWith("--out " + folder + " is a folder; name a file\n");
  }

  @Test
  void aTrainingThatFailsKeepsTheEarlierFilm() throws IOException {
    Path film = Files.writeString(folder.resolve("a.gif"), "earlier");
    Ended ended = run("--learning-rate", "1e9", "--epochs", "5", "--out", film.toString());
    assertThat(ended.exit()).isEqualTo(1);
    assertThat(ended.errors().lines()).hasSize(1);
    assertThat(film).hasContent("earlier");
    assertThat(folder.toFile().list()).containsExactly("a.gif");
  }

  /** Points are of colours that the plane never has; below it are two lines of words. */
  @Test
  void pointsAreDarkerThanThePlane() throws IOException {
    Path film = folder.resolve("a.gif");
    String options = "--data clouds --epochs 40 --frames 2 --points 60 --out " + film;
    assertThat(run(options.split(" ")).exit()).isZero();
    BufferedImage first = ImageIO.read(film.toFile());
    assertThat(count(first, 0x0B3C6F)).isGreaterThan(30 * 9);
    assertThat(count(first, 0xB04A00)).isGreaterThan(30 * 9);
    for (int line : new int[] {SIDE + 4, SIDE + 24}) {
      assertThat(
              IntStream.range(line * SIDE, (line + 16) * SIDE)
                  .filter(i -> (first.getRGB(i % SIDE, i / SIDE) & 0xFF) < 0x80)
                  .count())
          .as("words in the lines from %d", line)
          .isGreaterThan(100);
    }
  }

  /** A GIF's colours are rounded. */
  private static long count(BufferedImage picture, int rgb) {
    return IntStream.range(0, SIDE * SIDE)
        .map(i -> picture.getRGB(i % SIDE, i / SIDE))
        .filter(
            found ->
                Math.abs((found >> 16 & 0xFF) - (rgb >> 16)) < 24
                    && Math.abs((found >> 8 & 0xFF) - (rgb >> 8 & 0xFF)) < 24
                    && Math.abs((found & 0xFF) - (rgb & 0xFF)) < 24)
        .count();
  }

  private static List<Double> losses(Reel reel) {
    return reel.shots().stream().map(Reel.Shot::loss).toList();
  }

  private static Reel reel(int most, double... losses) {
    Reel reel = new Reel(most);
    for (double loss : losses) {
      reel.add(new Reel.Shot(loss, new float[0], ""));
    }
    return reel;
  }

  @Test
  void aReelKeepsAllThatFits() {
    assertThat(losses(reel(4, 3, 2, 1))).containsExactly(3.0, 2.0, 1.0);
    assertThat(losses(reel(4))).isEmpty();
    assertThat(losses(reel(2, 5))).containsExactly(5.0);
    assertThat(losses(reel(2, 5, 4, 3, 2))).containsExactly(5.0, 2.0);
  }

  /** A loss that falls late is shown late: what stands still is dropped first. */
  @Test
  void aReelKeepsWhatChanges() {
    assertThat(losses(reel(4, 9, 9, 9, 9, 6, 3, 0))).containsExactly(9.0, 6.0, 3.0, 0.0);
    assertThat(losses(reel(4, 9, 6, 3, 0.3, 0.2, 0.1, 0))).containsExactly(9.0, 6.0, 3.0, 0.0);
  }

  /** Pictures that look alike do not fill up a film; its last one is the training's last. */
  @Test
  void aReelEndsWhereNothingChangesAnyMore() {
    double[] losses = new double[300];
    for (int i = 0; i < losses.length; i++) {
      losses[i] = Math.pow(0.5, i);
    }
    List<Double> shown = losses(reel(60, losses));
    assertThat(shown).hasSizeBetween(10, 12).startsWith(1.0, 0.5, 0.25).endsWith(losses[299]);
  }
}
