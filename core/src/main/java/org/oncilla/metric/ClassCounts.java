package org.oncilla.metric;

/**
 * How often a class was predicted rightly and wrongly. A ratio whose denominator is 0 is 0, as with
 * scikit-learn's default.
 *
 * @param truePositives of this class and predicted so
 * @param falsePositives predicted so, of another class
 * @param falseNegatives of this class, predicted otherwise
 */
public record ClassCounts(long truePositives, long falsePositives, long falseNegatives) {
  /** Samples of this class. */
  public long support() {
    return truePositives + falseNegatives;
  }

  /** Of those predicted, the share that is right: TP / (TP + FP). */
  public double precision() {
    return ratio(truePositives, truePositives + falsePositives);
  }

  /** Of those there are, the share that was found: TP / (TP + FN). */
  public double recall() {
    return ratio(truePositives, support());
  }

  /** The harmonic mean of precision and recall: 2·TP / (2·TP + FP + FN). */
  public double f1() {
    return ratio(2 * truePositives, 2 * truePositives + falsePositives + falseNegatives);
  }

  boolean occurs() {
    return truePositives + falsePositives + falseNegatives > 0;
  }

  ClassCounts plus(ClassCounts other) {
    return new ClassCounts(
        truePositives + other.truePositives,
        falsePositives + other.falsePositives,
        falseNegatives + other.falseNegatives);
  }

  private static double ratio(long part, long whole) {
    return whole == 0 ? 0 : (double) part / whole;
  }
}
