package org.oncilla.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.oncilla.cli.drawing.Texts;
import org.oncilla.train.EpochResult;
import org.oncilla.train.Trainer;
import org.oncilla.train.TrainingListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Draws the curves while a training goes on, so that they are there whatever ends it: after the
 * first epoch, which loads what draws, then as often as drawing takes a small part of the time, and
 * at the end.
 */
final class CurvesListener implements TrainingListener, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(CurvesListener.class);

  /** One part in so many of the time may be spent on drawing. */
  private static final int SHARE = 20;

  private final Path file;
  private final String title;
  private final List<EpochRecord> epochs;
  private List<EpochRecord> toDraw = List.of();
  private boolean drawn;
  private boolean ended;
  private long due = System.nanoTime();

  /**
   * Draws nothing yet.
   *
   * @param epochs to draw; has an epoch when this is told that it ended
   */
  CurvesListener(Path file, String title, List<EpochRecord> epochs) {
    this.file = file;
    this.title = title;
    this.epochs = epochs;
  }

  @Override
  public synchronized void epochEnded(Trainer trainer, EpochResult result) {
    if (!ended) {
      toDraw = List.copyOf(epochs);
      if (System.nanoTime() - due >= 0) {
        draw();
      }
    }
  }

  /**
   * Draws what is not drawn yet, and nothing from then on.
   *
   * @return whether there is a picture of this training
   */
  synchronized boolean finish() {
    ended = true;
    if (!toDraw.isEmpty()) {
      draw();
    }
    return drawn;
  }

  /** The picture. */
  Path file() {
    return file;
  }

  @Override
  public void close() {
    finish();
  }

  private void draw() {
    long start = System.nanoTime();
    try {
      Curves.write(file, title, toDraw);
      drawn = true;
    } catch (IOException failure) {
      giveUp("the curves were not drawn: {}", failure);
    } catch (RuntimeException | Error noFonts) {
      if (noFonts instanceof OutOfMemoryError) {
        throw noFonts;
      }
      // What Java throws where it finds no fonts differs; the model is saved all the same.
      giveUp(
          "the curves were not drawn; Java may find no fonts: {}. " + Texts.INSTALL_FONTS, noFonts);
    }
    toDraw = List.of();
    long end = System.nanoTime();
    due = end + SHARE * (end - start);
  }

  private void giveUp(String message, Throwable failure) {
    ended = true;
    LOG.warn(message, failure.toString());
    LOG.debug("where it was raised", failure);
  }
}
