package org.oncilla.cli.drawing;

import java.awt.Color;
import java.awt.Graphics2D;

/**
 * What stands above the tiles of a sheet.
 *
 * @param title in bold
 * @param subtitle says more
 * @param scale whose colours are explained; null for none
 */
record SheetHeader(String title, String subtitle, ColorScale scale) {
  /** Pixels left blank on every side of a sheet. */
  static final int MARGIN = 24;

  /** The colour of lines around tiles. */
  static final Color FRAME = new Color(0x9aa0a6);

  private static final int WORDS = 50;
  private static final int GAP = 12;
  private static final int BAR_WIDTH = 160;
  private static final int BAR_HEIGHT = 12;

  /** Pixels without the margins. */
  int width() {
    int words = Math.max(Texts.width(Texts.TITLE, title), Texts.width(Texts.PLAIN, subtitle));
    return Math.max(words, scale == null ? 0 : legendWidth());
  }

  /** Where what stands below begins. */
  int bottom() {
    return MARGIN + WORDS + (scale == null ? 0 : 2 * BAR_HEIGHT);
  }

  private int legendWidth() {
    return BAR_WIDTH
        + GAP
        + Texts.width(Texts.SMALL, Texts.number(scale.min()))
        + Texts.width(Texts.SMALL, Texts.number(scale.max()));
  }

  void draw(Graphics2D graphics) {
    Texts.draw(graphics, Texts.TITLE, Texts.DARK, title, MARGIN, MARGIN + 14);
    Texts.draw(graphics, Texts.PLAIN, Texts.DIM, subtitle, MARGIN, MARGIN + 35);
    if (scale != null) {
      int top = MARGIN + 46;
      String low = Texts.number(scale.min());
      Texts.draw(graphics, Texts.SMALL, Texts.DIM, low, MARGIN, top + 10);
      int left = MARGIN + Texts.width(Texts.SMALL, low) + GAP / 2;
      drawBar(graphics, scale.map(), left, top);
      String high = Texts.number(scale.max());
      Texts.draw(graphics, Texts.SMALL, Texts.DIM, high, left + BAR_WIDTH + GAP / 2, top + 10);
    }
  }

  private static void drawBar(Graphics2D graphics, ColorMap map, int left, int top) {
    map.draw(graphics, left, top, BAR_WIDTH, BAR_HEIGHT);
    graphics.setColor(FRAME);
    graphics.drawRect(left - 1, top - 1, BAR_WIDTH + 1, BAR_HEIGHT + 1);
  }
}
