package org.oncilla.cli.drawing;

import java.awt.Color;
import java.awt.Graphics2D;

/**
 * Colours for numbers: a few colours at equal distances from 0 to 1, and between them what lies
 * between, channel by channel in sRGB.
 */
public enum ColorMap {
  /**
   * From dark to light, for what is small or large: five colours of inferno (van der Walt and
   * Smith, 2015), whose lightness rises evenly.
   */
  SEQUENTIAL(0x000004, 0x57106e, 0xbc3754, 0xf98e09, 0xfcffa4),

  /**
   * From blue over near white to red, for what is below or above 0: the five classes of RdBu by
   * ColorBrewer (Brewer, 2002).
   */
  DIVERGING(0x0571b0, 0x92c5de, 0xf7f7f7, 0xf4a582, 0xca0020),

  /** From white to dark blue, for shares under black or white numbers. */
  SHARE(0xffffff, 0x9ecae1, 0x3182bd, 0x08306b),

  /** From white to orange, for confusions under black numbers. */
  CONFUSION(0xffffff, 0xfdd0a2, 0xf8a055),

  /** From black to white, for pictures without colours. */
  GRAY(0x000000, 0xffffff);

  private static final int BYTE = 0xFF;

  private final int[] colors;

  ColorMap(int... colors) {
    this.colors = colors;
  }

  /**
   * The colour of a number.
   *
   * @param position 0 … 1; what lies beyond gets the colour of the end, NaN that of 0
   * @return 0xRRGGBB
   */
  public int rgb(double position) {
    double at = position > 0 ? Math.min(position, 1) * (colors.length - 1) : 0;
    int lower = Math.min((int) at, colors.length - 2);
    double upperShare = at - lower;
    int rgb = 0;
    for (int shift = 16; shift >= 0; shift -= 8) {
      double from = colors[lower] >> shift & BYTE;
      double to = colors[lower + 1] >> shift & BYTE;
      rgb |= (int) Math.round(from + upperShare * (to - from)) << shift;
    }
    return rgb;
  }

  /** Fills a rectangle with all of the colours, from left to right. */
  void draw(Graphics2D graphics, int left, int top, int width, int height) {
    for (int x = 0; x < width; x++) {
      graphics.setColor(new Color(rgb(x / (width - 1.0))));
      graphics.fillRect(left + x, top, 1, height);
    }
  }
}
