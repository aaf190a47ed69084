package org.oncilla.cli.drawing;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Named numbers as bars, the highest first: red to the right of 0, blue to the left, and the number
 * at the end of each row.
 */
public final class BarChart implements Drawing {
  /** No more bars than these are drawn, those of the highest numbers. */
  static final int MOST = 40;

  private static final int ROW = 22;
  private static final int BAR = 14;
  private static final int LENGTH = 320;
  private static final int GAP = 10;
  private static final int POSITIVE = ColorMap.DIVERGING.rgb(1);
  private static final int NEGATIVE = ColorMap.DIVERGING.rgb(0);

  private final SheetHeader header;
  private final float[] values;
  private final List<String> names;
  private final List<Integer> order;
  private final int nameWidth;
  private final int numberWidth;
  private final double min;
  private final double max;

  /**
   * A chart.
   *
   * @param title in bold
   * @param values at least one
   * @param names of the values
   */
  public BarChart(String title, float[] values, List<String> names) {
    this.values = values.clone();
    this.names = List.copyOf(names);
    this.order =
        IntStream.range(0, values.length)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> -this.values[i]))
            .limit(MOST)
            .toList();
    this.nameWidth = widest(order.stream().map(names::get).toList());
    this.numberWidth = widest(order.stream().map(i -> Texts.number(this.values[i])).toList());
    this.min = Math.min(0, order.stream().mapToDouble(i -> this.values[i]).min().orElseThrow());
    this.max = Math.max(0, order.stream().mapToDouble(i -> this.values[i]).max().orElseThrow());
    String subtitle =
        values.length > MOST
            ? "the " + MOST + " highest of " + values.length + " units"
            : values.length + " units, the highest first";
    this.header = new SheetHeader(title, subtitle, null);
  }

  private static int widest(List<String> words) {
    return words.stream().mapToInt(word -> Texts.width(Texts.PLAIN, word)).max().orElse(0);
  }

  /** The values that are drawn, by their index, from top to bottom. */
  public List<Integer> order() {
    return order;
  }

  /** Where the bar of a row is drawn, counted from the top. */
  public Rectangle place(int row) {
    int zero = x(0);
    int end = x(values[order.get(row)]);
    int top = header.bottom() + row * ROW + (ROW - BAR) / 2;
    return new Rectangle(Math.min(zero, end), top, Math.abs(end - zero), BAR);
  }

  private int x(double value) {
    double share = max > min ? (value - min) / (max - min) : 0;
    return left() + (int) Math.round(share * LENGTH);
  }

  private int left() {
    return SheetHeader.MARGIN + nameWidth + GAP;
  }

  @Override
  public BufferedImage draw() {
    int chart = nameWidth + GAP + LENGTH + GAP + numberWidth;
    int width = 2 * SheetHeader.MARGIN + Math.max(header.width(), chart);
    int height = header.bottom() + order.size() * ROW + SheetHeader.MARGIN;
    BufferedImage picture = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = Texts.onWhite(picture);
    try {
      header.draw(graphics);
      for (int row = 0; row < order.size(); row++) {
        drawRow(graphics, row);
      }
      graphics.setColor(SheetHeader.FRAME);
      graphics.fillRect(x(0), header.bottom(), 1, order.size() * ROW);
    } finally {
      graphics.dispose();
    }
    return picture;
  }

  private void drawRow(Graphics2D graphics, int row) {
    int index = order.get(row);
    Rectangle place = place(row);
    int baseline = place.y + BAR - 2;
    String name = names.get(index);
    int nameLeft = SheetHeader.MARGIN + nameWidth - Texts.width(Texts.PLAIN, name);
    Texts.draw(graphics, Texts.PLAIN, Texts.DARK, name, nameLeft, baseline);
    graphics.setColor(new Color(values[index] < 0 ? NEGATIVE : POSITIVE));
    graphics.fill(place);
    String number = Texts.number(values[index]);
    int right = left() + LENGTH + GAP + numberWidth;
    int numberLeft = right - Texts.width(Texts.PLAIN, number);
    Texts.draw(graphics, Texts.PLAIN, Texts.DIM, number, numberLeft, baseline);
  }
}
