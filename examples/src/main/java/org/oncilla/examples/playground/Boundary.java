package org.oncilla.examples.playground;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Ellipse2D;
import java.awt.image.BufferedImage;
import org.oncilla.backend.Backend;
import org.oncilla.data.ArrayDataset;
import org.oncilla.data.HostBatch;
import org.oncilla.nn.Module;
import org.oncilla.tensor.NoGrad;
import org.oncilla.tensor.Scope;
import org.oncilla.tensor.Shape;
import org.oncilla.tensor.Tensor;

/**
 * Draws a plane from −{@value #EXTENT} to {@value #EXTENT} in the colours of a net's answers, with
 * the points it learns from: blue for 0, orange for 1, white where it does not know. The points are
 * darker than the plane ever is, so that those on the wrong side stand out as those on the right
 * do.
 */
public final class Boundary {
  private static final double EXTENT = 1.15;
  private static final int CELLS = 150;
  private static final int CELL = 3;
  private static final int SIDE = CELLS * CELL;
  private static final int CAPTION = 44;
  private static final int MARGIN = 8;
  private static final float LARGEST_LETTERS = 13;
  private static final float SMALLEST_LETTERS = 7;
  private static final Color BLUE = new Color(0x2C7FB8);
  private static final Color ORANGE = new Color(0xF28E2B);
  private static final Color DARK_BLUE = new Color(0x0B3C6F);
  private static final Color DARK_ORANGE = new Color(0xB04A00);
  private static final Color INK = new Color(0x333333);

  private final Backend backend;
  private final float[] grid = new float[2 * CELLS * CELLS];
  private final HostBatch points;

  /**
   * A picture of a plane.
   *
   * @param points inputs [2] and targets [1]
   */
  public Boundary(Backend backend, ArrayDataset points) {
    this.backend = backend;
    this.points = new HostBatch(points, points.size());
    for (int i = 0; i < points.size(); i++) {
      points.read(i, this.points, i);
    }
    for (int cell = 0; cell < CELLS * CELLS; cell++) {
      grid[2 * cell] = (float) coordinate(cell % CELLS);
      grid[2 * cell + 1] = (float) -coordinate(cell / CELLS);
    }
  }

  private static double coordinate(int cell) {
    return EXTENT * (2 * (cell + 0.5) / CELLS - 1);
  }

  /**
   * What a net answers now, to be drawn.
   *
   * @param net from [N, 2] to logits [N, 1]
   * @return probabilities of orange, row by row from the top
   */
  public float[] answers(Module net) {
    try (Scope scope = Scope.open();
        NoGrad off = NoGrad.open()) {
      Tensor plane = Tensor.of(backend, grid, Shape.of(CELLS * CELLS, 2));
      return net.forward(plane).sigmoid().toFloatArray();
    }
  }

  /**
   * The picture of answers.
   *
   * @param answers of a net
   * @param first line below the plane
   * @param second line below the plane
   */
  public BufferedImage draw(float[] answers, String first, String second) {
    BufferedImage image = new BufferedImage(SIDE, SIDE + CAPTION, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < SIDE; y++) {
      for (int x = 0; x < SIDE; x++) {
        image.setRGB(x, y, shade(answers[y / CELL * CELLS + x / CELL]));
      }
    }
    Graphics2D graphics = image.createGraphics();
    graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    drawPoints(graphics);
    graphics.setColor(Color.WHITE);
    graphics.fillRect(0, SIDE, SIDE, CAPTION);
    drawWords(graphics, first, SIDE + 18);
    drawWords(graphics, second, SIDE + 36);
    graphics.dispose();
    return image;
  }

  /** From blue over white to orange; pale, so that points can be seen. */
  private static int shade(double probability) {
    Color toward = probability < 0.5 ? BLUE : ORANGE;
    double strength = 0.55 * Math.abs(2 * probability - 1);
    return rgb(
        mix(255, toward.getRed(), strength),
        mix(255, toward.getGreen(), strength),
        mix(255, toward.getBlue(), strength));
  }

  private static int mix(int from, int to, double share) {
    return (int) Math.round(from + (to - from) * share);
  }

  private static int rgb(int red, int green, int blue) {
    return red << 16 | green << 8 | blue;
  }

  private void drawPoints(Graphics2D graphics) {
    graphics.setStroke(new BasicStroke(1));
    for (int i = 0; i < points.capacity(); i++) {
      double x = (points.inputs()[2 * i] / EXTENT + 1) / 2 * SIDE;
      double y = (1 - points.inputs()[2 * i + 1] / EXTENT) / 2 * SIDE;
      Ellipse2D dot = new Ellipse2D.Double(x - 3.5, y - 3.5, 7, 7);
      graphics.setColor(points.targets()[i] > 0.5f ? DARK_ORANGE : DARK_BLUE);
      graphics.fill(dot);
      graphics.setColor(Color.WHITE);
      graphics.draw(dot);
    }
  }

  /** A line of words, in smaller letters where it would be too long. */
  private static void drawWords(Graphics2D graphics, String words, int baseline) {
    graphics.setColor(INK);
    float size = LARGEST_LETTERS;
    do {
      graphics.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, 1).deriveFont(size--));
    } while (size >= SMALLEST_LETTERS
        && graphics.getFontMetrics().stringWidth(words) > SIDE - 2 * MARGIN);
    graphics.drawString(words, MARGIN, baseline);
  }
}
