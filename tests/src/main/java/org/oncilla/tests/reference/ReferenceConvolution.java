package org.oncilla.tests.reference;

import static org.oncilla.tests.reference.ReferenceFunctions.apply;

import org.oncilla.backend.ArgumentChecks;
import org.oncilla.backend.ConvolutionKernels;
import org.oncilla.backend.ConvolutionShape;
import org.oncilla.backend.DType;
import org.oncilla.backend.Epilogue;
import org.oncilla.backend.Span;

/** Convolution and its gradients: one loop over all (output, tap) pairs, used in four ways. */
final class ReferenceConvolution implements ConvolutionKernels {
  /** Is told of every product x·w that goes into an output y. */
  private interface Term {
    void at(int y, int x, int w);
  }

  @Override
  public void forward(ConvolutionShape shape, Span x, Span w, Span y, Epilogue epilogue) {
    ArgumentChecks.convolution(DType.FLOAT64, shape, x, w, y, epilogue);
    Values xs = Values.of(x);
    Values ws = Values.of(w);
    Values ys = Values.of(y);
    Values bias = epilogue.bias() == null ? null : Values.of(epilogue.bias());
    double[] result = new double[shape.outputLength()];
    forEachTerm(shape, (atY, atX, atW) -> result[atY] += xs.get(atX) * ws.get(atW));
    int plane = shape.outHeight() * shape.outWidth();
    for (int i = 0; i < result.length; i++) {
      double before = epilogue.accumulate() ? ys.get(i) : 0;
      double shift = bias == null ? 0 : bias.get(i / plane % shape.outChannels());
      ys.set(i, apply(epilogue.activation(), before + result[i] + shift));
    }
  }

  @Override
  public void backwardInput(ConvolutionShape shape, Span dy, Span w, Span dx, boolean accumulate) {
    ArgumentChecks.convolutionBackwardInput(DType.FLOAT64, shape, dy, w, dx);
    Values dys = Values.of(dy);
    Values ws = Values.of(w);
    Values dxs = Values.of(dx);
    double[] result = new double[shape.inputLength()];
    forEachTerm(shape, (atY, atX, atW) -> result[atX] += dys.get(atY) * ws.get(atW));
    store(result, dxs, accumulate);
  }

  @Override
  public void backwardWeight(ConvolutionShape shape, Span x, Span dy, Span dw, boolean accumulate) {
    ArgumentChecks.convolutionBackwardWeight(DType.FLOAT64, shape, x, dy, dw);
    Values xs = Values.of(x);
    Values dys = Values.of(dy);
    Values dws = Values.of(dw);
    double[] result = new double[shape.weightLength()];
    forEachTerm(shape, (atY, atX, atW) -> result[atW] += dys.get(atY) * xs.get(atX));
    store(result, dws, accumulate);
  }

  @Override
  public void backwardBias(ConvolutionShape shape, Span dy, Span db, boolean accumulate) {
    ArgumentChecks.convolutionBackwardBias(DType.FLOAT64, shape, dy, db);
    Values dys = Values.of(dy);
    Values dbs = Values.of(db);
    double[] result = new double[shape.outChannels()];
    int plane = shape.outHeight() * shape.outWidth();
    for (int i = 0; i < shape.outputLength(); i++) {
      result[i / plane % shape.outChannels()] += dys.get(i);
    }
    store(result, dbs, accumulate);
  }

  private static void store(double[] result, Values out, boolean accumulate) {
    for (int i = 0; i < result.length; i++) {
      out.store(i, result[i], accumulate);
    }
  }

  private static void forEachTerm(ConvolutionShape shape, Term term) {
    int outHeight = shape.outHeight();
    int outWidth = shape.outWidth();
    for (int n = 0; n < shape.batch(); n++) {
      for (int o = 0; o < shape.outChannels(); o++) {
        for (int p = 0; p < outHeight; p++) {
          for (int q = 0; q < outWidth; q++) {
            int atY = ((n * shape.outChannels() + o) * outHeight + p) * outWidth + q;
            forEachTap(shape, n, o, p, q, atY, term);
          }
        }
      }
    }
  }

  private static void forEachTap(
      ConvolutionShape shape, int n, int o, int p, int q, int atY, Term term) {
    int firstChannel = o / shape.groupOutChannels() * shape.groupInChannels();
    for (int c = 0; c < shape.groupInChannels(); c++) {
      for (int i = 0; i < shape.kernelHeight(); i++) {
        int row = p * shape.strideHeight() - shape.padHeight() + i * shape.dilationHeight();
        for (int j = 0; j < shape.kernelWidth(); j++) {
          int column = q * shape.strideWidth() - shape.padWidth() + j * shape.dilationWidth();
          if (row >= 0 && row < shape.inHeight() && column >= 0 && column < shape.inWidth()) {
            int channel = n * shape.inChannels() + firstChannel + c;
            int atX = (channel * shape.inHeight() + row) * shape.inWidth() + column;
            int filter = o * shape.groupInChannels() + c;
            int atW = (filter * shape.kernelHeight() + i) * shape.kernelWidth() + j;
            term.at(atY, atX, atW);
          }
        }
      }
    }
  }
}
