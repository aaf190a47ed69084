package org.oncilla.cli.drawing;

import java.awt.image.BufferedImage;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.oncilla.file.AtomicFile;

/** Writes pictures as PNG files. */
public final class Png {
  private Png() {}

  /**
   * Writes or replaces a file as a whole.
   *
   * @throws IOException if it cannot be written
   */
  public static void write(Path file, BufferedImage picture) throws IOException {
    AtomicFile.write(file, out -> encode(picture, out));
  }

  private static void encode(BufferedImage picture, OutputStream out) throws IOException {
    // ImageIO keeps its own buffer in memory: no temporary file, and the writer is always there.
    ImageIO.setUseCache(false);
    BufferedOutputStream buffered = new BufferedOutputStream(out);
    ImageIO.write(picture, "png", buffered);
    buffered.flush();
  }
}
