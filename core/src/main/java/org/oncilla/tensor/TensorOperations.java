package org.oncilla.tensor;

import org.oncilla.backend.BinaryOp;
import org.oncilla.backend.IndexingKernels;
import org.oncilla.backend.ReduceOp;
import org.oncilla.backend.UnaryOp;

/**
 * The operations of {@link Tensor}, each one line: forward and backward of a family are in its
 * {@code …Ops}. Apart from it so that what a tensor is and what it can do are two pages.
 */
abstract sealed class TensorOperations permits Tensor {
  private Tensor self() {
    return (Tensor) this;
  }

  // ---- shape

  /**
   * The same elements under another shape; a view.
   *
   * @param sizes of the axes; one may be −1 and is inferred
   */
  public Tensor reshape(int... sizes) {
    return IndexingOps.reshape(self(), sizes);
  }

  /** The same elements under another shape; a view. */
  public Tensor reshape(Shape target) {
    return IndexingOps.reshape(self(), target.sizes());
  }

  /**
   * The elements {@code from} … {@code to − 1} along an axis: a view for the first axis, a copy for
   * others.
   */
  public Tensor slice(int axis, int from, int to) {
    return IndexingOps.slice(self(), axis, from, to);
  }

  /** A copy with two axes exchanged. */
  public Tensor transpose(int axisA, int axisB) {
    return IndexingOps.transpose(self(), axisA, axisB);
  }

  /** A copy whose axis i is this tensor's axis {@code axes[i]}. */
  public Tensor permute(int... axes) {
    return IndexingOps.permute(self(), axes);
  }

  /** A copy repeated along axes of size 1, and along new leading axes, to a larger shape. */
  public Tensor broadcastTo(Shape target) {
    return IndexingOps.broadcastTo(self(), target);
  }

  /** The tensors one after the other along an axis; their other sizes agree. */
  public static Tensor concat(int axis, Tensor... parts) {
    return IndexingOps.concat(axis, parts);
  }

  /**
   * The rows of a table that these indices name. Its gradient adds up, for each row, the gradients
   * of the elements that named it, in the order of the elements.
   *
   * @param weight the table, [V, D]; this tensor holds INT32, each element in 0 … V−1
   * @return the shape of this tensor with D behind it: [N, T, D] for indices [N, T]
   * @throws IllegalArgumentException if an index is out of range; found without a wait where the
   *     indices came from the host
   */
  public Tensor embedding(Tensor weight) {
    return IndexingOps.embedding(self(), weight, IndexingKernels.NONE);
  }

  /**
   * As {@link #embedding(Tensor)}, but no gradient flows to one row: that of the index which fills
   * short sequences up.
   *
   * @param paddingIndex in 0 … V−1
   */
  public Tensor embedding(Tensor weight, int paddingIndex) {
    return IndexingOps.embedding(self(), weight, paddingIndex);
  }

  /**
   * These labels as indicators: 1 at the label's class, 0 elsewhere.
   *
   * @param classes number of classes C; this tensor holds INT32, each element in 0 … C−1
   * @return values, of the shape of this tensor with C behind it
   * @throws IllegalArgumentException if a label is out of range; found without a wait where the
   *     labels came from the host
   */
  public Tensor oneHot(int classes) {
    return oneHot(classes, 1, 0, IndexingKernels.NONE);
  }

  /**
   * As {@link #oneHot(int)}, with other values and rows that are left out.
   *
   * @param on value at the label's class
   * @param off value elsewhere
   * @param ignoredLabel labels equal to it give rows of zeros; it need not be a class
   */
  public Tensor oneHot(int classes, double on, double off, int ignoredLabel) {
    return IndexingOps.oneHot(self(), classes, ignoredLabel, on, off);
  }

  // ---- element-wise, with broadcasting

  /** this + other. */
  public Tensor add(Tensor other) {
    return ElementwiseOps.binary(BinaryOp.ADD, self(), other);
  }

  /** this − other. */
  public Tensor sub(Tensor other) {
    return ElementwiseOps.binary(BinaryOp.SUBTRACT, self(), other);
  }

  /** this · other, element by element. */
  public Tensor mul(Tensor other) {
    return ElementwiseOps.binary(BinaryOp.MULTIPLY, self(), other);
  }

  /** this / other. */
  public Tensor div(Tensor other) {
    return ElementwiseOps.binary(BinaryOp.DIVIDE, self(), other);
  }

  /** The larger of the two; where they are equal the gradient goes to both in halves. */
  public Tensor maximum(Tensor other) {
    return ElementwiseOps.binary(BinaryOp.MAXIMUM, self(), other);
  }

  /** The smaller of the two; where they are equal the gradient goes to both in halves. */
  public Tensor minimum(Tensor other) {
    return ElementwiseOps.binary(BinaryOp.MINIMUM, self(), other);
  }

  /** 1 where this &gt; other, else 0; no gradient. */
  public Tensor gt(Tensor other) {
    return ElementwiseOps.binary(BinaryOp.GREATER, self(), other);
  }

  /** 1 where this = other, else 0; no gradient. */
  public Tensor eq(Tensor other) {
    return ElementwiseOps.binary(BinaryOp.EQUAL, self(), other);
  }

  /** this + value. */
  public Tensor add(double value) {
    return ElementwiseOps.affine("add", self(), 1, value);
  }

  /** this − value. */
  public Tensor sub(double value) {
    return ElementwiseOps.affine("subtract", self(), 1, -value);
  }

  /** this · value. */
  public Tensor mul(double value) {
    return ElementwiseOps.affine("multiply", self(), value, 0);
  }

  /** this / value. */
  public Tensor div(double value) {
    return ElementwiseOps.affine("divide", self(), 1 / value, 0);
  }

  /** A function of each element, by an op without a parameter. */
  public Tensor map(UnaryOp op) {
    return ElementwiseOps.unary(op, self());
  }

  /**
   * A function of each element.
   *
   * @param alpha of ops that {@linkplain UnaryOp#takesAlpha() have a parameter}; else ignored
   */
  public Tensor map(UnaryOp op, double alpha) {
    return ElementwiseOps.unary(op, alpha, self());
  }

  /** max(x, 0). */
  public Tensor relu() {
    return map(UnaryOp.RELU);
  }

  /** The hyperbolic tangent. */
  public Tensor tanh() {
    return map(UnaryOp.TANH);
  }

  /** 1 / (1 + e<sup>−x</sup>). */
  public Tensor sigmoid() {
    return map(UnaryOp.SIGMOID);
  }

  /** 1 where x &gt; 0, else 0; its gradient is 0. */
  public Tensor step() {
    return map(UnaryOp.STEP);
  }

  /**
   * x where x &gt; 0, else slope·x.
   *
   * @param slope finite and at least 0
   */
  public Tensor leakyRelu(double slope) {
    return map(UnaryOp.LEAKY_RELU, slope);
  }

  /**
   * x where x &gt; 0, else α·(e<sup>x</sup> − 1).
   *
   * @param alpha finite and at least 0
   */
  public Tensor elu(double alpha) {
    return map(UnaryOp.ELU, alpha);
  }

  /** The scaled exponential linear unit, {@link UnaryOp#SELU}. */
  public Tensor selu() {
    return map(UnaryOp.SELU);
  }

  /** x·Φ(x) with the standard normal distribution Φ, {@link UnaryOp#GELU}. */
  public Tensor gelu() {
    return map(UnaryOp.GELU);
  }

  /** x·sigmoid(x). */
  public Tensor silu() {
    return map(UnaryOp.SILU);
  }

  /** ln(1 + e<sup>x</sup>). */
  public Tensor softplus() {
    return map(UnaryOp.SOFTPLUS);
  }

  /** x/6 + 1/2, limited to [0, 1]. */
  public Tensor hardSigmoid() {
    return map(UnaryOp.HARD_SIGMOID);
  }

  /** −x. */
  public Tensor neg() {
    return map(UnaryOp.NEGATE);
  }

  /** e<sup>x</sup>. */
  public Tensor exp() {
    return map(UnaryOp.EXP);
  }

  /** The natural logarithm. */
  public Tensor log() {
    return map(UnaryOp.LOG);
  }

  /** √x. */
  public Tensor sqrt() {
    return map(UnaryOp.SQRT);
  }

  /** x². */
  public Tensor square() {
    return map(UnaryOp.SQUARE);
  }

  /** |x|. */
  public Tensor abs() {
    return map(UnaryOp.ABS);
  }

  // ---- reductions

  /** The sum of the given axes, which disappear; of all where none is given. */
  public Tensor sum(int... axes) {
    return ReductionOps.sum("sum", self(), axes, false, false);
  }

  /** The mean of the given axes, which disappear; of all where none is given. */
  public Tensor mean(int... axes) {
    return ReductionOps.sum("mean", self(), axes, true, false);
  }

  /** As {@link #sum(int...)}, keeping the axes with size 1. */
  public Tensor sumKeepingAxes(int... axes) {
    return ReductionOps.sum("sum", self(), axes, false, true);
  }

  /** As {@link #mean(int...)}, keeping the axes with size 1. */
  public Tensor meanKeepingAxes(int... axes) {
    return ReductionOps.sum("mean", self(), axes, true, true);
  }

  /**
   * The largest element over the given axes, which disappear; over all where none is given. Where
   * several are largest the gradient is spread evenly.
   */
  public Tensor max(int... axes) {
    return ReductionOps.extremum(ReduceOp.MAX, self(), axes);
  }

  /** The smallest element over the given axes; gradients as in {@link #max}. */
  public Tensor min(int... axes) {
    return ReductionOps.extremum(ReduceOp.MIN, self(), axes);
  }

  /** The position of the first largest element along an axis, which disappears; INT32. */
  public Tensor argmax(int axis) {
    return ReductionOps.argmax(self(), axis);
  }

  // ---- softmax

  /** e<sup>x</sup> / Σ e<sup>x</sup> along an axis. */
  public Tensor softmax(int axis) {
    return SoftmaxOps.softmax(self(), axis, false);
  }

  /** ln softmax(x) along an axis, without loss of precision. */
  public Tensor logSoftmax(int axis) {
    return SoftmaxOps.softmax(self(), axis, true);
  }

  /**
   * The cross-entropy −ln softmax(x)[label] of each row of logits.
   *
   * @param labels [N], INT32, each in 0 … C−1, for logits [N, C]
   * @return [N]
   */
  public Tensor crossEntropy(Tensor labels) {
    return SoftmaxOps.crossEntropy(self(), labels);
  }

  // ---- normalization

  /**
   * Batch normalization in training (Ioffe and Szegedy, 2015): (x − mean) / √(variance + ε) ·
   * weight + bias, with the mean and variance of each channel of this batch [N, C, …], which needs
   * more than one value of each channel. Running statistics follow in place: running = (1 −
   * momentum)·running + momentum·statistic, where the variance is the unbiased one.
   *
   * @param weight [C], or null for 1
   * @param bias [C], or null for 0
   * @param runningMean [C], or null together with the next one
   * @param runningVariance [C]
   * @param momentum in [0, 1]
   * @param epsilon above 0
   */
  public Tensor batchNorm(
      Tensor weight,
      Tensor bias,
      Tensor runningMean,
      Tensor runningVariance,
      double momentum,
      double epsilon) {
    return NormalizationOps.batchNorm(
        self(), weight, bias, runningMean, runningVariance, momentum, epsilon);
  }

  /**
   * Batch normalization in evaluation: (x − mean) / √(variance + ε) · weight + bias, with a mean
   * and variance of each channel that are given, through which no gradient flows.
   *
   * @param weight [C], or null for 1
   * @param bias [C], or null for 0
   * @param mean [C]
   * @param variance [C]
   * @param epsilon above 0
   */
  public Tensor batchNormEvaluation(
      Tensor weight, Tensor bias, Tensor mean, Tensor variance, double epsilon) {
    return NormalizationOps.batchNormEvaluation(self(), weight, bias, mean, variance, epsilon);
  }

  /**
   * Group normalization (Wu and He, 2018): (x − mean) / √(variance + ε) · weight + bias, with the
   * mean and variance of each group of neighbouring channels of each sample of [N, C, …].
   *
   * @param groups divides C
   * @param weight [C], or null for 1
   * @param bias [C], or null for 0
   * @param epsilon above 0
   */
  public Tensor groupNorm(int groups, Tensor weight, Tensor bias, double epsilon) {
    return NormalizationOps.groupNorm(self(), groups, weight, bias, epsilon);
  }

  /**
   * Layer normalization (Ba and others, 2016): (x − mean) / √(variance + ε) · weight + bias, with
   * the mean and variance over the last axes.
   *
   * @param normalized sizes of those axes
   * @param weight of these sizes, or null for 1
   * @param bias of these sizes, or null for 0
   * @param epsilon above 0
   */
  public Tensor layerNorm(Shape normalized, Tensor weight, Tensor bias, double epsilon) {
    return NormalizationOps.layerNorm(self(), normalized, weight, bias, epsilon);
  }

  // ---- products and windows

  /** The matrix product; see {@link #matmul(Tensor, boolean, boolean)}. */
  public Tensor matmul(Tensor other) {
    return matmul(other, false, false);
  }

  /**
   * The matrix product op(self())·op(other) over the last two axes. Leading axes are a batch: equal
   * ones multiply pairwise, a matrix of rank 2 is used for the whole batch of the other.
   *
   * @param transposeThis op exchanges the last two axes of this
   * @param transposeOther op exchanges the last two axes of other
   */
  public Tensor matmul(Tensor other, boolean transposeThis, boolean transposeOther) {
    return MatmulOps.matmul(self(), other, transposeThis, transposeOther);
  }

  /**
   * A fully connected layer: activation(x·weightᵀ + bias).
   *
   * @param weight [out, in], for x of shape [N, in]
   * @param bias [out], or null
   * @param activation a {@linkplain UnaryOp#isFusable() fusable} function
   * @return [N, out]
   */
  public Tensor linear(Tensor weight, Tensor bias, UnaryOp activation) {
    return MatmulOps.linear(self(), weight, bias, activation);
  }

  /**
   * Two-dimensional convolution (cross-correlation) of images [N, C, H, W].
   *
   * @param weight [O, C/groups, kH, kW]
   * @param bias [O], or null
   * @param options stride, padding, dilation, groups
   * @param activation a {@linkplain UnaryOp#isFusable() fusable} function
   * @return [N, O, outH, outW]
   */
  public Tensor conv2d(Tensor weight, Tensor bias, Conv2dOptions options, UnaryOp activation) {
    return ConvolutionOps.conv2d(self(), weight, bias, options, activation);
  }

  /** Two-dimensional convolution without an activation. */
  public Tensor conv2d(Tensor weight, Tensor bias, Conv2dOptions options) {
    return conv2d(weight, bias, options, UnaryOp.IDENTITY);
  }

  /**
   * One-dimensional convolution (cross-correlation) of sequences [N, C, L].
   *
   * @param weight [O, C/groups, k]
   * @param bias [O], or null
   * @param options stride, padding, dilation, groups
   * @param activation a {@linkplain UnaryOp#isFusable() fusable} function
   * @return [N, O, outL]
   */
  public Tensor conv1d(Tensor weight, Tensor bias, Conv1dOptions options, UnaryOp activation) {
    return ConvolutionOps.conv1d(self(), weight, bias, options, activation);
  }

  /** One-dimensional convolution without an activation. */
  public Tensor conv1d(Tensor weight, Tensor bias, Conv1dOptions options) {
    return conv1d(weight, bias, options, UnaryOp.IDENTITY);
  }

  /**
   * Two-dimensional transposed convolution of images [N, C, H, W]: each pixel spreads a kernel,
   * scaled by its value, over the output. As a linear function it is the transpose of {@link
   * #conv2d}, the gradient of that one's input.
   *
   * @param weight [C, O/groups, kH, kW]
   * @param bias [O], or null
   * @param options stride, padding, output padding, dilation, groups; they tell the output sizes
   * @param activation a {@linkplain UnaryOp#isFusable() fusable} function
   * @return [N, O, outH, outW]
   */
  public Tensor convTranspose2d(
      Tensor weight, Tensor bias, ConvTranspose2dOptions options, UnaryOp activation) {
    return ConvolutionOps.convTranspose2d(self(), weight, bias, options, activation);
  }

  /** Two-dimensional transposed convolution without an activation. */
  public Tensor convTranspose2d(Tensor weight, Tensor bias, ConvTranspose2dOptions options) {
    return convTranspose2d(weight, bias, options, UnaryOp.IDENTITY);
  }

  /** The largest element of each window of images [N, C, H, W]. */
  public Tensor maxPool2d(Pool2dOptions options) {
    return PoolingOps.max2d(self(), options);
  }

  /** The mean of each window of images [N, C, H, W]. */
  public Tensor avgPool2d(Pool2dOptions options) {
    return PoolingOps.average2d(self(), options);
  }

  /** The largest element of each window of sequences [N, C, L]. */
  public Tensor maxPool1d(Pool1dOptions options) {
    return PoolingOps.max1d(self(), options);
  }

  /** The mean of each window of sequences [N, C, L]. */
  public Tensor avgPool1d(Pool1dOptions options) {
    return PoolingOps.average1d(self(), options);
  }

  /**
   * Means over windows that cut images [N, C, H, W] into a given number of rows and columns. Along
   * an axis of size {@code in}, window i of {@code out} is ⌊i·in/out⌋ … ⌈(i + 1)·in/out⌉ − 1, as in
   * PyTorch; where {@code out} does not divide {@code in}, windows overlap.
   *
   * @param height rows of the result
   * @param width columns of the result
   * @return [N, C, height, width]
   */
  public Tensor adaptiveAvgPool2d(int height, int width) {
    return ResamplingOps.adaptiveAverage2d(self(), height, width);
  }

  /** As {@link #adaptiveAvgPool2d} for sequences: [N, C, L] becomes [N, C, length]. */
  public Tensor adaptiveAvgPool1d(int length) {
    return ResamplingOps.adaptiveAverage1d(self(), length);
  }

  /**
   * Images [N, C, H, W] enlarged by whole factors.
   *
   * @param heightFactor rows of the result for each row, at least 1
   * @param widthFactor columns of the result for each column, at least 1
   * @param mode where the new pixels come from
   * @return [N, C, heightFactor·H, widthFactor·W]
   */
  public Tensor upsample(int heightFactor, int widthFactor, Interpolation mode) {
    return ResamplingOps.upsample(self(), heightFactor, widthFactor, mode);
  }

  /**
   * Surrounds the elements with zeros. A view where there are none.
   *
   * @param widths how many come before and after along the last axis, then along the one before it,
   *     and so on, as in PyTorch: {@code pad(left, right, top, bottom)} for images
   */
  public Tensor pad(int... widths) {
    return ResamplingOps.pad(self(), widths);
  }

  /**
   * Inverted dropout: each element is zeroed with a probability, the others are divided by 1 −
   * probability.
   *
   * @param probability of <em>dropping</em> an element, in [0, 1)
   * @param seed chooses the mask
   * @param stream chooses an independent mask of that seed
   */
  public Tensor dropout(double probability, long seed, long stream) {
    return RandomOps.dropout(self(), probability, seed, stream);
  }

  /** Shape, type and backend; no values, since reading them waits for the device. */
}
