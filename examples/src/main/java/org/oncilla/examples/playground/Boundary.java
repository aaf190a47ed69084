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
 * the points it learns from: blue for 0, orange for 1, white where it does not know.
 */
public final class Boundary {
  private static final double EXTENT = 1.15;
  private static final int CELLS = 150;
  private static final int CELL = 3;
  private static final int SIDE = CELLS * CELL;
  private static final int CAPTION = 26;
  private static final Color BLUE = new Color(0x2C7FB8);
  private static final Color ORANGE = new Color(0xF28E2B);
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
   * The picture of what a net answers now.
   *
   * @param net from [N, 2] to logits [N, 1]
   * @param caption a line below the plane
   */
  public BufferedImage draw(Module net, String caption) {
    BufferedImage image = new BufferedImage(SIDE, SIDE + CAPTION, BufferedImage.TYPE_INT_RGB);
    double[] answers = answers(net);
    for (int y = 0; y < SIDE; y++) {
      for (int x = 0; x < SIDE; x++) {
        image.setRGB(x, y, shade(answers[y / CELL * CELLS + x / CELL]));
      }
    }
    Graphics2D graphics = image.createGraphics();
    graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    drawPoints(graphics);
    drawCaption(graphics, caption);
    graphics.dispose();
    return image;
  }

  private double[] answers(Module net) {
    try (Scope scope = Scope.open();
        NoGrad off = NoGrad.open()) {
      Tensor plane = Tensor.of(backend, grid, Shape.of(CELLS * CELLS, 2));
      return net.forward(plane).sigmoid().toDoubleArray();
    }
  }

  /** From blue over white to orange; paler than the points, so that they can be seen. */
  private static int shade(double probability) {
    Color toward = probability < 0.5 ? BLUE : ORANGE;
    double strength = 0.75 * Math.abs(2 * probability - 1);
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
      graphics.setColor(points.targets()[i] > 0.5f ? ORANGE : BLUE);
      graphics.fill(dot);
      graphics.setColor(Color.WHITE);
      graphics.draw(dot);
    }
  }

  private static void drawCaption(Graphics2D graphics, String caption) {
    graphics.setColor(Color.WHITE);
    graphics.fillRect(0, SIDE, SIDE, CAPTION);
    graphics.setColor(INK);
    graphics.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, 13));
    graphics.drawString(caption, 8, SIDE + 18);
  }
}
