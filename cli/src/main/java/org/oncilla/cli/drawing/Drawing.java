package org.oncilla.cli.drawing;

import java.awt.image.BufferedImage;

/** What can be drawn as a picture. */
public interface Drawing {
  /** Draws it. */
  BufferedImage draw();
}
