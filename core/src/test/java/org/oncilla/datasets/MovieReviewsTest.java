package org.oncilla.datasets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.stream.IntStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.oncilla.data.DataException;
import org.oncilla.data.LabelledTexts;
import org.oncilla.file.FileFormatException;

/** The layouts of the movie reviews, with a few made up. */
class MovieReviewsTest {
  private static final MovieReviewLayout LAYOUT = new MovieReviewLayout();
  private static final int REVIEWS = 6;

  @TempDir Path folder;

  private static String name(String kind, int review) {
    return kind + "/cv00" + review + "_" + (99 - review) + ".txt";
  }

  private static String text(String kind, int review) {
    return "review " + review + " is " + kind + " .\nindeed !\n";
  }

  private static byte[] joined() {
    StringBuilder all = new StringBuilder();
    for (String kind : new String[] {"neg", "pos"}) {
      for (int review = 0; review < REVIEWS; review++) {
        all.append(name(kind, review)).append('\n').append(text(kind, review)).append('\f');
      }
    }
    return all.toString().getBytes(StandardCharsets.US_ASCII);
  }

  private static DataFile file() {
    return new DataFile("movie-reviews.txt", joined().length, DataFile.md5(joined()));
  }

  private static void writeFolders(Path parent) throws IOException {
    for (String kind : new String[] {"pos", "neg"}) {
      Files.createDirectories(parent.resolve(kind));
      for (int review = REVIEWS - 1; review >= 0; review--) {
        Files.writeString(parent.resolve(name(kind, review)), text(kind, review));
      }
    }
    Files.writeString(parent.resolve("pos/README"), "no review");
  }

  private static void writeJar(Path jar) throws IOException {
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(jar))) {
      zip.putNextEntry(new ZipEntry("org/openimaj/text/nlp/sentiment/imdbreview/words.txt"));
      zip.write(1);
      for (String kind : new String[] {"pos", "neg"}) {
        zip.putNextEntry(new ZipEntry("org/openimaj/text/nlp/sentiment/imdbreview/" + kind + "/"));
        for (int review = 0; review < REVIEWS; review++) {
          String name = "org/openimaj/text/nlp/sentiment/imdbreview/" + name(kind, review);
          zip.putNextEntry(new ZipEntry(name));
          zip.write(text(kind, review).getBytes(StandardCharsets.US_ASCII));
        }
      }
    }
  }

  @Test
  void allLayoutsHoldTheSame() throws IOException {
    Files.write(Files.createDirectory(folder.resolve("file")).resolve(file().name()), joined());
    writeFolders(folder.resolve("folders"));
    writeFolders(folder.resolve("archive/txt_sentoken"));
    writeJar(Files.createDirectory(folder.resolve("jar")).resolve("test-resources-1.3.9.jar"));
    for (String layout : new String[] {"file", "folders", "archive", "jar"}) {
      assertThat(LAYOUT.read(folder.resolve(layout), file())).isEqualTo(joined());
    }
  }

  @Test
  void alteredAndDamagedReviews() throws IOException {
    assertThatThrownBy(() -> LAYOUT.read(folder, file()))
        .isInstanceOf(NoSuchFileException.class)
        .hasMessageContaining("it holds neither movie-reviews.txt nor movie-reviews.txt.gz");
    writeFolders(folder);
    Files.writeString(folder.resolve(name("neg", 2)), text("pos", 2));
    assertThatThrownBy(() -> LAYOUT.read(folder, file()))
        .isInstanceOf(FileFormatException.class)
        .hasMessageContaining(folder + ": expected MD5");
    Path jar = Files.createDirectory(folder.resolve("jar")).resolve("test-resources-1.3.9.jar");
    Files.writeString(jar, "no jar");
    assertThatThrownBy(() -> LAYOUT.read(jar.getParent(), file()))
        .isInstanceOf(FileFormatException.class)
        .hasMessageContaining(jar + ": expected a jar, but it is damaged");
  }

  @Test
  void everyFifthReviewOfEachClassIsForTesting() {
    String file = new String(joined(), StandardCharsets.US_ASCII);
    LabelledTexts test = MovieReviews.part(file, true);
    assertThat(test.texts()).containsExactly(text("neg", 4), text("pos", 4));
    assertThat(test.labels()).containsExactly(0, 1);
    LabelledTexts train = MovieReviews.part(file, false);
    assertThat(train.texts()).hasSize(10).doesNotContainAnyElementsOf(test.texts());
    assertThat(IntStream.of(train.labels()).sum()).isEqualTo(5);
    assertThat(train.classNames()).containsExactly("negative", "positive");
  }

  @Test
  void aFolderWithoutReviews() {
    assertThatThrownBy(() -> MovieReviews.train(folder))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("Movie reviews was not found")
        .hasMessageContaining("What to do: install mvn, or unpack");
    assertThatThrownBy(() -> MovieReviews.test(folder)).isInstanceOf(DataException.class);
  }
}
