package org.oncilla.tensor;

import org.oncilla.backend.DType;
import org.oncilla.backend.UnaryOp;

/** The checks that operations share: open, of the right type, on one backend. */
final class Operands {
  private Operands() {}

  /** Demands an open tensor of values. */
  static Tensor values(String operation, Tensor tensor) {
    tensor.requireOpen(operation);
    if (!tensor.type().isFloating()) {
      throw new IllegalArgumentException(
          operation
              + ": needs values, but a tensor of shape "
              + tensor.shape()
              + " holds indices ("
              + tensor.type()
              + "); make values by Tensor.of");
    }
    return tensor;
  }

  /** Demands an open tensor of indices. */
  static Tensor indices(String operation, Tensor tensor) {
    tensor.requireOpen(operation);
    if (tensor.type() != DType.INT32) {
      throw new IllegalArgumentException(
          operation
              + ": needs indices or class labels (INT32), but a tensor of shape "
              + tensor.shape()
              + " holds "
              + tensor.type()
              + "; make indices by Tensor.ofInts");
    }
    return tensor;
  }

  /** Demands open tensors of values on one backend; absent ones may be null. */
  static void same(String operation, Tensor first, Tensor... others) {
    values(operation, first);
    for (Tensor other : others) {
      if (other != null) {
        values(operation, other);
        requireBackend(operation, first, other);
      }
    }
  }

  static void requireBackend(String operation, Tensor first, Tensor other) {
    if (first.backend() != other.backend()) {
      throw new IllegalArgumentException(
          operation
              + ": the tensors live on two backends, shape "
              + first.shape()
              + " on "
              + first.backend().name()
              + " and shape "
              + other.shape()
              + " on "
              + other.backend().name()
              + "; create both on one backend, or copy through"
              + " toFloatArray()");
    }
  }

  static void requireFusable(String operation, UnaryOp activation) {
    if (!activation.isFusable()) {
      throw new IllegalArgumentException(
          operation
              + ": cannot fuse the activation "
              + activation.name()
              + "; pass IDENTITY and call map(UnaryOp."
              + activation.name()
              + ") on the result");
    }
  }

  static void requireRank(String operation, String argument, Tensor tensor, int rank, String form) {
    if (tensor.shape().rank() != rank) {
      throw new IllegalArgumentException(
          operation + ": " + argument + " must be " + form + ", but has shape " + tensor.shape());
    }
  }
}
