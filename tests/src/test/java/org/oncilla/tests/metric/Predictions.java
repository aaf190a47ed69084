package org.oncilla.tests.metric;

import java.util.Arrays;
import org.oncilla.backend.Backend;
import org.oncilla.metric.Metric;
import org.oncilla.random.Generator;
import org.oncilla.tensor.Scope;
import org.oncilla.tensor.Shape;
import org.oncilla.tensor.Tensor;

/**
 * Outputs and targets in plain Java.
 *
 * @param outputs of each sample
 * @param labels of each sample; null where targets are values
 * @param targets of each sample; null where targets are labels
 */
record Predictions(double[][] outputs, int[] labels, double[][] targets) {
  static Predictions ofLabels(double[][] outputs, int... labels) {
    return new Predictions(outputs, labels, null);
  }

  static Predictions ofTargets(double[][] outputs, double[]... targets) {
    return new Predictions(outputs, null, targets);
  }

  /** One output and one target a sample. */
  static Predictions ofColumns(double[] outputs, double[] targets) {
    return ofTargets(column(outputs), column(targets));
  }

  private static double[][] column(double[] values) {
    return Arrays.stream(values).mapToObj(v -> new double[] {v}).toArray(double[][]::new);
  }

  /** Exclusive classes as outputs that are 1 for the predicted one. */
  static Predictions ofClasses(int classes, int[] predicted, int... labels) {
    double[][] outputs = new double[predicted.length][classes];
    for (int i = 0; i < predicted.length; i++) {
      outputs[i][predicted[i]] = 1;
    }
    return ofLabels(outputs, labels);
  }

  /** Outputs in steps of an eighth, so that many are equal, and that single precision holds. */
  static Predictions random(long seed, int samples, int classes) {
    Generator generator = new Generator(seed, 0);
    double[][] outputs = eighths(generator, samples, classes);
    int[] labels = new int[samples];
    Arrays.setAll(labels, i -> generator.nextInt(classes));
    return ofLabels(outputs, labels);
  }

  /** Likewise with targets of 0 and 1. */
  static Predictions randomTargets(long seed, int samples, int columns) {
    Generator generator = new Generator(seed, 0);
    double[][] outputs = eighths(generator, samples, columns);
    double[][] targets = new double[samples][columns];
    for (double[] row : targets) {
      Arrays.setAll(row, c -> generator.nextInt(2));
    }
    return ofTargets(outputs, targets);
  }

  private static double[][] eighths(Generator generator, int samples, int columns) {
    double[][] outputs = new double[samples][columns];
    for (double[] row : outputs) {
      Arrays.setAll(row, c -> (generator.nextInt(17) - 8) / 8.0);
    }
    return outputs;
  }

  int size() {
    return outputs.length;
  }

  /** Gives all samples to a metric, in batches. */
  <M extends Metric> M feed(Backend backend, M metric, int batch) {
    for (int from = 0; from < size(); from += batch) {
      int to = Math.min(from + batch, size());
      try (Scope scope = Scope.open()) {
        metric.update(
            tensor(backend, outputs, from, to),
            labels == null
                ? tensor(backend, targets, from, to)
                : Tensor.ofInts(
                    backend, Arrays.copyOfRange(labels, from, to), Shape.of(to - from)));
      }
    }
    return metric;
  }

  private static Tensor tensor(Backend backend, double[][] rows, int from, int to) {
    double[] flat = Arrays.stream(rows, from, to).flatMapToDouble(Arrays::stream).toArray();
    return Tensor.of(backend, flat, Shape.of(to - from, rows[0].length));
  }

  /** The first largest output of a sample. */
  int argmax(int sample) {
    int best = 0;
    for (int c = 1; c < outputs[sample].length; c++) {
      best = outputs[sample][c] > outputs[sample][best] ? c : best;
    }
    return best;
  }
}
