package org.oncilla.examples.playground;

import java.util.ArrayList;
import java.util.List;

/**
 * Chooses the pictures of a film while the training runs: between two that follow one another the
 * loss has changed by about the same, wherever in the training that was. Holds no more than it may
 * keep.
 */
public final class Reel {
  /** A smaller share of the loss's whole range is not seen in a picture. */
  private static final double SEEN = 1e-3;

  private final int most;
  private final List<Shot> shots = new ArrayList<>();

  /**
   * What a picture is drawn from.
   *
   * @param loss on which the choice depends
   * @param answers of the net for the plane
   * @param caption below the plane
   */
  public record Shot(double loss, float[] answers, String caption) {}

  /**
   * A reel without pictures.
   *
   * @param most pictures to keep, at least 2
   */
  public Reel(int most) {
    this.most = most;
  }

  /** Adds what comes next, and drops the least of what it has where that is too much. */
  public void add(Shot shot) {
    shots.add(shot);
    if (shots.size() > most) {
      int least = 1;
      for (int i = 2; i < shots.size() - 1; i++) {
        if (change(i) < change(least)) {
          least = i;
        }
      }
      shots.remove(least);
    }
  }

  /** How much the loss changes just before a picture and just after it. */
  private double change(int at) {
    double loss = shots.get(at).loss();
    return Math.abs(shots.get(at - 1).loss() - loss) + Math.abs(shots.get(at + 1).loss() - loss);
  }

  /** The first, the last, and what differs between them, in order. */
  public List<Shot> shots() {
    double high = shots.stream().mapToDouble(Shot::loss).max().orElse(0);
    double low = shots.stream().mapToDouble(Shot::loss).min().orElse(0);
    List<Shot> seen = new ArrayList<>();
    for (int i = 0; i < shots.size() - 1; i++) {
      Shot shot = shots.get(i);
      if (seen.isEmpty()
          || Math.abs(shot.loss() - seen.get(seen.size() - 1).loss()) > SEEN * (high - low)) {
        seen.add(shot);
      }
    }
    if (!shots.isEmpty()) {
      seen.add(shots.get(shots.size() - 1));
    }
    return seen;
  }
}
