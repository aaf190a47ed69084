package org.oncilla.datasets;

/** How data sets without a test part of their own are divided: the same way always. */
final class EveryFifth {
  private static final int FOLDS = 5;

  private EveryFifth() {}

  /** Whether a sample is for testing: every fifth is, from the fifth on. */
  static boolean isTest(int index) {
    return index % FOLDS == FOLDS - 1;
  }
}
