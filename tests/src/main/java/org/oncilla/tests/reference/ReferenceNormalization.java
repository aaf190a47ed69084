package org.oncilla.tests.reference;

import org.oncilla.backend.DType;
import org.oncilla.backend.NormalizationChecks;
import org.oncilla.backend.NormalizationGradients;
import org.oncilla.backend.NormalizationKernels;
import org.oncilla.backend.NormalizationShape;
import org.oncilla.backend.Span;

/**
 * Batch and group normalization element by element. A set is what one mean and one variance are
 * taken of: a channel of all samples, or a group of channels of one sample.
 */
final class ReferenceNormalization implements NormalizationKernels {
  /** Which set and which channel each element belongs to; without groups, a set is a channel. */
  private static final class Sets {
    private final NormalizationShape shape;
    private final int count;
    private final int[] channels;
    private final int[] sets;

    private Sets(NormalizationShape shape, int groups) {
      this.shape = shape;
      count = groups == 0 ? shape.channels() : shape.batch() * groups;
      channels = new int[shape.length()];
      sets = new int[shape.length()];
      int at = 0;
      for (int n = 0; n < shape.batch(); n++) {
        for (int c = 0; c < shape.channels(); c++) {
          for (int s = 0; s < shape.spatial(); s++, at++) {
            channels[at] = c;
            sets[at] = groups == 0 ? c : n * groups + c * groups / shape.channels();
          }
        }
      }
    }

    static Sets ofChannels(NormalizationShape shape) {
      return new Sets(shape, 0);
    }

    static Sets ofGroups(NormalizationShape shape, int groups) {
      return new Sets(shape, groups);
    }

    NormalizationShape shape() {
      return shape;
    }

    int channel(int at) {
      return channels[at];
    }

    int set(int at) {
      return sets[at];
    }

    int count() {
      return count;
    }

    int size() {
      return shape.length() / count;
    }
  }

  @Override
  public void batchNorm(
      NormalizationShape shape,
      double epsilon,
      double momentum,
      Span x,
      Span weight,
      Span bias,
      Span y,
      Span mean,
      Span variance,
      Span runningMean,
      Span runningVariance) {
    NormalizationChecks.batchNorm(
        DType.FLOAT64,
        shape,
        epsilon,
        momentum,
        x,
        weight,
        bias,
        y,
        mean,
        variance,
        runningMean,
        runningVariance);
    Sets sets = Sets.ofChannels(shape);
    statistics(sets, Values.of(x), Values.of(mean), Values.of(variance));
    normalize(sets, epsilon, x, weight, bias, mean, variance, y);
    if (runningMean != null) {
      double unbiased = sets.size() / (sets.size() - 1.0);
      follow(Values.of(runningMean), Values.of(mean), 1, momentum, shape.channels());
      follow(Values.of(runningVariance), Values.of(variance), unbiased, momentum, shape.channels());
    }
  }

  private static void follow(
      Values running, Values statistic, double factor, double momentum, int count) {
    for (int i = 0; i < count; i++) {
      running.set(i, (1 - momentum) * running.get(i) + momentum * factor * statistic.get(i));
    }
  }

  @Override
  public void batchNormEvaluation(
      NormalizationShape shape,
      double epsilon,
      Span x,
      Span weight,
      Span bias,
      Span mean,
      Span variance,
      Span y) {
    NormalizationChecks.batchNormEvaluation(
        DType.FLOAT64, shape, epsilon, x, weight, bias, mean, variance, y);
    normalize(Sets.ofChannels(shape), epsilon, x, weight, bias, mean, variance, y);
  }

  @Override
  public void batchNormBackward(
      NormalizationShape shape,
      double epsilon,
      boolean statisticsOfInput,
      Span x,
      Span weight,
      Span mean,
      Span variance,
      Span dy,
      NormalizationGradients gradients) {
    NormalizationChecks.batchNormBackward(
        DType.FLOAT64, shape, epsilon, x, weight, mean, variance, dy, gradients);
    Sets sets = Sets.ofChannels(shape);
    double[] normalized = normalized(sets, epsilon, x, mean, variance);
    inputGradient(sets, epsilon, statisticsOfInput, normalized, weight, variance, dy, gradients);
    parameterGradients(sets, normalized, Values.of(dy), gradients);
  }

  @Override
  public void groupNorm(
      NormalizationShape shape,
      int groups,
      double epsilon,
      Span x,
      Span weight,
      Span bias,
      Span y,
      Span mean,
      Span variance) {
    NormalizationChecks.groupNorm(
        DType.FLOAT64, shape, groups, epsilon, x, weight, bias, y, mean, variance);
    Sets sets = Sets.ofGroups(shape, groups);
    statistics(sets, Values.of(x), Values.of(mean), Values.of(variance));
    normalize(sets, epsilon, x, weight, bias, mean, variance, y);
  }

  @Override
  public void groupNormBackward(
      NormalizationShape shape,
      int groups,
      double epsilon,
      Span x,
      Span weight,
      Span mean,
      Span variance,
      Span dy,
      NormalizationGradients gradients) {
    NormalizationChecks.groupNormBackward(
        DType.FLOAT64, shape, groups, epsilon, x, weight, mean, variance, dy, gradients);
    Sets sets = Sets.ofGroups(shape, groups);
    double[] normalized = normalized(sets, epsilon, x, mean, variance);
    inputGradient(sets, epsilon, true, normalized, weight, variance, dy, gradients);
    parameterGradients(sets, normalized, Values.of(dy), gradients);
  }

  private static void statistics(Sets sets, Values x, Values mean, Values variance) {
    double[] sums = new double[sets.count()];
    for (int at = 0; at < sets.shape().length(); at++) {
      sums[sets.set(at)] += x.get(at);
    }
    double[] squares = new double[sets.count()];
    for (int at = 0; at < sets.shape().length(); at++) {
      double deviation = x.get(at) - sums[sets.set(at)] / sets.size();
      squares[sets.set(at)] += deviation * deviation;
    }
    for (int set = 0; set < sets.count(); set++) {
      mean.set(set, sums[set] / sets.size());
      variance.set(set, squares[set] / sets.size());
    }
  }

  private static void normalize(
      Sets sets, double epsilon, Span x, Span weight, Span bias, Span mean, Span variance, Span y) {
    double[] normalized = normalized(sets, epsilon, x, mean, variance);
    Values ys = Values.of(y);
    for (int at = 0; at < normalized.length; at++) {
      int channel = sets.channel(at);
      double shift = bias == null ? 0 : Values.of(bias).get(channel);
      ys.set(at, normalized[at] * factor(weight, channel) + shift);
    }
  }

  /** x̂ = (x − mean) / √(variance + ε). */
  private static double[] normalized(Sets sets, double epsilon, Span x, Span mean, Span variance) {
    double[] normalized = new double[sets.shape().length()];
    for (int at = 0; at < normalized.length; at++) {
      int set = sets.set(at);
      double deviation = Values.of(x).get(at) - Values.of(mean).get(set);
      normalized[at] = deviation / Math.sqrt(Values.of(variance).get(set) + epsilon);
    }
    return normalized;
  }

  private static double factor(Span weight, int channel) {
    return weight == null ? 1 : Values.of(weight).get(channel);
  }

  private static void inputGradient(
      Sets sets,
      double epsilon,
      boolean statisticsOfInput,
      double[] normalized,
      Span weight,
      Span variance,
      Span dy,
      NormalizationGradients gradients) {
    if (gradients.input() == null) {
      return;
    }
    double[] sums = new double[sets.count()];
    double[] products = new double[sets.count()];
    for (int at = 0; at < normalized.length && statisticsOfInput; at++) {
      double scaled = Values.of(dy).get(at) * factor(weight, sets.channel(at));
      sums[sets.set(at)] += scaled;
      products[sets.set(at)] += scaled * normalized[at];
    }
    Values dx = Values.of(gradients.input());
    for (int at = 0; at < normalized.length; at++) {
      int set = sets.set(at);
      double scaled = Values.of(dy).get(at) * factor(weight, sets.channel(at));
      double rest = scaled - (sums[set] + normalized[at] * products[set]) / sets.size();
      double deviation = Math.sqrt(Values.of(variance).get(set) + epsilon);
      dx.store(at, rest / deviation, gradients.addInput());
    }
  }

  private static void parameterGradients(
      Sets sets, double[] normalized, Values dy, NormalizationGradients gradients) {
    int channels = sets.shape().channels();
    double[] weights = new double[channels];
    double[] biases = new double[channels];
    for (int at = 0; at < normalized.length; at++) {
      weights[sets.channel(at)] += dy.get(at) * normalized[at];
      biases[sets.channel(at)] += dy.get(at);
    }
    for (int channel = 0; channel < channels; channel++) {
      if (gradients.weight() != null) {
        Values.of(gradients.weight()).store(channel, weights[channel], gradients.addWeight());
      }
      if (gradients.bias() != null) {
        Values.of(gradients.bias()).store(channel, biases[channel], gradients.addBias());
      }
    }
  }
}
