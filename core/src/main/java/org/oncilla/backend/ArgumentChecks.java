package org.oncilla.backend;

import java.lang.reflect.Array;
import java.util.Arrays;

/**
 * The checks that every backend makes before it touches memory, one method for each kernel and
 * transfer: what is refused, and in which words, is the same everywhere, and never a crash in
 * native code.
 *
 * <p>{@code values} is the type of a backend's values, {@link Backend#floatType}. Each method
 * returns its operation's name, for the messages of what may fail later. Each throws {@link
 * IllegalArgumentException}, naming the operation, the argument, what it has and what it must have.
 */
public final class ArgumentChecks {
  private ArgumentChecks() {}

  /** {@link DeviceMemory#write}. */
  public static String write(DType type, Object array, int offset, Span to) {
    return transfer("write", type, array, offset, to);
  }

  /** {@link DeviceMemory#read}. */
  public static String read(DType type, Span from, Object array, int offset) {
    return transfer("read", type, array, offset, from);
  }

  private static String transfer(
      String operation, DType type, Object array, int offset, Span span) {
    int count = SpanChecks.requireType(operation, "span", span, type);
    if (array == null) {
      throw new IllegalArgumentException(operation + ": the array is missing");
    }
    int length = Array.getLength(array);
    if (offset < 0 || count > length - offset) {
      throw new IllegalArgumentException(
          operation
              + ": the span has "
              + count
              + " elements, which do not fit an array of "
              + length
              + " from "
              + offset
              + " on");
    }
    return operation;
  }

  /** {@link MatmulKernels#gemm}. */
  public static String gemm(
      DType values, GemmShape shape, Span a, Span b, Span c, Epilogue epilogue) {
    String operation = "gemm";
    int lengthA = batched(shape.batch(), shape.strideA(), shape.m(), shape.k());
    int lengthB = batched(shape.batch(), shape.strideB(), shape.k(), shape.n());
    int lengthC = Math.multiplyExact(Math.multiplyExact(shape.batch(), shape.m()), shape.n());
    SpanChecks.require(operation, "a", a, values, lengthA);
    SpanChecks.require(operation, "b", b, values, lengthB);
    SpanChecks.require(operation, "c", c, values, lengthC);
    bias(operation, epilogue, values, shape.n());
    return operation;
  }

  private static int batched(int batch, int stride, int rows, int columns) {
    int matrix = Math.multiplyExact(rows, columns);
    return Math.addExact(Math.multiplyExact(batch - 1, stride), matrix);
  }

  private static void bias(String operation, Epilogue epilogue, DType values, int length) {
    if (epilogue.bias() != null) {
      SpanChecks.require(operation, "bias", epilogue.bias(), values, length);
    }
  }

  /** {@link ConvolutionKernels#forward}. */
  public static String convolution(
      DType values, ConvolutionShape shape, Span x, Span w, Span y, Epilogue epilogue) {
    String operation = "conv2d";
    SpanChecks.require(operation, "x", x, values, shape.inputLength());
    SpanChecks.require(operation, "w", w, values, shape.weightLength());
    SpanChecks.require(operation, "y", y, values, shape.outputLength());
    bias(operation, epilogue, values, shape.outChannels());
    return operation;
  }

  /** {@link ConvolutionKernels#backwardInput}. */
  public static String convolutionBackwardInput(
      DType values, ConvolutionShape shape, Span dy, Span w, Span dx) {
    String operation = "conv2d backward input";
    SpanChecks.require(operation, "dy", dy, values, shape.outputLength());
    SpanChecks.require(operation, "w", w, values, shape.weightLength());
    SpanChecks.require(operation, "dx", dx, values, shape.inputLength());
    return operation;
  }

  /** {@link ConvolutionKernels#backwardWeight}. */
  public static String convolutionBackwardWeight(
      DType values, ConvolutionShape shape, Span x, Span dy, Span dw) {
    String operation = "conv2d backward weight";
    SpanChecks.require(operation, "x", x, values, shape.inputLength());
    SpanChecks.require(operation, "dy", dy, values, shape.outputLength());
    SpanChecks.require(operation, "dw", dw, values, shape.weightLength());
    return operation;
  }

  /** {@link ConvolutionKernels#backwardBias}. */
  public static String convolutionBackwardBias(
      DType values, ConvolutionShape shape, Span dy, Span db) {
    String operation = "conv2d backward bias";
    SpanChecks.require(operation, "dy", dy, values, shape.outputLength());
    SpanChecks.require(operation, "db", db, values, shape.outChannels());
    return operation;
  }

  /** {@link PoolingKernels#maxForward}; argmax may be null. */
  public static String maxPooling(DType values, PoolingShape shape, Span x, Span y, Span argmax) {
    String operation = "max pooling";
    SpanChecks.require(operation, "x", x, values, shape.inputLength());
    SpanChecks.require(operation, "y", y, values, shape.outputLength());
    if (argmax != null) {
      SpanChecks.require(operation, "argmax", argmax, DType.INT32, shape.outputLength());
    }
    return operation;
  }

  /** {@link PoolingKernels#maxBackward}. */
  public static String maxPoolingBackward(
      DType values, PoolingShape shape, Span dy, Span argmax, Span dx) {
    String operation = "max pooling backward";
    SpanChecks.require(operation, "dy", dy, values, shape.outputLength());
    SpanChecks.require(operation, "argmax", argmax, DType.INT32, shape.outputLength());
    SpanChecks.require(operation, "dx", dx, values, shape.inputLength());
    return operation;
  }

  /** {@link PoolingKernels#averageForward}. */
  public static String averagePooling(DType values, PoolingShape shape, Span x, Span y) {
    String operation = "average pooling";
    SpanChecks.require(operation, "x", x, values, shape.inputLength());
    SpanChecks.require(operation, "y", y, values, shape.outputLength());
    return operation;
  }

  /** {@link PoolingKernels#averageBackward}. */
  public static String averagePoolingBackward(DType values, PoolingShape shape, Span dy, Span dx) {
    String operation = "average pooling backward";
    SpanChecks.require(operation, "dy", dy, values, shape.outputLength());
    SpanChecks.require(operation, "dx", dx, values, shape.inputLength());
    return operation;
  }

  /** {@link ElementwiseKernels#fill}. */
  public static String fill(DType values, Span out) {
    String operation = "fill";
    SpanChecks.requireType(operation, "out", out, values);
    return operation;
  }

  /** {@link ElementwiseKernels#affine}. */
  public static String affine(DType values, Span x, Span out) {
    String operation = "affine";
    int length = SpanChecks.requireType(operation, "out", out, values);
    SpanChecks.require(operation, "x", x, values, length);
    return operation;
  }

  /** {@link ElementwiseKernels#unary}. */
  public static String unary(DType values, UnaryOp op, double alpha, Span x, Span y) {
    String operation = op.toString();
    alpha(operation, op, alpha);
    int length = SpanChecks.requireType(operation, "y", y, values);
    SpanChecks.require(operation, "x", x, values, length);
    return operation;
  }

  /** {@link ElementwiseKernels#unaryBackward}. */
  public static String unaryBackward(
      DType values, UnaryOp op, double alpha, Span saved, Span dy, Span dx) {
    String operation = op + " backward";
    alpha(operation, op, alpha);
    int length = SpanChecks.requireType(operation, "dx", dx, values);
    SpanChecks.require(operation, "saved", saved, values, length);
    SpanChecks.require(operation, "dy", dy, values, length);
    return operation;
  }

  private static void alpha(String operation, UnaryOp op, double alpha) {
    if (op.takesAlpha() && !(alpha >= 0 && alpha < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          operation + ": alpha must be finite and at least 0, not " + alpha);
    }
  }

  /** {@link ElementwiseKernels#binary}. */
  public static String binary(
      DType values, BinaryOp op, BroadcastShape shape, Span a, Span b, Span out) {
    String operation = op.toString();
    SpanChecks.require(operation, "out", out, values, shape.length());
    SpanChecks.requireType(operation, "a", a, values);
    SpanChecks.requireType(operation, "b", b, values);
    SpanChecks.requireStrided(operation, "a", a, 0, shape.sizes(), shape.stridesA());
    SpanChecks.requireStrided(operation, "b", b, 0, shape.sizes(), shape.stridesB());
    return operation;
  }

  /** {@link ReductionKernels#reduce}. */
  public static String reduce(DType values, ReduceOp op, ReduceShape shape, Span x, Span out) {
    String operation = "reduce " + op;
    SpanChecks.require(operation, "x", x, values, shape.inputLength());
    SpanChecks.require(operation, "out", out, values, shape.outputLength());
    return operation;
  }

  /** {@link ReductionKernels#argmax}. */
  public static String argmax(DType values, ReduceShape shape, Span x, Span out) {
    String operation = "argmax";
    SpanChecks.require(operation, "x", x, values, shape.inputLength());
    SpanChecks.require(operation, "out", out, DType.INT32, shape.outputLength());
    return operation;
  }

  /** {@link SoftmaxKernels#forward}. */
  public static String softmax(DType values, ReduceShape shape, boolean log, Span x, Span y) {
    String operation = softmaxName(log);
    SpanChecks.require(operation, "x", x, values, shape.inputLength());
    SpanChecks.require(operation, "y", y, values, shape.inputLength());
    return operation;
  }

  /** {@link SoftmaxKernels#backward}. */
  public static String softmaxBackward(
      DType values, ReduceShape shape, boolean log, Span y, Span dy, Span dx) {
    String operation = softmaxName(log) + " backward";
    SpanChecks.require(operation, "y", y, values, shape.inputLength());
    SpanChecks.require(operation, "dy", dy, values, shape.inputLength());
    SpanChecks.require(operation, "dx", dx, values, shape.inputLength());
    return operation;
  }

  private static String softmaxName(boolean log) {
    return log ? "log-softmax" : "softmax";
  }

  /** {@link SoftmaxKernels#crossEntropy}. */
  public static String crossEntropy(
      DType values, int rows, int classes, Span logits, Span labels, Span losses, Span logSumExp) {
    String operation = "cross-entropy";
    SpanChecks.require(operation, "logits", logits, values, matrix(operation, rows, classes));
    SpanChecks.require(operation, "labels", labels, DType.INT32, rows);
    SpanChecks.require(operation, "losses", losses, values, rows);
    SpanChecks.require(operation, "logSumExp", logSumExp, values, rows);
    return operation;
  }

  /** {@link SoftmaxKernels#crossEntropyBackward}. */
  public static String crossEntropyBackward(
      DType values,
      int rows,
      int classes,
      Span logits,
      Span labels,
      Span logSumExp,
      Span dLosses,
      Span dLogits) {
    String operation = "cross-entropy backward";
    int length = matrix(operation, rows, classes);
    SpanChecks.require(operation, "logits", logits, values, length);
    SpanChecks.require(operation, "labels", labels, DType.INT32, rows);
    SpanChecks.require(operation, "logSumExp", logSumExp, values, rows);
    SpanChecks.require(operation, "dLosses", dLosses, values, rows);
    SpanChecks.require(operation, "dLogits", dLogits, values, length);
    return operation;
  }

  private static int matrix(String operation, int rows, int classes) {
    if (rows < 1 || classes < 1) {
      throw new IllegalArgumentException(
          operation + ": rows and classes must be positive, not " + rows + "x" + classes);
    }
    return Math.multiplyExact(rows, classes);
  }

  /** {@link IndexingKernels#copy}. */
  public static String copy(CopyShape shape, Span source, Span target, boolean accumulate) {
    String operation = "copy";
    DType type = SpanChecks.requirePresent(operation, "source", source).type();
    SpanChecks.requireType(operation, "target", target, type);
    if (accumulate && !type.isFloating()) {
      throw new IllegalArgumentException(operation + ": only values can be added, not " + type);
    }
    for (int size : shape.sizes()) {
      if (size < 1) {
        throw new IllegalArgumentException(
            operation + ": sizes must be positive, but are " + Arrays.toString(shape.sizes()));
      }
    }
    SpanChecks.requireStrided(
        operation, "source", source, shape.sourceOffset(), shape.sizes(), shape.sourceStrides());
    SpanChecks.requireStrided(
        operation, "target", target, shape.targetOffset(), shape.sizes(), shape.targetStrides());
    return operation;
  }

  /** {@link IndexingKernels#gather}. */
  public static String gather(DType values, TableShape shape, Span table, Span indices, Span out) {
    String operation = "gather";
    SpanChecks.require(operation, "table", table, values, shape.tableLength());
    SpanChecks.require(operation, "indices", indices, DType.INT32, shape.count());
    SpanChecks.require(operation, "out", out, values, shape.selectedLength());
    return operation;
  }

  /** {@link IndexingKernels#scatterAdd}. */
  public static String scatterAdd(
      DType values, TableShape shape, Span indices, Span dy, Span dTable) {
    String operation = "scatter-add";
    SpanChecks.require(operation, "indices", indices, DType.INT32, shape.count());
    SpanChecks.require(operation, "dy", dy, values, shape.selectedLength());
    SpanChecks.require(operation, "dTable", dTable, values, shape.tableLength());
    return operation;
  }

  /** {@link IndexingKernels#oneHot}. */
  public static String oneHot(DType values, int rows, int classes, Span labels, Span out) {
    String operation = "one-hot";
    int length = matrix(operation, rows, classes);
    SpanChecks.require(operation, "labels", labels, DType.INT32, rows);
    SpanChecks.require(operation, "out", out, values, length);
    return operation;
  }

  /** {@link RandomKernels#uniform}. */
  public static String uniform(DType values, Span out) {
    String operation = "uniform";
    SpanChecks.requireType(operation, "out", out, values);
    return operation;
  }

  /** {@link RandomKernels#dropout}. */
  public static String dropout(DType values, double probability, Span x, Span out) {
    String operation = "dropout";
    if (!(probability >= 0 && probability < 1)) {
      throw new IllegalArgumentException(
          operation + ": probability " + probability + " of dropping an element must be in [0, 1)");
    }
    int length = SpanChecks.requireType(operation, "out", out, values);
    SpanChecks.require(operation, "x", x, values, length);
    return operation;
  }

  /** {@link UpdateKernels#sgd}; the velocity is needed only with momentum. */
  public static String sgd(
      DType values, UpdateKernels.Sgd options, Span parameters, Span gradients, Span velocity) {
    String operation = "sgd";
    int length = updated(operation, values, parameters, gradients);
    requireWhere(options.momentum() != 0, operation, "velocity", velocity, values, length);
    return operation;
  }

  /** {@link UpdateKernels#rmsProp}; velocity and average are needed only where they are used. */
  public static String rmsProp(
      DType values,
      UpdateKernels.RmsProp options,
      Span parameters,
      Span gradients,
      Span squareAverage,
      Span velocity,
      Span average) {
    String operation = "rmsprop";
    int length = updated(operation, values, parameters, gradients);
    SpanChecks.require(operation, "squareAverage", squareAverage, values, length);
    requireWhere(options.momentum() != 0, operation, "velocity", velocity, values, length);
    requireWhere(options.centered(), operation, "average", average, values, length);
    return operation;
  }

  /** {@link UpdateKernels#adagrad}. */
  public static String adagrad(DType values, Span parameters, Span gradients, Span squareSum) {
    String operation = "adagrad";
    int length = updated(operation, values, parameters, gradients);
    SpanChecks.require(operation, "squareSum", squareSum, values, length);
    return operation;
  }

  /** {@link UpdateKernels#adadelta}. */
  public static String adadelta(
      DType values, Span parameters, Span gradients, Span squareAverage, Span deltaAverage) {
    String operation = "adadelta";
    int length = updated(operation, values, parameters, gradients);
    SpanChecks.require(operation, "squareAverage", squareAverage, values, length);
    SpanChecks.require(operation, "deltaAverage", deltaAverage, values, length);
    return operation;
  }

  /** {@link UpdateKernels#adam}; the largest second moment is needed only with AMSGrad. */
  public static String adam(
      DType values,
      UpdateKernels.Adam options,
      Span parameters,
      Span gradients,
      Span firstMoment,
      Span secondMoment,
      Span largestSecondMoment) {
    String operation = "adam";
    int length = updated(operation, values, parameters, gradients);
    SpanChecks.require(operation, "firstMoment", firstMoment, values, length);
    SpanChecks.require(operation, "secondMoment", secondMoment, values, length);
    requireWhere(
        options.amsgrad(), operation, "largestSecondMoment", largestSecondMoment, values, length);
    return operation;
  }

  /** {@link UpdateKernels#nadam}. */
  public static String nadam(
      DType values, Span parameters, Span gradients, Span firstMoment, Span secondMoment) {
    String operation = "nadam";
    int length = updated(operation, values, parameters, gradients);
    SpanChecks.require(operation, "firstMoment", firstMoment, values, length);
    SpanChecks.require(operation, "secondMoment", secondMoment, values, length);
    return operation;
  }

  /** {@link UpdateKernels#lion}. */
  public static String lion(DType values, Span parameters, Span gradients, Span firstMoment) {
    String operation = "lion";
    int length = updated(operation, values, parameters, gradients);
    SpanChecks.require(operation, "firstMoment", firstMoment, values, length);
    return operation;
  }

  /** What every optimizer's step has; returns the number of parameters. */
  private static int updated(String operation, DType values, Span parameters, Span gradients) {
    int length = SpanChecks.requireType(operation, "parameters", parameters, values);
    SpanChecks.require(operation, "gradients", gradients, values, length);
    return length;
  }

  private static void requireWhere(
      boolean isUsed, String operation, String argument, Span span, DType values, int length) {
    if (isUsed) {
      SpanChecks.require(operation, argument, span, values, length);
    }
  }
}
