package org.oncilla.nn;

/** {@link BatchNorm} of images [N, C, H, W]. */
public final class BatchNorm2d extends BatchNorm<BatchNorm2d> {
  @Override
  boolean takes(int rank) {
    return rank == 3;
  }

  @Override
  String samples() {
    return "images, [C, H, W]";
  }

  static BatchNorm2d create(ModuleConfig config) {
    return new BatchNorm2d().configured(config);
  }
}
