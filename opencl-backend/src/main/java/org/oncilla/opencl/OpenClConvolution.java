package org.oncilla.opencl;

import org.oncilla.backend.ArgumentChecks;
import org.oncilla.backend.ConvolutionKernels;
import org.oncilla.backend.ConvolutionShape;
import org.oncilla.backend.DType;
import org.oncilla.backend.Epilogue;
import org.oncilla.backend.GemmShape;
import org.oncilla.backend.ReduceOp;
import org.oncilla.backend.ReduceShape;
import org.oncilla.backend.Span;

/** Convolutions by convolution.cl, as implicit matrix products; a channel group is a slice. */
final class OpenClConvolution implements ConvolutionKernels {
  private static final String FORWARD = "-DPASS=1 -DSTRIDED=0 -DA_LANES_K=1 -DB_LANES_K=0";
  private static final String BACKWARD_INPUT = "-DPASS=2 -DSTRIDED=0 -DA_LANES_K=1 -DB_LANES_K=0";
  private static final String BACKWARD_INPUT_STRIDED =
      "-DPASS=2 -DSTRIDED=1 -DA_LANES_K=1 -DB_LANES_K=0";
  private static final String BACKWARD_WEIGHT = "-DPASS=3 -DSTRIDED=0 -DA_LANES_K=1 -DB_LANES_K=1";

  private final OpenClRuntime runtime;
  private final OpenClMatmul matmul;
  private final OpenClProduct product;
  private final OpenClReduction reduction;

  OpenClConvolution(OpenClRuntime runtime, OpenClMatmul matmul, OpenClReduction reduction) {
    this.runtime = runtime;
    this.matmul = matmul;
    this.reduction = reduction;
    product = new OpenClProduct(runtime, "convolution");
  }

  @Override
  public void forward(ConvolutionShape s, Span x, Span w, Span y, Epilogue epilogue) {
    String operation = ArgumentChecks.convolution(DType.FLOAT32, s, x, w, y, epilogue);
    if (s.isMatrixProduct()) {
      matmul.gemm(
          GemmShape.of(s.batch(), s.outChannels(), inputs(s), false, true), x, w, y, epilogue);
      return;
    }
    int depth = s.groupInChannels() * area(s);
    OpenClProduct.Sizes sizes =
        new OpenClProduct.Sizes(
            s.groupOutChannels(),
            s.batch() * outPlane(s),
            depth,
            s.groups(),
            depth,
            outPlane(s),
            s.groupOutChannels() * depth,
            s.groupInChannels() * inPlane(s),
            s.groupOutChannels() * outPlane(s),
            s.groupOutChannels(),
            true,
            false);
    int[] geometry =
        geometry(s, outPlane(s), s.outWidth())
            .ints(s.inHeight(), s.inWidth(), inPlane(s), s.inChannels() * inPlane(s))
            .ints(s.outChannels() * outPlane(s), 0)
            .toArray();
    product.run(operation, sizes, FORWARD, geometry, w, x, y, epilogue);
  }

  @Override
  public void backwardInput(ConvolutionShape s, Span dy, Span w, Span dx, boolean accumulate) {
    String operation = ArgumentChecks.convolutionBackwardInput(DType.FLOAT32, s, dy, w, dx);
    if (s.isMatrixProduct()) {
      matmul.gemm(
          GemmShape.of(s.batch(), inputs(s), s.outChannels(), false, false),
          dy,
          w,
          dx,
          Epilogue.accumulate(accumulate));
      return;
    }
    OpenClProduct.Sizes sizes =
        new OpenClProduct.Sizes(
            s.groupInChannels(),
            s.batch() * inPlane(s),
            s.groupOutChannels() * area(s),
            s.groups(),
            area(s),
            inPlane(s),
            s.groupOutChannels() * s.groupInChannels() * area(s),
            s.groupOutChannels() * outPlane(s),
            s.groupInChannels() * inPlane(s),
            0,
            true,
            false);
    int[] geometry =
        geometry(s, inPlane(s), s.inWidth())
            .ints(s.outHeight(), s.outWidth(), outPlane(s), s.outChannels() * outPlane(s))
            .ints(s.inChannels() * inPlane(s), s.groupInChannels() * area(s))
            .toArray();
    boolean strided = s.strideHeight() > 1 || s.strideWidth() > 1;
    product.run(
        operation,
        sizes,
        strided ? BACKWARD_INPUT_STRIDED : BACKWARD_INPUT,
        geometry,
        w,
        dy,
        dx,
        Epilogue.accumulate(accumulate));
  }

  @Override
  public void backwardWeight(ConvolutionShape s, Span x, Span dy, Span dw, boolean accumulate) {
    String operation = ArgumentChecks.convolutionBackwardWeight(DType.FLOAT32, s, x, dy, dw);
    if (s.isMatrixProduct()) {
      matmul.gemm(
          GemmShape.of(s.outChannels(), inputs(s), s.batch(), true, false),
          dy,
          x,
          dw,
          Epilogue.accumulate(accumulate));
      return;
    }
    int columns = s.groupInChannels() * area(s);
    OpenClProduct.Sizes sizes =
        new OpenClProduct.Sizes(
            s.groupOutChannels(),
            columns,
            s.batch() * outPlane(s),
            s.groups(),
            outPlane(s),
            columns,
            s.groupOutChannels() * outPlane(s),
            s.groupInChannels() * inPlane(s),
            s.groupOutChannels() * columns,
            0,
            true,
            true);
    int[] geometry =
        geometry(s, outPlane(s), s.outWidth())
            .ints(s.inHeight(), s.inWidth(), inPlane(s), s.inChannels() * inPlane(s))
            .ints(s.outChannels() * outPlane(s), 0)
            .toArray();
    product.run(
        operation, sizes, BACKWARD_WEIGHT, geometry, dy, x, dw, Epilogue.accumulate(accumulate));
  }

  /** First every plane to one value, then the batch. */
  @Override
  public void backwardBias(ConvolutionShape s, Span dy, Span db, boolean accumulate) {
    String operation = ArgumentChecks.convolutionBackwardBias(DType.FLOAT32, s, dy, db);
    ReduceShape overBatch = new ReduceShape(1, s.batch(), s.outChannels());
    if (outPlane(s) == 1) {
      reduction.reduce(ReduceOp.SUM, overBatch, dy, 1, db, accumulate);
      return;
    }
    int planes = s.batch() * s.outChannels();
    runtime.withScratch(
        operation,
        planes,
        sums -> {
          ReduceShape overPlane = new ReduceShape(planes, outPlane(s), 1);
          reduction.reduce(ReduceOp.SUM, overPlane, dy, 1, sums, false);
          reduction.reduce(ReduceOp.SUM, overBatch, sums, 1, db, accumulate);
        });
  }

  /** The fields of Geometry in front of the image that B reads. */
  private static KernelStruct geometry(ConvolutionShape s, int plane, int rowLength) {
    return new KernelStruct()
        .divisor(area(s))
        .divisor(s.kernelWidth())
        .divisor(plane)
        .divisor(rowLength)
        .divisor(s.strideHeight())
        .divisor(s.strideWidth())
        .ints(s.padHeight(), s.padWidth(), s.dilationHeight(), s.dilationWidth());
  }

  private static int inputs(ConvolutionShape s) {
    return s.inChannels() * inPlane(s);
  }

  private static int area(ConvolutionShape s) {
    return s.kernelHeight() * s.kernelWidth();
  }

  private static int inPlane(ConvolutionShape s) {
    return s.inHeight() * s.inWidth();
  }

  private static int outPlane(ConvolutionShape s) {
    return s.outHeight() * s.outWidth();
  }
}
