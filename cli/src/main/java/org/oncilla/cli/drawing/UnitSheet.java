package org.oncilla.cli.drawing;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.awt.image.BufferedImage;

/**
 * The outputs of a layer's units as squares in rows. The number of a row's first unit stands before
 * it; rows are equally long wherever the number of units has a fitting divisor.
 */
public final class UnitSheet implements Drawing {
  private static final int LARGEST_CELL = 24;
  private static final int SMALLEST_CELL = 4;
  private static final int LARGEST_GRID = 1000;
  private static final int GAP = 8;
  private static final int LINE_HEIGHT = 13;
  private static final double ASPECT = 1.5;

  /** How far a divisor may be from the wanted number of columns. */
  private static final double NEAR = 2;

  private static final int ROUND = 10;

  private final SheetHeader header;
  private final float[] values;
  private final ColorScale scale;
  private final int columns;
  private final int rows;
  private final int cell;
  private final int numbers;

  /**
   * A sheet.
   *
   * @param title in bold
   * @param scale of the outputs
   * @param values one for each unit, at least one
   */
  public UnitSheet(String title, ColorScale scale, float[] values) {
    this.values = values.clone();
    this.scale = scale;
    this.columns = columns(values.length);
    this.rows = (values.length + columns - 1) / columns;
    this.cell =
        Math.max(SMALLEST_CELL, Math.min(LARGEST_CELL, LARGEST_GRID / Math.max(columns, rows)));
    this.numbers = Texts.width(Texts.SMALL, Integer.toString((rows - 1) * columns));
    String subtitle = values.length + " units" + (rows > 1 ? ", " + columns + " in a row" : "");
    this.header = new SheetHeader(title, subtitle, scale);
  }

  /** Units in a row: of the divisors the one that makes the grid's proportions the best. */
  static int columns(int units) {
    double wanted = Math.sqrt(ASPECT * units);
    int best = (int) Math.min(units, ROUND * Math.ceil(wanted / ROUND));
    double distance = NEAR;
    for (int columns = 1; columns <= units; columns++) {
      double tried = Math.max(columns / wanted, wanted / columns);
      if (units % columns == 0 && tried < distance) {
        best = columns;
        distance = tried;
      }
    }
    return best;
  }

  /** Where a unit is drawn. */
  public Rectangle place(int unit) {
    int left = SheetHeader.MARGIN + numbers + GAP + unit % columns * cell;
    return new Rectangle(left, header.bottom() + unit / columns * cell, cell - 1, cell - 1);
  }

  @Override
  public BufferedImage draw() {
    int grid = numbers + GAP + columns * cell;
    int width = 2 * SheetHeader.MARGIN + Math.max(header.width(), grid);
    int height = header.bottom() + rows * cell + SheetHeader.MARGIN;
    BufferedImage picture = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = Texts.onWhite(picture);
    try {
      header.draw(graphics);
      drawNumbers(graphics);
      for (int unit = 0; unit < values.length; unit++) {
        Rectangle place = place(unit);
        graphics.setColor(SheetHeader.FRAME);
        graphics.fillRect(place.x - 1, place.y - 1, place.width + 2, place.height + 2);
      }
      for (int unit = 0; unit < values.length; unit++) {
        graphics.setColor(new Color(scale.rgb(values[unit])));
        graphics.fill(place(unit));
      }
    } finally {
      graphics.dispose();
    }
    return picture;
  }

  private void drawNumbers(Graphics2D graphics) {
    // Of low rows not each has room for a number.
    int step = (LINE_HEIGHT + cell - 1) / cell;
    for (int row = 0; row < rows; row += step) {
      String number = Integer.toString(row * columns);
      Rectangle first = place(row * columns);
      Texts.draw(
          graphics,
          Texts.SMALL,
          Texts.DIM,
          number,
          first.x - GAP - Texts.width(Texts.SMALL, number),
          first.y + (first.height + Texts.SMALL.getSize() - 3) / 2);
    }
  }
}
