package org.oncilla.nn;

import java.util.Map;
import org.oncilla.tensor.Shape;
import org.oncilla.tensor.Tensor;

/**
 * Inverted dropout (Srivastava and others, 2014): in training each element is zeroed with a
 * probability and the others are divided by 1 − probability; in evaluation nothing happens.
 */
public final class Dropout extends Module {
  private final double probability;
  private RandomStreams streams;

  /**
   * Dropout by the probability of <em>dropping</em> an element, as in PyTorch.
   *
   * @param probability in [0, 1)
   */
  public Dropout(double probability) {
    if (!(probability >= 0 && probability < 1)) {
      throw new IllegalArgumentException(
          "Dropout: the probability of dropping an element must be in [0, 1), not " + probability);
    }
    this.probability = probability;
  }

  /**
   * Dropout by the probability of <em>keeping</em> an element.
   *
   * @param probability in (0, 1]
   */
  public static Dropout keeping(double probability) {
    if (!(probability > 0 && probability <= 1)) {
      throw new IllegalArgumentException(
          "Dropout: the probability of keeping an element must be in (0, 1], not " + probability);
    }
    return new Dropout(1 - probability);
  }

  @Override
  protected Shape build(BuildContext context, Shape input) {
    streams = context.streams();
    return input;
  }

  @Override
  public Tensor forward(Tensor input) {
    return isTraining() && probability > 0 ? streams.dropout(input, probability) : input;
  }

  @Override
  public ModuleConfig config() {
    return ModuleConfig.of(type(), Map.of("probability", probability));
  }

  static Dropout create(ModuleConfig config) {
    return new Dropout(config.number("probability"));
  }
}
