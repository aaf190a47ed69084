package org.oncilla.tests.tensor;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.DoubleBinaryOperator;
import org.oncilla.loss.BceLoss;
import org.oncilla.loss.BceWithLogitsLoss;
import org.oncilla.loss.CategoricalCrossEntropyLoss;
import org.oncilla.loss.CrossEntropyLoss;
import org.oncilla.loss.HingeLoss;
import org.oncilla.loss.HuberLoss;
import org.oncilla.loss.KlDivergenceLoss;
import org.oncilla.loss.Loss;
import org.oncilla.loss.MaeLoss;
import org.oncilla.loss.MseLoss;
import org.oncilla.loss.Reduction;
import org.oncilla.tensor.Shape;
import org.oncilla.tensor.Tensor;

/** The losses, each in every reduction, as functions of the prediction. */
final class LossCases {
  static final double SCALE = 0.5;

  private LossCases() {}

  static List<OperationCase> all() {
    Draw draw = new Draw(61);
    List<OperationCase> cases = new ArrayList<>();
    for (Reduction reduction : Reduction.values()) {
      HostTensor x = draw.values(5, 3);
      HostTensor y = draw.values(5, 3);
      HostTensor p = draw.positive(5, 3).map(v -> (float) (v / 3));
      HostTensor yes = bits(draw, 5, 3);
      cases.add(of(new MseLoss(reduction, SCALE), reduction, x, y, (a, t) -> (a - t) * (a - t)));
      cases.add(of(new MaeLoss(reduction, SCALE), reduction, x, y, (a, t) -> Math.abs(a - t)));
      cases.add(of(new HuberLoss(0.75, reduction, SCALE), reduction, x, y, LossCases::huber));
      cases.add(of(new BceLoss(reduction, SCALE), reduction, p, yes, LossCases::bce));
      cases.add(
          of(
              new BceWithLogitsLoss(reduction, SCALE),
              reduction,
              x,
              yes,
              (a, t) -> bce(1 / (1 + Math.exp(-a)), t)));
      cases.add(
          of(
              new KlDivergenceLoss(reduction, SCALE),
              reduction,
              x,
              yes.map(v -> 0.7 * v),
              (a, t) -> t == 0 ? 0 : t * (Math.log(t) - a)));
      cases.add(
          of(
              new HingeLoss(reduction, SCALE),
              reduction,
              x,
              yes.map(v -> 2 * v - 1),
              (a, t) -> Math.max(0, 1 - a * t)));
      cases.add(categorical(reduction, x, draw.positive(5, 3)));
      cases.add(sparse(reduction, x, draw.indices(5, 3)));
      cases.addAll(CrossEntropyCases.of(draw, reduction));
      cases.add(positivelyWeighted(reduction, x, yes));
    }
    return cases;
  }

  private static double huber(double prediction, double target) {
    double d = Math.abs(prediction - target);
    return d <= 0.75 ? d * d / 2 : 0.75 * (d - 0.375);
  }

  private static double bce(double p, double t) {
    return -(t * Math.log(p) + (1 - t) * Math.log(1 - p));
  }

  /** −(p·t ln σ + (1 − t) ln(1 − σ)). */
  private static OperationCase positivelyWeighted(
      Reduction reduction, HostTensor x, HostTensor yes) {
    double[] weights = {3, 0, 0.25};
    Loss loss = new BceWithLogitsLoss(reduction, SCALE).positiveWeights(weights);
    return new OperationCase(
        name(loss, reduction) + " with positive weights",
        List.of(x),
        t -> against(loss, t[0], yes),
        h ->
            reduced(
                reduction,
                HostTensor.fill(
                    x.sizes(),
                    index -> {
                      double p = 1 / (1 + Math.exp(-h[0].at(index)));
                      double weight = yes.at(index) == 1 ? weights[index[1]] : 1;
                      return weight * bce(p, yes.at(index));
                    })));
  }

  private static OperationCase of(
      Loss loss, Reduction reduction, HostTensor x, HostTensor target, DoubleBinaryOperator f) {
    return new OperationCase(
        name(loss, reduction),
        List.of(x),
        t -> against(loss, t[0], target),
        h ->
            reduced(
                reduction,
                HostTensor.fill(
                    x.sizes(), index -> f.applyAsDouble(h[0].at(index), target.at(index)))));
  }

  private static OperationCase categorical(Reduction reduction, HostTensor x, HostTensor target) {
    Loss loss = new CategoricalCrossEntropyLoss(reduction, SCALE);
    return new OperationCase(
        name(loss, reduction),
        List.of(x),
        t -> against(loss, t[0], target),
        h -> reduced(reduction, rows(h[0], (row, column) -> target.at(row, column))));
  }

  private static OperationCase sparse(Reduction reduction, HostTensor x, int[] labels) {
    Loss loss = new CrossEntropyLoss(reduction, SCALE);
    return new OperationCase(
        name(loss, reduction),
        List.of(x),
        t -> {
          try (Tensor target = Tensor.ofInts(t[0].backend(), labels, Shape.of(labels.length))) {
            return loss.forward(t[0], target);
          }
        },
        h -> reduced(reduction, rows(h[0], (row, column) -> labels[row] == column ? 1.0 : 0.0)));
  }

  /** −Σ weight·ln softmax of each row. */
  private static HostTensor rows(HostTensor x, BiFunction<Integer, Integer, Double> weight) {
    return HostTensor.fill(
        new int[] {x.size(0)},
        index -> {
          double sum = 0;
          for (int j = 0; j < x.size(1); j++) {
            sum += Math.exp(x.at(index[0], j));
          }
          double loss = 0;
          for (int j = 0; j < x.size(1); j++) {
            loss -= weight.apply(index[0], j) * (x.at(index[0], j) - Math.log(sum));
          }
          return loss;
        });
  }

  static HostTensor reduced(Reduction reduction, HostTensor losses) {
    double sum = Arrays.stream(losses.values()).sum();
    return switch (reduction) {
      case NONE -> losses.map(value -> SCALE * value);
      case MEAN -> HostTensor.scalar(SCALE * sum / losses.values().length);
      case SUM -> HostTensor.scalar(SCALE * sum);
      case BATCH_MEAN -> HostTensor.scalar(SCALE * sum / losses.size(0));
    };
  }

  private static Tensor against(Loss loss, Tensor prediction, HostTensor target) {
    try (Tensor y = target.on(prediction.backend())) {
      return loss.forward(prediction, y);
    }
  }

  private static HostTensor bits(Draw draw, int... sizes) {
    return HostTensor.fill(sizes, index -> draw.between(0, 1));
  }

  private static String name(Loss loss, Reduction reduction) {
    return loss.getClass().getSimpleName() + " " + reduction;
  }
}
