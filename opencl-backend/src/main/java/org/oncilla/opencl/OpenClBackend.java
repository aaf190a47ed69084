package org.oncilla.opencl;

import org.oncilla.backend.Backend;
import org.oncilla.backend.ConvolutionKernels;
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
 * Computes on one OpenCL device. Kernels go to an in-order queue and return at once; reads wait.
 * The same calls in the same order give the same bits on the same device and driver.
 */
final class OpenClBackend implements Backend {
  private final OpenClSession session;
  private final OpenClMemory memory;
  private final MemoryPool pool;
  private final OpenClPrograms programs;
  private final OpenClLauncher launcher;
  private final MatmulKernels matmul;
  private final ConvolutionKernels convolution;
  private final PoolingKernels pooling;
  private final ElementwiseKernels elementwise;
  private final ReductionKernels reduction;
  private final SoftmaxKernels softmax;
  private final NormalizationKernels normalization;
  private final IndexingKernels indexing;
  private final RandomKernels random;
  private final UpdateKernels update;

  OpenClBackend(OpenClDevice device) {
    this(device, ProgramCache.ofProperties());
  }

  OpenClBackend(OpenClDevice device, ProgramCache cache) {
    this(device, cache, LaunchProfile.of(device), Integer.MAX_VALUE);
  }

  /** With a profile, and kernels that have room for groups of {@code mostGroup} only, for tests. */
  OpenClBackend(OpenClDevice device, ProgramCache cache, LaunchProfile profile, int mostGroup) {
    session = new OpenClSession(device);
    memory = new OpenClMemory(session);
    pool = new MemoryPool(OpenClBackendProvider.NAME, memory);
    programs = new OpenClPrograms(session, cache, mostGroup);
    launcher = new OpenClLauncher(session);
    OpenClRuntime runtime = new OpenClRuntime(programs, launcher, pool, profile);
    OpenClReduction reductions = new OpenClReduction(runtime);
    OpenClMatmul products = new OpenClMatmul(runtime);
    matmul = products;
    convolution = new OpenClConvolution(runtime, products, reductions);
    pooling = new OpenClPooling(runtime);
    elementwise = new OpenClElementwise(runtime);
    reduction = reductions;
    softmax = new OpenClSoftmax(runtime);
    normalization = new OpenClNormalization(runtime);
    indexing = new OpenClIndexing(runtime);
    random = new OpenClRandom(runtime);
    update = new OpenClUpdate(runtime);
  }

  @Override
  public String name() {
    return OpenClBackendProvider.NAME;
  }

  @Override
  public DeviceInfo device() {
    return session.device().info();
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

  /** What enqueues, for tests. */
  OpenClLauncher launcher() {
    return launcher;
  }

  /** The programs built so far, for tests. */
  OpenClPrograms programs() {
    return programs;
  }

  @Override
  public void synchronize() {
    session.finish();
  }

  @Override
  public void close() {
    // Before the session's lock: whoever holds the pool's lock may be waiting for that one.
    pool.close();
    session.close(
        () -> {
          programs.release();
          memory.release();
        });
  }
}
