package org.oncilla.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.oncilla.cli.drawing.Drawing;
import org.oncilla.cli.drawing.Png;
import org.oncilla.cli.drawing.Texts;
import org.oncilla.nn.NamedModule;

/**
 * A folder that pictures are written to.
 *
 * @param folder exists
 * @param names of the files written so far
 */
record PictureFolder(Path folder, List<String> names) {
  private static final String PNG = ".png";

  /**
   * Demands that words can be drawn.
   *
   * @param drawing draws or measures some; what Java throws where it finds no fonts differs
   */
  static void requireFonts(Runnable drawing) {
    try {
      drawing.run();
    } catch (OutOfMemoryError full) {
      throw full;
    } catch (RuntimeException | Error noFonts) {
      throw new CommandException(
          "pictures cannot be drawn; Java may find no fonts: "
              + noFonts
              + ". "
              + Texts.INSTALL_FONTS,
          noFonts);
    }
  }

  /** Makes the folder where it is missing. */
  static PictureFolder create(Path folder) throws IOException {
    if (Files.exists(folder) && !Files.isDirectory(folder)) {
      throw new CommandException("--out " + folder + " is a file; name a folder for the pictures");
    }
    Files.createDirectories(folder);
    return new PictureFolder(folder, new ArrayList<>());
  }

  /** Writes the picture of a layer; sorted by name, pictures are in the order of the layers. */
  void draw(String kind, NamedModule layer, Drawing drawing) throws IOException {
    String path =
        Arrays.stream(layer.path().split("\\."))
            .map(part -> part.matches("[0-9]") ? "0" + part : part)
            .map(part -> part.replaceAll("[^A-Za-z0-9_-]", "_"))
            .filter(part -> !part.isEmpty())
            .map(part -> part + "-")
            .collect(Collectors.joining());
    draw(kind + "-" + path + layer.type(), drawing);
  }

  /**
   * Writes a picture.
   *
   * @param name of the file, without its ending
   */
  void draw(String name, Drawing drawing) throws IOException {
    Png.write(folder.resolve(name + PNG), drawing.draw());
    names.add(name + PNG);
  }
}
