package org.oncilla.nn;

import java.util.Arrays;
import java.util.Map;
import org.oncilla.tensor.Shape;
import org.oncilla.tensor.Tensor;

/**
 * The parametric ReLU (He and others, 2015): x where x &gt; 0, else a·x with a learnt slope a, one
 * for all elements or one for each channel. Its parameter is named {@code weight}.
 */
public final class PReLU extends Module {
  private static final double USUAL_SLOPE = 0.25;

  private boolean perChannel;
  private double initial = USUAL_SLOPE;
  private Parameter weight;
  private int[] sizes;

  /** Learns one slope for each channel, or one for all. Before the model is initialized. */
  public PReLU perChannel(boolean each) {
    requireUninitialized("perChannel");
    perChannel = each;
    return this;
  }

  /**
   * Starts from another slope than 0.25. Before the model is initialized.
   *
   * @param slope finite
   */
  public PReLU initial(double slope) {
    requireUninitialized("initial");
    if (!Double.isFinite(slope)) {
      throw new IllegalArgumentException("PReLU: the first slope must be finite, not " + slope);
    }
    initial = slope;
    return this;
  }

  @Override
  protected Shape build(BuildContext context, Shape input) {
    if (perChannel && input.rank() == 0) {
      throw new IllegalArgumentException(
          "PReLU with a slope for each channel needs channels, [C] or [C, …], but gets "
              + input
              + "; put perChannel(false)");
    }
    int channels = perChannel ? input.size(0) : 1;
    sizes = new int[perChannel ? input.rank() : 1];
    Arrays.fill(sizes, 1);
    sizes[0] = channels;
    weight = context.parameter("weight", Shape.of(channels), Initializers.constant(initial));
    return input;
  }

  @Override
  public Tensor forward(Tensor input) {
    if (perChannel) {
      requireFeatures(input.shape(), 0);
    }
    try (Tensor slopes = valueOf(weight).reshape(sizes)) {
      return LeakyReLU.withSlopes(input, slopes);
    }
  }

  /** The slopes below 0, [1] or [C]. */
  public Parameter weight() {
    return weight;
  }

  @Override
  public ModuleConfig config() {
    return ModuleConfig.of(type(), Map.of("perChannel", perChannel, "initial", initial));
  }

  static PReLU create(ModuleConfig config) {
    return new PReLU().perChannel(config.flag("perChannel")).initial(config.number("initial"));
  }
}
