package org.oncilla.cli;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.oncilla.random.Generator;

/**
 * A data set of three classes in the format of MNIST: a light vertical bar, a horizontal bar, or a
 * square, at random places on a dark noisy ground.
 */
final class TinyImages {
  static final int SIDE = 28;
  static final int CLASSES = 3;
  static final int TRAIN = 300;
  static final int TEST = 90;

  private static final int UNSIGNED_BYTE = 0x08;
  private static final int LIGHT = 250;

  private TinyImages() {}

  /** Writes the four files into a folder. */
  static Path write(Path folder) throws IOException {
    writePart(folder, "train", TRAIN, 1);
    writePart(folder, "t10k", TEST, 2);
    return folder;
  }

  private static void writePart(Path folder, String part, int count, long seed) throws IOException {
    ByteBuffer images = ByteBuffer.allocate(16 + count * SIDE * SIDE);
    images.put(new byte[] {0, 0, UNSIGNED_BYTE, 3}).putInt(count).putInt(SIDE).putInt(SIDE);
    ByteBuffer labels = ByteBuffer.allocate(8 + count);
    labels.put(new byte[] {0, 0, UNSIGNED_BYTE, 1}).putInt(count);
    Generator random = new Generator(seed, 0);
    for (int i = 0; i < count; i++) {
      int label = random.nextInt(CLASSES);
      labels.put((byte) label);
      for (int pixel : image(label, random)) {
        images.put((byte) pixel);
      }
    }
    Files.write(folder.resolve(part + "-images-idx3-ubyte"), images.array());
    Files.write(folder.resolve(part + "-labels-idx1-ubyte"), labels.array());
  }

  /** The pixels of an image of a class. */
  static int[] image(int label, Generator random) {
    int[] pixels = new int[SIDE * SIDE];
    int left = 5 + random.nextInt(12);
    int top = 5 + random.nextInt(12);
    for (int y = 0; y < SIDE; y++) {
      for (int x = 0; x < SIDE; x++) {
        boolean column = x >= left && x < left + 5;
        boolean row = y >= top && y < top + 5;
        boolean light = label == 0 ? column : label == 1 ? row : column && row;
        boolean margin = x < 3 || y < 3 || x >= SIDE - 3 || y >= SIDE - 3;
        pixels[y * SIDE + x] = light && !margin ? LIGHT : random.nextInt(30);
      }
    }
    return pixels;
  }

  /** Draws an image of a class as a dark blue figure on white paper, ten times as large. */
  static Path draw(Path file, int label) throws IOException {
    int scale = 10;
    BufferedImage picture =
        new BufferedImage(SIDE * scale, SIDE * scale, BufferedImage.TYPE_INT_RGB);
    int[] pixels = image(label, new Generator(3, label));
    for (int y = 0; y < SIDE * scale; y++) {
      for (int x = 0; x < SIDE * scale; x++) {
        boolean figure = pixels[y / scale * SIDE + x / scale] == LIGHT;
        picture.setRGB(x, y, figure ? 0x101040 : 0xfffffa);
      }
    }
    ImageIO.write(picture, "png", file.toFile());
    return file;
  }
}
