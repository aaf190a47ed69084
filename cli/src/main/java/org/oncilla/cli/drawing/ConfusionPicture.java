package org.oncilla.cli.drawing;

import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.awt.geom.AffineTransform;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.LongStream;

/**
 * A confusion matrix as a picture: a row for each actual class, a column for each predicted one.
 * The number in a cell counts samples. On the diagonal blue shows their share of the row, which is
 * recall; elsewhere orange shows confusions, darkest where the share of the row is largest; two
 * bars above tell which shade is which share. Recall stands at the end of each row and precision
 * under each column, in percent.
 */
public final class ConfusionPicture implements Drawing {
  private static final int MARGIN = 24;
  private static final int HEADER = 94;
  private static final int AXIS = 20;
  private static final int GAP = 8;
  private static final int LARGEST_CELL = 58;
  private static final int SMALLEST_CELL = 8;
  private static final int SMALLEST_WITH_WORDS = 30;
  private static final int LARGEST_MATRIX = 1150;
  private static final double DARK_FROM = 0.45;
  private static final int KEY_WIDTH = 80;
  private static final int KEY_HEIGHT = 12;
  private static final int KEY_GAP = 24;
  private static final String PRECISION = "precision %";
  private static final String RECALL = "recall %";
  private static final String RIGHT = "right: share of the class, 0\u2013100 %";
  private static final Color LINE = new Color(0xdadce0);

  private final String title;
  private final String subtitle;
  private final List<String> classNames;
  private final long[][] counts;
  private final int cell;
  private final Font font;
  private final boolean slanted;
  private final int nameWidth;
  private final double largestConfusion;

  /**
   * A picture of a matrix.
   *
   * @param title in bold
   * @param subtitle says more
   * @param classNames a label is an index into them
   * @param counts samples by actual class, then by predicted class; square
   */
  public ConfusionPicture(String title, String subtitle, List<String> classNames, long[][] counts) {
    this.title = title;
    this.subtitle = subtitle;
    this.classNames = List.copyOf(classNames);
    this.counts = counts;
    int classes = counts.length;
    this.cell = Math.max(SMALLEST_CELL, Math.min(LARGEST_CELL, LARGEST_MATRIX / classes));
    this.font = Texts.PLAIN.deriveFont(Math.min(13f, Math.max(7f, cell * 0.6f)));
    this.nameWidth = classNames.stream().mapToInt(name -> Texts.width(font, name)).max().orElse(0);
    this.slanted = nameWidth > cell - 4;
    double largest = 0;
    for (int actual = 0; actual < classes; actual++) {
      for (int predicted = 0; predicted < classes; predicted++) {
        largest = Math.max(largest, actual == predicted ? 0 : share(actual, predicted));
      }
    }
    this.largestConfusion = largest;
  }

  /** Part of the samples of a class that are predicted to be of another, or of the same one. */
  private double share(int actual, int predicted) {
    return counts[actual][predicted] / (double) Math.max(1, LongStream.of(counts[actual]).sum());
  }

  /** Where a cell is drawn. */
  public Rectangle place(int actual, int predicted) {
    return new Rectangle(left() + predicted * cell, top() + actual * cell, cell - 1, cell - 1);
  }

  /** Left of the matrix: the word "actual" upright, and the names. */
  private int left() {
    int words = hasFigures() ? Texts.width(Texts.SMALL, PRECISION) : 0;
    return MARGIN + AXIS + Math.max(nameWidth, words) + GAP;
  }

  /** Above the matrix: the title, the word "predicted", and the names. */
  private int top() {
    return HEADER + 22 + namesHeight() + GAP;
  }

  private int namesHeight() {
    int longest = Math.max(nameWidth, hasFigures() ? figuresWidth() : 0);
    return slanted ? (int) Math.ceil(longest * Math.sqrt(0.5)) + 8 : 16;
  }

  private boolean hasFigures() {
    return cell >= SMALLEST_WITH_WORDS;
  }

  private int width() {
    int matrix = left() + counts.length * cell + (hasFigures() ? GAP + figuresWidth() : 0);
    // The last slanted name leans to the right, and so does the heading of the figures.
    int names = slanted ? left() + counts.length * cell + namesHeight() - cell / 2 : 0;
    int heading = hasFigures() && slanted ? figuresCenter() + namesHeight() : 0;
    int words = Math.max(Texts.width(Texts.TITLE, title), Texts.width(Texts.PLAIN, subtitle));
    int widest = Math.max(matrix, Math.max(names, heading));
    return Math.max(widest, MARGIN + Math.max(words, keyWidth())) + MARGIN;
  }

  private int height() {
    return top() + counts.length * cell + (hasFigures() ? 28 : 0) + MARGIN;
  }

  @Override
  public BufferedImage draw() {
    BufferedImage picture = new BufferedImage(width(), height(), BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = Texts.onWhite(picture);
    try {
      Texts.draw(graphics, Texts.TITLE, Texts.DARK, title, MARGIN, MARGIN + 14);
      Texts.draw(graphics, Texts.PLAIN, Texts.DIM, subtitle, MARGIN, MARGIN + 35);
      drawKey(graphics, ColorMap.SHARE, RIGHT, MARGIN);
      drawKey(graphics, ColorMap.CONFUSION, confused(), MARGIN + oneKey(RIGHT));
      drawAxes(graphics);
      graphics.setColor(LINE);
      graphics.fillRect(left() - 1, top() - 1, counts.length * cell + 1, counts.length * cell + 1);
      for (int actual = 0; actual < counts.length; actual++) {
        for (int predicted = 0; predicted < counts.length; predicted++) {
          drawCell(graphics, actual, predicted);
        }
      }
      if (hasFigures()) {
        drawFigures(graphics);
      }
    } finally {
      graphics.dispose();
    }
    return picture;
  }

  /** What a shade of orange means; it reaches as far as the largest confusion. */
  private String confused() {
    return String.format(Locale.ROOT, "confused: 0\u2013%.1f %%", 100 * largestConfusion);
  }

  private int keyWidth() {
    return oneKey(RIGHT) + oneKey(confused()) - KEY_GAP;
  }

  private static int oneKey(String words) {
    return KEY_WIDTH + GAP + Texts.width(Texts.SMALL, words) + KEY_GAP;
  }

  private static void drawKey(Graphics2D graphics, ColorMap map, String words, int left) {
    int top = MARGIN + 46;
    map.draw(graphics, left, top, KEY_WIDTH, KEY_HEIGHT);
    graphics.setColor(LINE);
    graphics.drawRect(left - 1, top - 1, KEY_WIDTH + 1, KEY_HEIGHT + 1);
    Texts.draw(graphics, Texts.SMALL, Texts.DIM, words, left + KEY_WIDTH + GAP, top + 10);
  }

  private void drawAxes(Graphics2D graphics) {
    int size = counts.length * cell;
    int center = left() + size / 2;
    String predicted = "predicted class";
    int wide = Texts.width(Texts.PLAIN, predicted);
    Texts.draw(graphics, Texts.PLAIN, Texts.DIM, predicted, center - wide / 2, HEADER + 14);
    String actual = "actual class";
    AffineTransform before = graphics.getTransform();
    graphics.rotate(-Math.PI / 2);
    int middle = top() + (size + Texts.width(Texts.PLAIN, actual)) / 2;
    Texts.draw(graphics, Texts.PLAIN, Texts.DIM, actual, -middle, left() - 2 * GAP - nameWidth - 4);
    graphics.setTransform(before);
    for (int i = 0; i < counts.length; i++) {
      String name = classNames.get(i);
      int width = Texts.width(font, name);
      int baseline = top() + i * cell + (cell + font.getSize() - 3) / 2;
      Texts.draw(graphics, font, Texts.DARK, name, left() - GAP - width, baseline);
      drawColumnName(graphics, font, Texts.DARK, name, left() + i * cell + cell / 2);
    }
  }

  private void drawColumnName(
      Graphics2D graphics, Font used, Color color, String name, int center) {
    int baseline = top() - GAP;
    if (!slanted) {
      int width = Texts.width(used, name);
      Texts.draw(graphics, used, color, name, center - width / 2, baseline);
      return;
    }
    AffineTransform before = graphics.getTransform();
    graphics.translate(center + used.getSize() / 3.0, baseline);
    graphics.rotate(-Math.PI / 4);
    Texts.draw(graphics, used, color, name, 0, 0);
    graphics.setTransform(before);
  }

  private void drawCell(Graphics2D graphics, int actual, int predicted) {
    Rectangle place = place(actual, predicted);
    double share = share(actual, predicted);
    boolean right = actual == predicted;
    double shade = right || share == 0 ? share : share / largestConfusion;
    graphics.setColor(new Color((right ? ColorMap.SHARE : ColorMap.CONFUSION).rgb(shade)));
    graphics.fill(place);
    String text = Long.toString(counts[actual][predicted]);
    Font fitting = fitting(text, place.width - 4);
    if (share > 0 && fitting != null) {
      Texts.draw(
          graphics,
          fitting,
          right && shade > DARK_FROM ? Color.WHITE : Texts.DARK,
          text,
          place.x + (place.width - Texts.width(fitting, text)) / 2,
          place.y + (place.height + fitting.getSize() - 3) / 2);
    }
  }

  /** A font in which a number fits into a cell; null where none would be legible. */
  private Font fitting(String text, int room) {
    for (float size = font.getSize2D(); size >= 7; size--) {
      Font tried = font.deriveFont(size);
      if (Texts.width(tried, text) <= room) {
        return tried;
      }
    }
    return null;
  }

  private void drawFigures(Graphics2D graphics) {
    int under = top() + counts.length * cell + 18;
    int size = Texts.SMALL.getSize();
    drawColumnName(graphics, Texts.SMALL, Texts.DIM, RECALL, figuresCenter());
    int precisionLeft = left() - GAP - Texts.width(Texts.SMALL, PRECISION);
    Texts.draw(graphics, Texts.SMALL, Texts.DIM, PRECISION, precisionLeft, under);
    for (int i = 0; i < counts.length; i++) {
      int column = i;
      long predicted = Arrays.stream(counts).mapToLong(row -> row[column]).sum();
      String recall = percent(counts[i][i], LongStream.of(counts[i]).sum());
      drawFigure(graphics, recall, figuresCenter(), top() + i * cell + (cell + size - 3) / 2);
      String precision = percent(counts[i][i], predicted);
      drawFigure(graphics, precision, left() + i * cell + cell / 2, under);
    }
  }

  private static void drawFigure(Graphics2D graphics, String text, int center, int baseline) {
    int left = center - Texts.width(Texts.SMALL, text) / 2;
    Texts.draw(graphics, Texts.SMALL, Texts.DIM, text, left, baseline);
  }

  private static int figuresWidth() {
    return Texts.width(Texts.SMALL, RECALL);
  }

  /** The middle of the column of recalls. */
  private int figuresCenter() {
    return left() + counts.length * cell + GAP + figuresWidth() / 2;
  }

  private static String percent(long part, long whole) {
    return whole == 0 ? "\u2013" : String.format(Locale.ROOT, "%.1f", 100.0 * part / whole);
  }
}
