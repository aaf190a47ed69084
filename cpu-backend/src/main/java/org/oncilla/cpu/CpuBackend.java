package org.oncilla.cpu;

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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Computes on the processor, with the Vector API where the JVM has it. Kernels are synchronous:
 * they have finished when they return.
 */
final class CpuBackend implements Backend {
  private static final Logger LOG = LoggerFactory.getLogger(CpuBackend.class);

  private final DeviceInfo device;
  private final CpuMemory memory = new CpuMemory();
  private final MemoryPool pool = new MemoryPool(CpuBackendProvider.NAME, memory);
  private final ThreadTeam team;
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

  CpuBackend(CpuSettings settings) {
    SimdSelection selection = SimdSelection.choose(settings.vector());
    device = describe(settings, selection);
    LOG.info("cpu: {} threads, {}", settings.threads(), selection.reason());
    team = new ThreadTeam(settings.threads());
    CpuContext context = new CpuContext(selection.simd(), team, new Scratch());
    Gemm gemm = new Gemm(context);
    matmul = new CpuMatmul(gemm);
    convolution = new CpuConvolution(context, gemm);
    pooling = new CpuPooling(context);
    elementwise = new CpuElementwise(context);
    reduction = new CpuReduction(context);
    softmax = new CpuSoftmax(context);
    normalization = new CpuNormalization(context);
    indexing = new CpuIndexing(context);
    random = new CpuRandom(context);
    update = new CpuUpdate(context);
  }

  static DeviceInfo describe(CpuSettings settings, SimdSelection selection) {
    return new DeviceInfo(
        ProcessorName.get(),
        "CPU",
        Runtime.getRuntime().availableProcessors(),
        Runtime.getRuntime().maxMemory(),
        System.getProperty("java.vm.name") + " " + System.getProperty("java.runtime.version"),
        settings.threads() + " threads, " + selection.reason());
  }

  @Override
  public String name() {
    return CpuBackendProvider.NAME;
  }

  @Override
  public DeviceInfo device() {
    return device;
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
    // Kernels have finished when they return.
  }

  @Override
  public void close() {
    team.close();
    pool.close();
  }
}
