package org.oncilla.tests.tensor;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.oncilla.loss.CrossEntropyLoss;
import org.oncilla.loss.Reduction;
import org.oncilla.tensor.Shape;
import org.oncilla.tensor.Tensor;

/**
 * Cross-entropy with its options on generated shapes. What is expected is PyTorch's definition,
 * written down place by place: (1 − ε)·w[y]·l[y] + ε/C · Σ w[c]·l[c] with l = −ln softmax(x) for
 * labels, and Σ w[c]·((1 − ε)·t[c] + ε/C)·l[c] for probabilities.
 */
final class CrossEntropyCases {
  private static final int IGNORED = -100;

  private CrossEntropyCases() {}

  /**
   * Settings of a loss.
   *
   * @param weights of the classes; null for none
   * @param ignores whether a label is ignored
   */
  private record Options(double[] weights, double smoothing, boolean ignores) {
    CrossEntropyLoss loss(Reduction reduction) {
      CrossEntropyLoss loss = new CrossEntropyLoss(reduction, LossCases.SCALE);
      if (weights != null) {
        loss.classWeights(weights);
      }
      if (ignores) {
        loss.ignoreIndex(IGNORED);
      }
      return loss.labelSmoothing(smoothing);
    }

    double weight(int c) {
      return weights == null ? 1 : weights[c];
    }

    @Override
    public String toString() {
      return (weights == null ? "" : " weighted")
          + (smoothing == 0 ? "" : " smoothed by " + smoothing)
          + (ignores ? " ignoring" : "");
    }
  }

  static List<OperationCase> of(Draw draw, Reduction reduction) {
    List<OperationCase> cases = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      int classes = draw.between(1, 5);
      boolean weighted = (i & 1) != 0;
      double[] weights = weighted ? draw.positive(classes).values() : null;
      double smoothing = (i & 2) != 0 ? 0.1 * draw.between(1, 9) : 0;
      Options options = new Options(weights, smoothing, (i & 4) != 0);
      cases.add(labelled(draw, reduction, options, draw.between(1, 7), classes));
      if (!options.ignores()) {
        cases.add(probable(draw, reduction, options, draw.between(1, 7), classes));
      }
    }
    Options all = new Options(new double[] {2, 0, 0.5}, 0.25, true);
    cases.add(labelled(draw, reduction, all, 2, 3, 4));
    cases.add(labelled(draw, reduction, all, 2, 3, 2, 3));
    cases.add(labelled(draw, reduction, new Options(null, 0, false), 3, 2, 4));
    cases.add(probable(draw, reduction, new Options(new double[] {2, 0, 1}, 0.25, false), 2, 3, 4));
    return cases;
  }

  private static OperationCase labelled(
      Draw draw, Reduction reduction, Options options, int... sizes) {
    int[] places = without(sizes, 1);
    int[] labels = draw.indices(Shape.of(places).length(), sizes[1]);
    for (int i = 1; i < labels.length && options.ignores(); i += 3) {
      labels[i] = IGNORED;
    }
    HostTensor y = new HostTensor(places, Arrays.stream(labels).asDoubleStream().toArray());
    CrossEntropyLoss loss = options.loss(reduction);
    return new OperationCase(
        name(reduction, options, "labels", sizes),
        List.of(draw.values(sizes)),
        t -> {
          try (Tensor target = Tensor.ofInts(t[0].backend(), labels, Shape.of(places))) {
            return loss.forward(t[0], target);
          }
        },
        h -> expectedOfLabels(reduction, options, h[0], y));
  }

  private static HostTensor expectedOfLabels(
      Reduction reduction, Options options, HostTensor x, HostTensor y) {
    HostTensor losses =
        HostTensor.fill(
            y.sizes(),
            place -> {
              int label = (int) y.at(place);
              if (label == IGNORED) {
                return 0;
              }
              double all = 0;
              for (int c = 0; c < x.size(1); c++) {
                all += options.weight(c) * costs(x, place, c);
              }
              double ofLabel = options.weight(label) * costs(x, place, label);
              double smoothing = options.smoothing();
              return (1 - smoothing) * ofLabel + smoothing / x.size(1) * all;
            });
    if (reduction != Reduction.MEAN) {
      return LossCases.reduced(reduction, losses);
    }
    double weight = 0;
    double sum = 0;
    for (int i = 0; i < losses.values().length; i++) {
      int label = (int) y.values()[i];
      weight += label == IGNORED ? 0 : options.weight(label);
      sum += losses.values()[i];
    }
    return HostTensor.scalar(weight == 0 ? 0 : LossCases.SCALE * sum / weight);
  }

  private static OperationCase probable(
      Draw draw, Reduction reduction, Options options, int... sizes) {
    HostTensor t = draw.positive(sizes).map(v -> (float) (v / sizes[1]));
    CrossEntropyLoss loss = options.loss(reduction);
    return new OperationCase(
        name(reduction, options, "probabilities", sizes),
        List.of(draw.values(sizes), t),
        both -> loss.forward(both[0], both[1]),
        h ->
            LossCases.reduced(
                reduction,
                HostTensor.fill(
                    without(sizes, 1),
                    place -> {
                      double sum = 0;
                      for (int c = 0; c < sizes[1]; c++) {
                        double smoothing = options.smoothing();
                        double share =
                            (1 - smoothing) * h[1].at(within(place, c)) + smoothing / sizes[1];
                        sum += options.weight(c) * share * costs(h[0], place, c);
                      }
                      return sum;
                    })));
  }

  /** −ln softmax(x)[c] at a place. */
  private static double costs(HostTensor x, int[] place, int c) {
    double sum = 0;
    for (int j = 0; j < x.size(1); j++) {
      sum += Math.exp(x.at(within(place, j)));
    }
    return Math.log(sum) - x.at(within(place, c));
  }

  /** The index of a class at a place: the axis of classes is the second one. */
  private static int[] within(int[] place, int c) {
    int[] index = new int[place.length + 1];
    index[0] = place[0];
    index[1] = c;
    System.arraycopy(place, 1, index, 2, place.length - 1);
    return index;
  }

  private static int[] without(int[] sizes, int axis) {
    return Shape.of(sizes).without(axis).sizes();
  }

  private static String name(Reduction reduction, Options options, String of, int... sizes) {
    return "CrossEntropyLoss " + reduction + " of " + of + " " + Shape.of(sizes) + options;
  }
}
