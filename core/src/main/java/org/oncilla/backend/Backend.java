package org.oncilla.backend;

/**
 * A device that runs Oncilla's kernels: its memory and one object per kernel family. This is the
 * whole contract between the library and a backend; a new backend is a module that implements it,
 * is found by {@link BackendProvider} and passes the conformance suite.
 *
 * <p>Kernels may be asynchronous: they run in the order of the calls, and {@link DeviceMemory#read}
 * waits for them. Every method may be called from any thread. Kernels check that spans are as long
 * as the shapes demand and of the right type, and throw {@link IllegalArgumentException} otherwise.
 */
public interface Backend extends AutoCloseable {
  /** The name that {@code -Doncilla.backend=} takes, such as {@code cpu}. */
  String name();

  /** The device this backend computes on. */
  DeviceInfo device();

  /** The type of values: {@link DType#FLOAT32} on devices, FLOAT64 on the reference backend. */
  default DType floatType() {
    return DType.FLOAT32;
  }

  /** Transfers between the device and Java arrays. */
  DeviceMemory memory();

  /** The pool that all of this backend's buffers come from. */
  MemoryPool pool();

  /** Matrix products. */
  MatmulKernels matmul();

  /** Convolutions. */
  ConvolutionKernels convolution();

  /** Pooling. */
  PoolingKernels pooling();

  /** Element-wise functions. */
  ElementwiseKernels elementwise();

  /** Reductions over axes. */
  ReductionKernels reduction();

  /** Softmax and cross-entropy. */
  SoftmaxKernels softmax();

  /** Batch, group and layer normalization. */
  NormalizationKernels normalization();

  /** Strided copies, look-ups in tables and one-hot labels. */
  IndexingKernels indexing();

  /** Random numbers and dropout. */
  RandomKernels random();

  /** Optimizer steps. */
  UpdateKernels update();

  /** Waits until every kernel called so far has finished. */
  void synchronize();

  /** Frees the device's memory and handles; tensors of this backend are unusable afterwards. */
  @Override
  void close();
}
