package org.oncilla.cli;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.markers.SeriesMarkers;
import org.oncilla.cli.drawing.Png;
import org.oncilla.cli.drawing.Texts;

/** Draws how loss and accuracy went, side by side, over the epochs. */
final class Curves {
  /** Pixels of the whole picture. */
  static final int WIDTH = 1200;

  static final int HEIGHT = 480;

  private static final int PANEL = WIDTH / 2;
  private static final int HEADER = 28;
  private static final int BASELINE = 24;
  private static final int AXIS_AND_MARGINS = 110;
  private static final Color TRAINING = new Color(0x1f77b4);
  private static final Color TEST = new Color(0xd9541a);
  private static final Color GRID = new Color(0xe4e4e4);

  private Curves() {}

  /**
   * Writes a PNG file.
   *
   * @param title above the curves, such as the model and its data
   * @throws IOException if it cannot be written
   */
  static void write(Path file, String title, List<EpochRecord> epochs) throws IOException {
    BufferedImage picture = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = Texts.onWhite(picture);
    try {
      XYChart loss = panel("loss", epochs, EpochRecord::trainLoss, EpochRecord::testLoss);
      loss.getStyler().setLegendPosition(LegendPosition.InsideNE);
      loss.getStyler().setYAxisMin(0.0);
      loss.getStyler().setYAxisDecimalPattern("0.00");
      XYChart accuracy =
          panel("accuracy", epochs, EpochRecord::trainAccuracy, EpochRecord::testAccuracy);
      accuracy.getStyler().setLegendPosition(LegendPosition.InsideSE);
      accuracy.getStyler().setYAxisMin(lowestAccuracy(epochs));
      accuracy.getStyler().setYAxisMax(1.0);
      accuracy.getStyler().setYAxisDecimalPattern("0.00");
      paint(graphics, loss, title + ": loss", 0);
      paint(graphics, accuracy, title + ": accuracy", PANEL);
    } finally {
      graphics.dispose();
    }
    Png.write(file, picture);
  }

  /** The lower end of the axis of accuracies: a round number below all of them. */
  private static double lowestAccuracy(List<EpochRecord> epochs) {
    double lowest = 1;
    for (EpochRecord epoch : epochs) {
      lowest = Math.min(lowest, Math.min(epoch.trainAccuracy(), epoch.testAccuracy()));
    }
    return Math.max(0, Math.ceil(20 * lowest - 1) / 20);
  }

  /**
   * XChart begins a plot lower where the letters of its title reach lower, so that panels side by
   * side would not be on one line: the titles are drawn here.
   */
  private static void paint(Graphics2D graphics, XYChart panel, String title, int left) {
    graphics.translate(left, HEADER);
    panel.paint(graphics, PANEL, HEIGHT - HEADER);
    graphics.translate(-left, -HEADER);
    Texts.drawCentered(graphics, title, left + PANEL / 2, BASELINE);
  }

  private static XYChart panel(
      String axis,
      List<EpochRecord> epochs,
      ToDoubleFunction<EpochRecord> training,
      ToDoubleFunction<EpochRecord> test) {
    XYChart chart =
        new XYChartBuilder()
            .width(PANEL)
            .height(HEIGHT - HEADER)
            .xAxisTitle("epoch")
            .yAxisTitle(axis)
            .build();
    style(chart, epochs);
    add(chart, "training", epochs, training, TRAINING);
    add(chart, "test", epochs, test, TEST);
    return chart;
  }

  private static void style(XYChart chart, List<EpochRecord> epochs) {
    int last = epochs.get(epochs.size() - 1).epoch();
    chart.getStyler().setChartBackgroundColor(Color.WHITE);
    chart.getStyler().setChartTitleVisible(false);
    chart.getStyler().setPlotBorderVisible(false);
    chart.getStyler().setPlotGridLinesColor(GRID);
    chart.getStyler().setLegendBorderColor(GRID);
    chart.getStyler().setMarkerSize(7);
    chart.getStyler().setAntiAlias(true);
    // XChart counts ticks from the lower end on, so that must be a whole number; and the room that
    // it leaves for their labels is as high as the first one, so that must not be empty.
    chart.getStyler().setXAxisMin(1.0);
    chart.getStyler().setXAxisMax(Math.max(2.0, last));
    // Ticks no closer than one epoch: XChart chooses steps of 1, 2, 5, … of what the hint allows.
    int epochWidth = (PANEL - AXIS_AND_MARGINS) / Math.max(2, last - 1);
    chart.getStyler().setXAxisTickMarkSpacingHint(Math.max(40, epochWidth));
    chart.setCustomXAxisTickLabelsFormatter(
        epoch ->
            epoch == Math.rint(epoch) && epoch <= last ? Integer.toString(epoch.intValue()) : " ");
  }

  private static void add(
      XYChart chart,
      String name,
      List<EpochRecord> epochs,
      ToDoubleFunction<EpochRecord> value,
      Color color) {
    double[] x = epochs.stream().mapToDouble(EpochRecord::epoch).toArray();
    double[] y = epochs.stream().mapToDouble(value).toArray();
    XYSeries series = chart.addSeries(name, x, y);
    series.setLineColor(color);
    series.setLineStyle(new BasicStroke(2f));
    series.setMarker(SeriesMarkers.CIRCLE);
    series.setMarkerColor(color);
  }
}
