package org.oncilla.nn;

import java.util.Arrays;
import java.util.Map;
import org.oncilla.tensor.Shape;
import org.oncilla.tensor.Tensor;

/**
 * Each sample under another shape: {@code new Reshape(1, 28, 28)} makes images [N, 1, 28, 28] of
 * rows [N, 784]. A view.
 */
public final class Reshape extends Module {
  private final int[] sizes;

  /**
   * Another shape for as many elements.
   *
   * @param sizes of a sample, without the batch axis; one may be −1 and is inferred
   */
  public Reshape(int... sizes) {
    int inferred = 0;
    for (int size : sizes) {
      inferred += size == -1 ? 1 : 0;
      if (size == 0 || size < -1) {
        throw refused(sizes);
      }
    }
    if (inferred > 1) {
      throw refused(sizes);
    }
    this.sizes = sizes.clone();
  }

  private static IllegalArgumentException refused(int[] sizes) {
    return new IllegalArgumentException(
        "Reshape: sizes must be at least 1, or one of them -1, not " + Arrays.toString(sizes));
  }

  @Override
  protected Shape build(BuildContext context, Shape input) {
    return input.reshaped(sizes);
  }

  @Override
  public Tensor forward(Tensor input) {
    Shape batch = input.shape();
    return input.reshape(batch.dropFirst().reshaped(sizes).prepend(batch.size(0)));
  }

  @Override
  public ModuleConfig config() {
    return ModuleConfig.of(type(), Map.of("sizes", Arrays.stream(sizes).boxed().toList()));
  }

  static Reshape create(ModuleConfig config) {
    return new Reshape(config.integers("sizes"));
  }
}
