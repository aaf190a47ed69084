package org.oncilla.datasets;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.oncilla.file.FileFormatException;

/**
 * The movie reviews in a folder: in one file, as folders {@code neg} and {@code pos} with one file
 * for each review (those of the data set's archive, which has them in {@code txt_sentoken}), or in
 * the jar of the artifact test-resources. In one file, the reviews follow one another by class and
 * name, each after a line with both, such as {@code neg/cv000_29416.txt}, and before a form feed.
 */
final class MovieReviewLayout implements FolderLayout {
  /** Ends a review; none has one within it. */
  static final char END = '\f';

  private static final String NEGATIVE = "neg";
  private static final String POSITIVE = "pos";
  private static final String JAR = "test-resources-1.3.9.jar";
  private static final Pattern WITHIN_JAR =
      Pattern.compile("org/openimaj/text/nlp/sentiment/imdbreview/((?:neg|pos)/[^/]+\\.txt)");
  private static final String ENDING = ".txt";

  @Override
  public byte[] read(Path folder, DataFile file) throws IOException {
    try {
      return PLAIN.read(folder, file);
    } catch (NoSuchFileException absent) {
      Path archive = folder.resolve("txt_sentoken");
      Path parent = Files.isDirectory(archive) ? archive : folder;
      Path jar = folder.resolve(JAR);
      if (Files.isDirectory(parent.resolve(NEGATIVE))
          && Files.isDirectory(parent.resolve(POSITIVE))) {
        return file.verified(parent.toString(), joined(ofFolder(parent)));
      }
      if (Files.isRegularFile(jar)) {
        return file.verified(jar.toString(), joined(ofJar(jar)));
      }
      throw absent;
    }
  }

  private static Map<String, byte[]> ofFolder(Path parent) throws IOException {
    Map<String, byte[]> reviews = new TreeMap<>();
    for (String kind : new String[] {NEGATIVE, POSITIVE}) {
      try (Stream<Path> files = Files.list(parent.resolve(kind))) {
        for (Path file : (Iterable<Path>) files::iterator) {
          if (file.toString().endsWith(ENDING)) {
            reviews.put(kind + "/" + file.getFileName(), Files.readAllBytes(file));
          }
        }
      }
    }
    return reviews;
  }

  private static Map<String, byte[]> ofJar(Path jar) throws IOException {
    Map<String, byte[]> reviews = new TreeMap<>();
    try (ZipFile zip = new ZipFile(jar.toFile())) {
      Enumeration<? extends ZipEntry> entries = zip.entries();
      while (entries.hasMoreElements()) {
        ZipEntry entry = entries.nextElement();
        Matcher review = WITHIN_JAR.matcher(entry.getName());
        if (review.matches()) {
          reviews.put(review.group(1), zip.getInputStream(entry).readAllBytes());
        }
      }
    } catch (ZipException damaged) {
      throw new FileFormatException(
          jar + ": expected a jar, but it is damaged: " + damaged.getMessage(), damaged);
    }
    return reviews;
  }

  private static byte[] joined(Map<String, byte[]> reviews) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (Map.Entry<String, byte[]> review : reviews.entrySet()) {
      all.write((review.getKey() + "\n").getBytes(StandardCharsets.US_ASCII));
      all.write(review.getValue());
      all.write(END);
    }
    return all.toByteArray();
  }
}
