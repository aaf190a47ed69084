package org.oncilla.nn;

import java.util.Arrays;
import java.util.Map;
import org.oncilla.tensor.Shape;
import org.oncilla.tensor.Tensor;

/**
 * Each sample with its axes in another order: {@code new Permute(1, 0)} makes [N, D, T] of [N, T,
 * D]. A copy.
 */
public final class Permute extends Module {
  private final int[] axes;

  /**
   * An order of axes.
   *
   * @param axes of a sample, counted from 0 without the batch axis: axis i of the output is axis
   *     {@code axes[i]} of the input
   */
  public Permute(int... axes) {
    int[] sorted = axes.clone();
    Arrays.sort(sorted);
    for (int i = 0; i < sorted.length; i++) {
      if (sorted[i] != i) {
        throw new IllegalArgumentException(
            "Permute: "
                + Arrays.toString(axes)
                + " does not name each axis of a sample once; they are counted from 0, without the"
                + " batch axis");
      }
    }
    this.axes = axes.clone();
  }

  @Override
  protected Shape build(BuildContext context, Shape input) {
    if (input.rank() != axes.length) {
      throw new IllegalArgumentException(
          "Permute by "
              + Arrays.toString(axes)
              + " needs samples of "
              + axes.length
              + " axes, but gets "
              + input);
    }
    return Shape.of(Arrays.stream(axes).map(input::size).toArray());
  }

  @Override
  public Tensor forward(Tensor input) {
    int[] withBatch = new int[axes.length + 1];
    for (int i = 0; i < axes.length; i++) {
      withBatch[i + 1] = axes[i] + 1;
    }
    return input.permute(withBatch);
  }

  @Override
  public ModuleConfig config() {
    return ModuleConfig.of(type(), Map.of("axes", Arrays.stream(axes).boxed().toList()));
  }

  static Permute create(ModuleConfig config) {
    return new Permute(config.integers("axes"));
  }
}
