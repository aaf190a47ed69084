package org.oncilla.cpu;

import static org.oncilla.backend.DType.FLOAT32;

import org.oncilla.backend.ArgumentChecks;
import org.oncilla.backend.ConvolutionKernels;
import org.oncilla.backend.ConvolutionShape;
import org.oncilla.backend.Epilogue;
import org.oncilla.backend.Span;
import org.oncilla.backend.UnaryOp;
import org.oncilla.cpu.simd.ReductionOps;

/**
 * Convolutions straight from the images: {@link TapConvolution} for large planes, {@link
 * BatchConvolution} for small ones. A kernel that covers its whole input is a matrix product of the
 * batch with the weights and is computed as one.
 */
final class CpuConvolution implements ConvolutionKernels {
  private final CpuContext context;
  private final Gemm gemm;

  CpuConvolution(CpuContext context, Gemm gemm) {
    this.context = context;
    this.gemm = gemm;
  }

  private static int weightsOfOutput(ConvolutionShape shape) {
    return shape.groupInChannels() * shape.kernelHeight() * shape.kernelWidth();
  }

  @Override
  public void forward(ConvolutionShape shape, Span x, Span w, Span y, Epilogue epilogue) {
    ArgumentChecks.convolution(FLOAT32, shape, x, w, y, epilogue);
    float[] in = CpuBuffer.floats(x);
    float[] weights = CpuBuffer.floats(w);
    float[] out = CpuBuffer.floats(y);
    Finish finish = Finish.of(epilogue);
    if (shape.isMatrixProduct()) {
      gemm.multiply(
          new Gemm.Product(
              shape.batch(),
              shape.outChannels(),
              weightsOfOutput(shape),
              false,
              true,
              in,
              x.offset(),
              weights,
              w.offset(),
              out,
              y.offset()),
          finish);
    } else if (BatchConvolution.suits(context, shape, true)) {
      BatchConvolution.run(
          context, shape, true, in, x.offset(), weights, w.offset(), out, y.offset(), finish);
    } else {
      ConvolutionForward.run(
          context, shape, in, x.offset(), weights, w.offset(), out, y.offset(), finish);
    }
  }

  @Override
  public void backwardInput(ConvolutionShape shape, Span dy, Span w, Span dx, boolean accumulate) {
    ArgumentChecks.convolutionBackwardInput(FLOAT32, shape, dy, w, dx);
    float[] gradient = CpuBuffer.floats(dy);
    float[] weights = CpuBuffer.floats(w);
    float[] result = CpuBuffer.floats(dx);
    if (shape.isMatrixProduct()) {
      gemm.multiply(
          new Gemm.Product(
              shape.batch(),
              weightsOfOutput(shape),
              shape.outChannels(),
              false,
              false,
              gradient,
              dy.offset(),
              weights,
              w.offset(),
              result,
              dx.offset()),
          plain(accumulate));
    } else if (BatchConvolution.suits(context, shape, false)) {
      BatchConvolution.run(
          context,
          shape,
          false,
          gradient,
          dy.offset(),
          weights,
          w.offset(),
          result,
          dx.offset(),
          plain(accumulate));
    } else {
      ConvolutionInputGradient.run(
          context,
          shape,
          gradient,
          dy.offset(),
          weights,
          w.offset(),
          result,
          dx.offset(),
          accumulate);
    }
  }

  private static Finish plain(boolean accumulate) {
    return new Finish(accumulate, null, 0, UnaryOp.IDENTITY);
  }

  @Override
  public void backwardWeight(ConvolutionShape shape, Span x, Span dy, Span dw, boolean accumulate) {
    ArgumentChecks.convolutionBackwardWeight(FLOAT32, shape, x, dy, dw);
    float[] in = CpuBuffer.floats(x);
    float[] gradient = CpuBuffer.floats(dy);
    float[] result = CpuBuffer.floats(dw);
    if (shape.isMatrixProduct()) {
      gemm.multiply(
          new Gemm.Product(
              shape.outChannels(),
              weightsOfOutput(shape),
              shape.batch(),
              true,
              false,
              gradient,
              dy.offset(),
              in,
              x.offset(),
              result,
              dw.offset()),
          plain(accumulate));
    } else {
      ConvolutionWeightGradient.run(
          context, shape, in, x.offset(), gradient, dy.offset(), result, dw.offset(), accumulate);
    }
  }

  @Override
  public void backwardBias(ConvolutionShape shape, Span dy, Span db, boolean accumulate) {
    ArgumentChecks.convolutionBackwardBias(FLOAT32, shape, dy, db);
    float[] gradient = CpuBuffer.floats(dy);
    float[] result = CpuBuffer.floats(db);
    ReductionOps reductions = context.simd().reductions();
    int plane = shape.outHeight() * shape.outWidth();
    context
        .team()
        .run(
            shape.outputLength() > CpuContext.CHUNK,
            shape.outChannels(),
            channel -> {
              double sum = 0;
              for (int image = 0; image < shape.batch(); image++) {
                int from = dy.offset() + (image * shape.outChannels() + channel) * plane;
                sum += plane == 1 ? gradient[from] : reductions.sum(gradient, from, plane);
              }
              int at = db.offset() + channel;
              result[at] = (float) (accumulate ? result[at] + sum : sum);
            });
  }
}
