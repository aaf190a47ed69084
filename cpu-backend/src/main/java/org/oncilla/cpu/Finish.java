package org.oncilla.cpu;

import org.oncilla.backend.BinaryOp;
import org.oncilla.backend.Epilogue;
import org.oncilla.backend.UnaryOp;
import org.oncilla.cpu.simd.ElementwiseOps;

/**
 * An epilogue with its bias as an array, applied to results while they are in the cache.
 *
 * @param accumulate whether results are added to what the output holds
 * @param bias bias values, or null
 * @param biasOffset the first of them
 * @param activation applied last
 */
record Finish(boolean accumulate, float[] bias, int biasOffset, UnaryOp activation) {
  static Finish of(Epilogue epilogue) {
    return epilogue.bias() == null
        ? new Finish(epilogue.accumulate(), null, 0, epilogue.activation())
        : new Finish(
            epilogue.accumulate(),
            CpuBuffer.floats(epilogue.bias()),
            epilogue.bias().offset(),
            epilogue.activation());
  }

  /** Whether there is anything to do once the sums are complete. */
  boolean isTrivial() {
    return bias == null && activation == UnaryOp.IDENTITY;
  }

  /** The bias of one output channel. */
  float biasOf(int channel) {
    return bias == null ? 0f : bias[biasOffset + channel];
  }

  /** Adds the biases of columns {@code column} … and applies the activation to a row of results. */
  void finishRow(ElementwiseOps ops, float[] c, int at, int column, int columns) {
    if (bias != null) {
      ops.binary(BinaryOp.ADD, c, at, bias, biasOffset + column, c, at, columns);
    }
    activate(ops, c, at, columns);
  }

  /** Applies the activation to n results. */
  void activate(ElementwiseOps ops, float[] c, int at, int n) {
    if (activation != UnaryOp.IDENTITY) {
      ops.unary(activation, c, at, c, at, n);
    }
  }
}
