package org.oncilla.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.oncilla.train.EpochResult;
import org.oncilla.train.Evaluation;
import org.oncilla.train.Progress;

class ReportsTest {
  @TempDir Path folder;

  @Test
  void timeLeftCountsTheEpochsToCome() {
    // 50 of 200 steps of 10 samples in the first of 3 epochs: 550 steps, 5,500 samples to come.
    Progress progress = new Progress(1, 3, 50, 200, 0.25, 100);
    assertThat(ProgressDisplay.secondsLeft(progress, 10)).isCloseTo(55, within(1e-9));
    assertThat(ProgressDisplay.details(progress, 10))
        .isEqualTo("loss 0.2500, 100 samples/s, 55 s left");
    assertThat(ProgressDisplay.details(new Progress(1, 3, 50, 200, 0.25, 10), 10))
        .endsWith("9:10 min left");
  }

  @Test
  void theBarShowsHowFarItIs() {
    ByteArrayOutputStream terminal = new ByteArrayOutputStream();
    try (ProgressBarDisplay bar =
        new ProgressBarDisplay(new PrintStream(terminal, true, StandardCharsets.UTF_8), 10)) {
      bar.show(new Progress(2, 3, 50, 200, 0.25, 100));
      bar.show(new Progress(2, 3, 200, 200, 0.125, 100));
    }
    assertThat(terminal.toString(StandardCharsets.UTF_8))
        .contains("epoch 2/3 ", " 100 %", "loss 0.1250, 100 samples/s, 20 s left");
  }

  @Test
  void curvesAreDrawnInBothColours() throws IOException {
    Path file = folder.resolve("a.png");
    Curves.write(
        file,
        "title",
        List.of(new EpochRecord(1, 1, 0.5, 0.8, 0.6), new EpochRecord(2, 0.4, 0.9, 0.5, 0.8)));
    BufferedImage picture = ImageIO.read(file.toFile());
    assertThat(picture.getWidth()).isEqualTo(Curves.WIDTH);
    assertThat(picture.getHeight()).isEqualTo(Curves.HEIGHT);
    int half = Curves.WIDTH / 2;
    for (int from : new int[] {0, half}) {
      assertThat(count(picture, from, from + half, 0x1f77b4)).isGreaterThan(100);
      assertThat(count(picture, from, from + half, 0xd9541a)).isGreaterThan(100);
      assertThat(darkPixels(picture, from, from + half)).as("labels of the epochs").isPositive();
    }
  }

  /** Titles and axes of both panels are on the same lines, however wide the labels are. */
  @ParameterizedTest
  @CsvSource({
    "1,0.2,0.94",
    "1,12.5,0.1",
    "2,0.5,0.9",
    "2,2345,0.001",
    "30,104.7,0.995",
    "13,1e-3,1"
  })
  void panelsOfCurvesAreAligned(int last, double loss, double accuracy) throws IOException {
    Path file = folder.resolve("a.png");
    List<EpochRecord> epochs = new ArrayList<>();
    for (int epoch = 1; epoch <= last; epoch++) {
      epochs.add(new EpochRecord(epoch, loss / epoch, accuracy, loss / epoch, accuracy));
    }
    Curves.write(file, "title", epochs);
    BufferedImage picture = ImageIO.read(file.toFile());
    int half = Curves.WIDTH / 2;
    int left = verticalAxis(picture, 0);
    int right = verticalAxis(picture, half);
    assertThat(ends(picture, right)).as("of the vertical axis").isEqualTo(ends(picture, left));
  }

  /** Only the epoch that was, at the left end of the axis. */
  @Test
  void afterOneEpochNoOtherIsLabelled() throws IOException {
    Path file = folder.resolve("a.png");
    Curves.write(file, "title", List.of(new EpochRecord(1, 0.4, 0.9, 0.5, 0.8)));
    BufferedImage picture = ImageIO.read(file.toFile());
    int half = Curves.WIDTH / 2;
    for (int from : new int[] {0, half}) {
      assertThat(darkPixels(picture, from, from + half / 2)).as("1").isPositive();
      assertThat(darkPixels(picture, from + half / 2, from + half)).isZero();
    }
  }

  /** The column with the most dark pixels. */
  private static int verticalAxis(BufferedImage picture, int from) {
    return IntStream.range(from, from + Curves.WIDTH / 2)
        .boxed()
        .max(Comparator.comparingLong(x -> dark(picture, x).count()))
        .orElseThrow();
  }

  private static List<Integer> ends(BufferedImage picture, int x) {
    return List.of(dark(picture, x).min().orElseThrow(), dark(picture, x).max().orElseThrow());
  }

  private static IntStream dark(BufferedImage picture, int x) {
    return IntStream.range(0, Curves.HEIGHT).filter(y -> (picture.getRGB(x, y) & 0xFF) < 0xB0);
  }

  /** Of 50 epochs that take no time, the first and the last are drawn. */
  @Test
  void curvesAreDrawnWhileTheTrainingGoesOn() throws IOException {
    Path file = folder.resolve("a.png");
    List<EpochRecord> epochs = new ArrayList<>();
    CurvesListener listener = new CurvesListener(file, "title", epochs);
    assertThat(listener.finish()).as("a picture of nothing").isFalse();
    assertThat(file).doesNotExist();

    listener = new CurvesListener(file, "title", epochs);
    end(listener, epochs);
    byte[] first = Files.readAllBytes(file);
    for (int i = 1; i < 50; i++) {
      end(listener, epochs);
    }
    assertThat(Files.readAllBytes(file)).isEqualTo(first);
    assertThat(listener.finish()).isTrue();
    Path expected = folder.resolve("b.png");
    Curves.write(expected, "title", epochs);
    byte[] last = Files.readAllBytes(file);
    assertThat(last).isEqualTo(Files.readAllBytes(expected)).isNotEqualTo(first);

    end(listener, epochs);
    assertThat(listener.finish()).isTrue();
    assertThat(Files.readAllBytes(file)).as("after the end").isEqualTo(last);
  }

  @Test
  void curvesThatCannotBeDrawnStopNothing() {
    List<EpochRecord> epochs = new ArrayList<>();
    CurvesListener listener =
        new CurvesListener(folder.resolve("missing").resolve("a.png"), "title", epochs);
    ByteArrayOutputStream log = new ByteArrayOutputStream();
    PrintStream before = System.err;
    System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
    try {
      end(listener, epochs);
      end(listener, epochs);
      assertThat(listener.finish()).isFalse();
    } finally {
      System.setErr(before);
    }
    assertThat(log.toString(StandardCharsets.UTF_8))
        .containsOnlyOnce("the curves were not drawn")
        .contains("its folder does not exist");
  }

  private static void end(CurvesListener listener, List<EpochRecord> epochs) {
    Evaluation measured = new Evaluation(1.0 / (1 + epochs.size()), Map.of("accuracy", 0.9), 10);
    EpochResult result = new EpochResult(1 + epochs.size(), measured, measured, 1);
    epochs.add(EpochRecord.of(result));
    listener.epochEnded(null, result);
  }

  /** Of the row between the axis and its title. */
  private static int darkPixels(BufferedImage picture, int from, int to) {
    int count = 0;
    for (int y = Curves.HEIGHT - 42; y < Curves.HEIGHT - 30; y++) {
      for (int x = from; x < to; x++) {
        count += (picture.getRGB(x, y) & 0xff) < 40 ? 1 : 0;
      }
    }
    return count;
  }

  private static int count(BufferedImage picture, int from, int to, int rgb) {
    int count = 0;
    for (int y = 0; y < picture.getHeight(); y++) {
      for (int x = from; x < to; x++) {
        count += (picture.getRGB(x, y) & 0xffffff) == rgb ? 1 : 0;
      }
    }
    return count;
  }

  @Test
  void failuresAreToldInWords() {
    assertThat(Failures.message(new NoSuchFileException("a.png")))
        .isEqualTo("there is no file a.png");
    assertThat(Failures.message(new UncheckedIOException(new AccessDeniedException("a"))))
        .isEqualTo("no permission to use a");
    assertThat(Failures.message(new OutOfMemoryError("Java heap space")))
        .contains("out of memory: Java heap space", "-Xmx", "--batch");
    assertThat(Failures.message(new IllegalStateException("odd")))
        .contains("unexpected error", "odd", "--stacktrace");
    assertThat(Failures.message(new IOException("could not write a: no space left")))
        .isEqualTo("could not write a: no space left");
  }
}
