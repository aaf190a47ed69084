package org.oncilla.metric;

import java.util.Locale;

/** How the scores of single classes become one. */
public enum Average {
  /** Their mean: every class weighs the same. */
  MACRO,
  /** The score of the summed counts: every sample weighs the same. */
  MICRO,
  /** Their mean, each weighed by its number of true samples. */
  WEIGHTED;

  /** The name in the names of metrics, in lower case. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
