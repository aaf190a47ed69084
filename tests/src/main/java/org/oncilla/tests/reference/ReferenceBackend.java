package org.oncilla.tests.reference;

import org.oncilla.backend.Backend;
import org.oncilla.backend.ConvolutionKernels;
import org.oncilla.backend.DType;
import org.oncilla.backend.DeviceInfo;
import org.oncilla.backend.DeviceMemory;
import org.oncilla.backend.ElementwiseKernels;
import org.oncilla.backend.IndexingKernels;
import org.oncilla.backend.MatmulKernels;
import org.oncilla.backend.MemoryPool;
import org.oncilla.backend.NormalizationKernels;
import org.oncilla.backend.PoolingKernels;
import org.oncilla.backend.RandomKernels;
import org.oncilla.backend.ReductionKernels;
import org.oncilla.backend.SoftmaxKernels;
import org.oncilla.backend.UpdateKernels;

/**
 * A backend of plain loops on {@code double[]}, synchronous and single-threaded. Tests construct
 * it; it is not registered with ServiceLoader.
 */
public final class ReferenceBackend implements Backend {
  private final ReferenceMemory memory = new ReferenceMemory();
  private final MemoryPool pool;
  private final MatmulKernels matmul = new ReferenceMatmul();
  private final ConvolutionKernels convolution = new ReferenceConvolution();
  private final PoolingKernels pooling = new ReferencePooling();
  private final ElementwiseKernels elementwise = new ReferenceElementwise();
  private final ReductionKernels reduction = new ReferenceReduction();
  private final SoftmaxKernels softmax = new ReferenceSoftmax();
  private final NormalizationKernels normalization = new ReferenceNormalization();
  private final IndexingKernels indexing = new ReferenceIndexing();
  private final RandomKernels random = new ReferenceRandom();
  private final UpdateKernels update = new ReferenceUpdate();

  /** A backend with the default memory budget. */
  public ReferenceBackend() {
    pool = new MemoryPool("reference", memory);
  }

  /**
   * A backend with a memory budget of its own.
   *
   * @param budget largest number of bytes that may be live and pooled together
   */
  public ReferenceBackend(long budget) {
    pool = new MemoryPool("reference", memory, budget);
  }

  @Override
  public String name() {
    return "reference";
  }

  @Override
  public DeviceInfo device() {
    return new DeviceInfo(
        "reference", "CPU", 1, memory.capacityBytes(), "plain Java", "double precision");
  }

  @Override
  public DType floatType() {
    return DType.FLOAT64;
  }

  @Override
  public DeviceMemory memory() {
    return memory;
  }

  @Override
  public MemoryPool pool() {
    return pool;
  }

  @Override
  public MatmulKernels matmul() {
    return matmul;
  }

  @Override
  public ConvolutionKernels convolution() {
    return convolution;
  }

  @Override
  public PoolingKernels pooling() {
    return pooling;
  }

  @Override
  public ElementwiseKernels elementwise() {
    return elementwise;
  }

  @Override
  public ReductionKernels reduction() {
    return reduction;
  }

  @Override
  public SoftmaxKernels softmax() {
    return softmax;
  }

  @Override
  public NormalizationKernels normalization() {
    return normalization;
  }

  @Override
  public IndexingKernels indexing() {
    return indexing;
  }

  @Override
  public RandomKernels random() {
    return random;
  }

  @Override
  public UpdateKernels update() {
    return update;
  }

  @Override
  public void synchronize() {
    // Every kernel has finished when its call returns.
  }

  @Override
  public void close() {
    pool.close();
  }
}
