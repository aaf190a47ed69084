package org.oncilla.cli.drawing;

import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.font.FontRenderContext;
import java.awt.image.BufferedImage;
import java.util.Locale;

/** The fonts and colours of words in pictures, and how much room words take. */
public final class Texts {
  private static final Font PANEL = new Font(Font.SANS_SERIF, Font.BOLD, 14);
  static final Font TITLE = new Font(Font.SANS_SERIF, Font.BOLD, 17);

  /** What to do where Java finds no fonts. */
  public static final String INSTALL_FONTS =
      "On Debian and Ubuntu: apt-get install fontconfig fonts-dejavu-core";

  /** The font of most words. */
  public static final Font PLAIN = new Font(Font.SANS_SERIF, Font.PLAIN, 13);

  static final Font SMALL = new Font(Font.SANS_SERIF, Font.PLAIN, 11);
  static final Color DARK = new Color(0x202124);
  static final Color DIM = new Color(0x5f6368);

  private static final FontRenderContext CONTEXT = new FontRenderContext(null, true, true);

  private Texts() {}

  /** Pixels that a line of words takes. */
  public static int width(Font font, String text) {
    return (int) Math.ceil(font.getStringBounds(text, CONTEXT).getWidth());
  }

  /** A white picture, to be drawn on with smooth words. */
  public static Graphics2D onWhite(BufferedImage picture) {
    Graphics2D graphics = picture.createGraphics();
    graphics.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    graphics.setRenderingHint(
        RenderingHints.KEY_FRACTIONALMETRICS, RenderingHints.VALUE_FRACTIONALMETRICS_ON);
    graphics.setColor(Color.WHITE);
    graphics.fillRect(0, 0, picture.getWidth(), picture.getHeight());
    return graphics;
  }

  /** Draws the title of a part of a picture around a middle. */
  public static void drawCentered(Graphics2D graphics, String text, int center, int baseline) {
    draw(graphics, PANEL, DARK, text, center - width(PANEL, text) / 2, baseline);
  }

  static void draw(Graphics2D graphics, Font font, Color color, String text, int x, int baseline) {
    graphics.setFont(font);
    graphics.setColor(color);
    graphics.drawString(text, x, baseline);
  }

  /** Three digits of a number, with a minus sign as wide as a plus. */
  public static String number(double value) {
    double size = Math.abs(value);
    String format = size != 0 && (size < 1e-3 || size >= 1e5) ? "%.2e" : "%.3g";
    String text = size == 0 ? "0" : String.format(Locale.ROOT, format, value);
    return text.replace('-', '\u2212');
  }
}
