package org.oncilla.tests;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.oncilla.data.Dataset;
import org.oncilla.data.ImageDataset;
import org.oncilla.data.Normalization;
import org.oncilla.tensor.Shape;

/**
 * Handwritten digits for tests without a network: 1,797 images of shape [1, 8, 8] whose pixels are
 * sixteenths from 0 to 1, and labels 0 … 9. Origin and licence are beside the file.
 */
public final class Digits {
  /** Number of training samples, four fifths of all. */
  public static final int TRAIN = 1437;

  private static final String FILE = "digits.csv.gz";
  private static final Shape SHAPE = Shape.of(1, 8, 8);
  private static final int CLASSES = 10;
  private static final int LEVELS = 16;

  private Digits() {}

  /** The first 1,437 samples. */
  public static Dataset train() {
    return all().range(0, TRAIN);
  }

  /** The last 360 samples. */
  public static Dataset test() {
    Dataset all = all();
    return all.range(TRAIN, all.size());
  }

  /** All samples in the order of the file. */
  public static ImageDataset all() {
    List<String> lines = lines();
    byte[] pixels = new byte[lines.size() * SHAPE.length()];
    int[] labels = new int[lines.size()];
    for (int i = 0; i < labels.length; i++) {
      String[] values = lines.get(i).split(",");
      for (int j = 0; j < SHAPE.length(); j++) {
        pixels[i * SHAPE.length() + j] = Byte.parseByte(values[j]);
      }
      labels[i] = Integer.parseInt(values[SHAPE.length()]);
    }
    return ImageDataset.of(SHAPE, pixels, labels, CLASSES)
        .normalized(Normalization.of(0, LEVELS / 255f));
  }

  private static List<String> lines() {
    try (InputStream in = Digits.class.getResourceAsStream(FILE);
        BufferedReader reader =
            new BufferedReader(
                new InputStreamReader(new GZIPInputStream(in), StandardCharsets.US_ASCII))) {
      return reader.lines().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(FILE + " cannot be read", e);
    }
  }
}
