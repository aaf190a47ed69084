package org.oncilla.nn;

/** {@link BatchNorm} of rows of features [N, C] and of sequences [N, C, L]. */
public final class BatchNorm1d extends BatchNorm<BatchNorm1d> {
  @Override
  boolean takes(int rank) {
    return rank == 1 || rank == 2;
  }

  @Override
  String samples() {
    return "features, [C], or sequences, [C, L]";
  }

  static BatchNorm1d create(ModuleConfig config) {
    return new BatchNorm1d().configured(config);
  }
}
