package org.oncilla.tensor;

import org.oncilla.backend.Backend;
import org.oncilla.backend.Backends;
import org.oncilla.backend.BinaryOp;
import org.oncilla.backend.DType;
import org.oncilla.backend.IndexingKernels;
import org.oncilla.backend.ReduceOp;
import org.oncilla.backend.Span;
import org.oncilla.backend.UnaryOp;

/**
 * An array of values on a backend's device: dense, row-major, images as [N, C, H, W].
 *
 * <p>Operations return new tensors and run on the device of their operands, possibly
 * asynchronously; reading values on the host waits for them. Operations on tensors that {@linkplain
 * #requiresGrad() require a gradient} are recorded, and {@link #backward()} computes the gradients
 * of the leaves.
 *
 * <p>Memory is freed by {@link #close} or by the innermost {@link Scope} that was open when the
 * tensor was made. Views share memory, which is freed with the last of them. A tensor is confined
 * to one thread at a time.
 *
 * <p>Shapes that do not fit an operation are an {@link IllegalArgumentException} that names the
 * operation and the shapes; a tensor used after it was closed is an {@link IllegalStateException}.
 */
public final class Tensor implements AutoCloseable {
  private final Backend backend;
  private final Shape shape;
  private final Handle handle;
  private final Span span;
  private Scope scope;
  private Node node;
  private GradientSlot leafSlot;
  private LabelRange labels;

  private Tensor(Backend backend, Shape shape, Storage storage, int offset) {
    this.backend = backend;
    this.shape = shape;
    this.handle = new Handle(storage);
    this.span = new Span(storage.buffer(), offset, shape.length());
    moveTo(Scope.current());
  }

  // ---- creation

  static Tensor allocate(Backend backend, DType type, Shape shape, String owner) {
    return new Tensor(backend, shape, new Storage(backend, type, shape.length(), owner), 0);
  }

  /**
   * A tensor of undefined contents, for a kernel to write.
   *
   * @param owner what it is for, named when memory runs out
   */
  public static Tensor empty(Backend backend, Shape shape, String owner) {
    return allocate(backend, backend.floatType(), shape, owner);
  }

  /**
   * A tensor of the given values on the default backend.
   *
   * @param values row-major
   * @param sizes of the axes; none makes a scalar
   */
  public static Tensor of(float[] values, int... sizes) {
    return of(Backends.get(), values, Shape.of(sizes));
  }

  /** A tensor of the given values, row-major. */
  public static Tensor of(Backend backend, float[] values, Shape shape) {
    requireLength(values.length, shape);
    return create(
        backend, backend.floatType(), shape, span -> backend.memory().write(values, 0, span));
  }

  /** A tensor of the given values, rounded where the backend computes in single precision. */
  public static Tensor of(Backend backend, double[] values, Shape shape) {
    requireLength(values.length, shape);
    return create(
        backend, backend.floatType(), shape, span -> backend.memory().write(values, 0, span));
  }

  /** A tensor of indices or class labels. */
  public static Tensor ofInts(Backend backend, int[] values, Shape shape) {
    requireLength(values.length, shape);
    Tensor made =
        create(backend, DType.INT32, shape, span -> backend.memory().write(values, 0, span));
    made.labels = LabelRange.of(values);
    return made;
  }

  /** A tensor of zeros. */
  public static Tensor zeros(Backend backend, Shape shape) {
    return full(backend, shape, 0);
  }

  /**
   * A tensor of zeros.
   *
   * @param owner what it is for, named when memory runs out
   */
  public static Tensor zeros(Backend backend, Shape shape, String owner) {
    return create(
        backend, backend.floatType(), shape, owner, span -> backend.elementwise().fill(span, 0));
  }

  /** A tensor of one value. */
  public static Tensor full(Backend backend, Shape shape, double value) {
    return create(
        backend, backend.floatType(), shape, span -> backend.elementwise().fill(span, value));
  }

  /**
   * Uniform values in [low, high), the same for a seed and stream on every backend.
   *
   * @param seed chooses the sequence
   * @param stream chooses an independent sequence of that seed
   */
  public static Tensor uniform(
      Backend backend, Shape shape, long seed, long stream, float low, float high) {
    return create(
        backend,
        backend.floatType(),
        shape,
        span -> backend.random().uniform(seed, stream, low, high, span));
  }

  private static void requireLength(int values, Shape shape) {
    if (values != shape.length()) {
      throw new IllegalArgumentException(
          "a tensor of shape " + shape + " needs " + shape.length() + " values, not " + values);
    }
  }

  /** Allocates a tensor and has a kernel write it; frees it again if the kernel fails. */
  static Tensor create(Backend backend, DType type, Shape shape, Kernel kernel) {
    return create(backend, type, shape, "a tensor of shape " + shape, kernel);
  }

  static Tensor create(Backend backend, DType type, Shape shape, String owner, Kernel kernel) {
    Tensor made = allocate(backend, type, shape, owner);
    try {
      kernel.write(made.span);
      return made;
    } catch (RuntimeException | Error failure) {
      made.close();
      throw failure;
    }
  }

  /** Writes the elements of a new tensor. */
  @FunctionalInterface
  interface Kernel {
    void write(Span span);
  }

  // ---- what it is

  /** The backend whose device holds this tensor. */
  public Backend backend() {
    return backend;
  }

  /** The sizes of the axes. */
  public Shape shape() {
    return shape;
  }

  /** The element type. */
  public DType type() {
    return span.type();
  }

  /**
   * The memory, for kernels.
   *
   * @throws IllegalStateException if this tensor was closed
   */
  public Span span() {
    requireOpen("reading it");
    return span;
  }

  void requireOpen(String operation) {
    if (handle.isReleased()) {
      throw new IllegalStateException(
          operation
              + ": this tensor of shape "
              + shape
              + " was closed, by close() or by the end of its Scope; use Scope.keep for results"
              + " that outlive a scope");
    }
  }

  // ---- memory

  /** Frees this tensor's hold on its memory; a second call does nothing. */
  @Override
  public void close() {
    handle.release();
    if (leafSlot != null) {
      leafSlot.close();
    }
  }

  /** Whether this tensor was closed. */
  public boolean isClosed() {
    return handle.isReleased();
  }

  Scope scope() {
    return scope;
  }

  void moveTo(Scope target) {
    scope = target;
    if (target == null) {
      handle.guard(this);
    } else {
      target.add(this);
    }
  }

  boolean isShared() {
    return handle.storage().isShared();
  }

  /** A view of the same elements that is no part of any recorded graph. */
  Tensor alias(Shape viewed) {
    return view(viewed, 0);
  }

  Tensor view(Shape viewed, int from) {
    requireOpen("a view");
    Tensor view = new Tensor(backend, viewed, handle.storage().retain(), span.offset() + from);
    view.labels = labels;
    return view;
  }

  // ---- host transfer

  /** Waits, then copies the values to the host, row-major. */
  public float[] toFloatArray() {
    float[] values = new float[shape.length()];
    backend.memory().read(Operands.values("toFloatArray", this).span(), values, 0);
    return values;
  }

  /** Waits, then copies the values to the host in double precision, row-major. */
  public double[] toDoubleArray() {
    double[] values = new double[shape.length()];
    backend.memory().read(Operands.values("toDoubleArray", this).span(), values, 0);
    return values;
  }

  /** Waits, then copies indices to the host, row-major. */
  public int[] toIntArray() {
    int[] values = new int[shape.length()];
    backend.memory().read(Operands.indices("toIntArray", this).span(), values, 0);
    return values;
  }

  /**
   * Waits, then returns the only value.
   *
   * @throws IllegalArgumentException if there are several
   */
  public double item() {
    Operands.values("item", this);
    if (shape.length() != 1) {
      throw new IllegalArgumentException(
          "item: a tensor of shape " + shape + " holds " + shape.length() + " values, not one");
    }
    return toDoubleArray()[0];
  }

  /** Overwrites the values; for parameters and inputs, outside of any recorded graph. */
  public void copyFrom(float[] values) {
    Operands.values("copyFrom", this);
    requireLength(values.length, shape);
    backend.memory().write(values, 0, span);
    markWritten();
  }

  /** As {@link #copyFrom(float[])}, rounding where the backend computes in single precision. */
  public void copyFrom(double[] values) {
    Operands.values("copyFrom", this);
    requireLength(values.length, shape);
    backend.memory().write(values, 0, span);
    markWritten();
  }

  /**
   * Tells that a kernel wrote this tensor's memory in place, as an optimizer does to weights: a
   * backward that still needs the values of before then fails instead of being wrong.
   */
  public void markWritten() {
    handle.storage().written();
  }

  int version() {
    return handle.storage().version();
  }

  /** The range of labels known on the host; null for values. */
  LabelRange labels() {
    return labels;
  }

  void setLabels(LabelRange range) {
    labels = range;
  }

  // ---- gradients

  /** Whether gradients flow to this tensor. */
  public boolean requiresGrad() {
    return node != null || leafSlot != null;
  }

  /**
   * Makes this tensor a leaf whose gradient {@link #backward()} computes.
   *
   * @return this tensor
   * @throws IllegalStateException if it is the result of a recorded operation
   */
  public Tensor requireGrad() {
    Operands.values("requireGrad", this);
    if (node != null) {
      throw new IllegalStateException(
          "requireGrad: this tensor of shape " + shape + " is a result; detach() it first");
    }
    if (leafSlot == null) {
      leafSlot = new GradientSlot(backend, shape, true);
    }
    return this;
  }

  /**
   * Makes this tensor a leaf whose gradients are added to a tensor that is already there, such as a
   * slice of an arena; it is closed with this one.
   *
   * @param target of the same shape
   * @return this tensor
   */
  public Tensor requireGrad(Tensor target) {
    Operands.same("requireGrad", this, target);
    if (!target.shape.equals(shape)) {
      throw new IllegalArgumentException(
          "requireGrad: a gradient of shape " + target.shape + " for a tensor of shape " + shape);
    }
    requireGrad();
    leafSlot.bind(target);
    return this;
  }

  /** The gradient that backward gathered for this leaf; null before the first backward. */
  public Tensor gradient() {
    return leafSlot == null ? null : leafSlot.gradient();
  }

  /** Sets the gradient of this leaf to zeros, where there is one. */
  public void zeroGrad() {
    if (gradient() != null) {
      backend.elementwise().fill(gradient().span(), 0);
    }
  }

  Node node() {
    return node;
  }

  GradientSlot gradientSlot() {
    return node != null ? node.slot() : leafSlot;
  }

  void producedBy(Node producer) {
    node = producer;
  }

  /**
   * Computes the gradient of this scalar with respect to every leaf it depends on, and adds it to
   * the leaf's {@link #gradient()}. Frees what forward saved, so it runs once for each forward.
   */
  public void backward() {
    if (shape.length() != 1) {
      throw new IllegalArgumentException(
          "backward: a result of shape "
              + shape
              + " needs a gradient to start from; reduce it to"
              + " a scalar by sum() or mean(), or call backward(gradient)");
    }
    try (Tensor one = full(backend, shape, 1)) {
      backward(one);
    }
  }

  /**
   * As {@link #backward()}, from a given gradient of this tensor.
   *
   * @param gradient of the shape of this tensor
   */
  public void backward(Tensor gradient) {
    Operands.same("backward", this, gradient);
    if (node == null) {
      throw new IllegalStateException(
          "backward: this tensor of shape "
              + shape
              + " is no result of operations on tensors that"
              + " require a gradient (call requireGrad() on the leaves, outside of NoGrad)");
    }
    if (!gradient.shape.equals(shape)) {
      throw new IllegalArgumentException(
          "backward: a gradient of shape " + gradient.shape + " for a result of shape " + shape);
    }
    Autograd.run(node, gradient);
  }

  /** The same values without a history: gradients do not flow through. Shares memory. */
  public Tensor detach() {
    requireOpen("detach");
    return alias(shape);
  }

  // ---- shape

  /**
   * The same elements under another shape; a view.
   *
   * @param sizes of the axes; one may be −1 and is inferred
   */
  public Tensor reshape(int... sizes) {
    return IndexingOps.reshape(this, sizes);
  }

  /** The same elements under another shape; a view. */
  public Tensor reshape(Shape target) {
    return IndexingOps.reshape(this, target.sizes());
  }

  /**
   * The elements {@code from} … {@code to − 1} along an axis: a view for the first axis, a copy for
   * others.
   */
  public Tensor slice(int axis, int from, int to) {
    return IndexingOps.slice(this, axis, from, to);
  }

  /** A copy with two axes exchanged. */
  public Tensor transpose(int axisA, int axisB) {
    return IndexingOps.transpose(this, axisA, axisB);
  }

  /** A copy whose axis i is this tensor's axis {@code axes[i]}. */
  public Tensor permute(int... axes) {
    return IndexingOps.permute(this, axes);
  }

  /** A copy repeated along axes of size 1, and along new leading axes, to a larger shape. */
  public Tensor broadcastTo(Shape target) {
    return IndexingOps.broadcastTo(this, target);
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
    return IndexingOps.embedding(this, weight, IndexingKernels.NONE);
  }

  /**
   * As {@link #embedding(Tensor)}, but no gradient flows to one row: that of the index which fills
   * short sequences up.
   *
   * @param paddingIndex in 0 … V−1
   */
  public Tensor embedding(Tensor weight, int paddingIndex) {
    return IndexingOps.embedding(this, weight, paddingIndex);
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
    return IndexingOps.oneHot(this, classes, ignoredLabel, on, off);
  }

  // ---- element-wise, with broadcasting

  /** this + other. */
  public Tensor add(Tensor other) {
    return ElementwiseOps.binary(BinaryOp.ADD, this, other);
  }

  /** this − other. */
  public Tensor sub(Tensor other) {
    return ElementwiseOps.binary(BinaryOp.SUBTRACT, this, other);
  }

  /** this · other, element by element. */
  public Tensor mul(Tensor other) {
    return ElementwiseOps.binary(BinaryOp.MULTIPLY, this, other);
  }

  /** this / other. */
  public Tensor div(Tensor other) {
    return ElementwiseOps.binary(BinaryOp.DIVIDE, this, other);
  }

  /** The larger of the two; where they are equal the gradient goes to both in halves. */
  public Tensor maximum(Tensor other) {
    return ElementwiseOps.binary(BinaryOp.MAXIMUM, this, other);
  }

  /** The smaller of the two; where they are equal the gradient goes to both in halves. */
  public Tensor minimum(Tensor other) {
    return ElementwiseOps.binary(BinaryOp.MINIMUM, this, other);
  }

  /** 1 where this &gt; other, else 0; no gradient. */
  public Tensor gt(Tensor other) {
    return ElementwiseOps.binary(BinaryOp.GREATER, this, other);
  }

  /** 1 where this = other, else 0; no gradient. */
  public Tensor eq(Tensor other) {
    return ElementwiseOps.binary(BinaryOp.EQUAL, this, other);
  }

  /** this + value. */
  public Tensor add(double value) {
    return ElementwiseOps.affine("add", this, 1, value);
  }

  /** this − value. */
  public Tensor sub(double value) {
    return ElementwiseOps.affine("subtract", this, 1, -value);
  }

  /** this · value. */
  public Tensor mul(double value) {
    return ElementwiseOps.affine("multiply", this, value, 0);
  }

  /** this / value. */
  public Tensor div(double value) {
    return ElementwiseOps.affine("divide", this, 1 / value, 0);
  }

  /** A function of each element, by an op without a parameter. */
  public Tensor map(UnaryOp op) {
    return ElementwiseOps.unary(op, this);
  }

  /**
   * A function of each element.
   *
   * @param alpha of ops that {@linkplain UnaryOp#takesAlpha() have a parameter}; else ignored
   */
  public Tensor map(UnaryOp op, double alpha) {
    return ElementwiseOps.unary(op, alpha, this);
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
    return ReductionOps.sum("sum", this, axes, false, false);
  }

  /** The mean of the given axes, which disappear; of all where none is given. */
  public Tensor mean(int... axes) {
    return ReductionOps.sum("mean", this, axes, true, false);
  }

  /** As {@link #sum(int...)}, keeping the axes with size 1. */
  public Tensor sumKeepingAxes(int... axes) {
    return ReductionOps.sum("sum", this, axes, false, true);
  }

  /** As {@link #mean(int...)}, keeping the axes with size 1. */
  public Tensor meanKeepingAxes(int... axes) {
    return ReductionOps.sum("mean", this, axes, true, true);
  }

  /**
   * The largest element over the given axes, which disappear; over all where none is given. Where
   * several are largest the gradient is spread evenly.
   */
  public Tensor max(int... axes) {
    return ReductionOps.extremum(ReduceOp.MAX, this, axes);
  }

  /** The smallest element over the given axes; gradients as in {@link #max}. */
  public Tensor min(int... axes) {
    return ReductionOps.extremum(ReduceOp.MIN, this, axes);
  }

  /** The position of the first largest element along an axis, which disappears; INT32. */
  public Tensor argmax(int axis) {
    return ReductionOps.argmax(this, axis);
  }

  // ---- softmax

  /** e<sup>x</sup> / Σ e<sup>x</sup> along an axis. */
  public Tensor softmax(int axis) {
    return SoftmaxOps.softmax(this, axis, false);
  }

  /** ln softmax(x) along an axis, without loss of precision. */
  public Tensor logSoftmax(int axis) {
    return SoftmaxOps.softmax(this, axis, true);
  }

  /**
   * The cross-entropy −ln softmax(x)[label] of each row of logits.
   *
   * @param labels [N], INT32, each in 0 … C−1, for logits [N, C]
   * @return [N]
   */
  public Tensor crossEntropy(Tensor labels) {
    return SoftmaxOps.crossEntropy(this, labels);
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
        this, weight, bias, runningMean, runningVariance, momentum, epsilon);
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
    return NormalizationOps.batchNormEvaluation(this, weight, bias, mean, variance, epsilon);
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
    return NormalizationOps.groupNorm(this, groups, weight, bias, epsilon);
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
    return NormalizationOps.layerNorm(this, normalized, weight, bias, epsilon);
  }

  // ---- products and windows

  /** The matrix product; see {@link #matmul(Tensor, boolean, boolean)}. */
  public Tensor matmul(Tensor other) {
    return matmul(other, false, false);
  }

  /**
   * The matrix product op(this)·op(other) over the last two axes. Leading axes are a batch: equal
   * ones multiply pairwise, a matrix of rank 2 is used for the whole batch of the other.
   *
   * @param transposeThis op exchanges the last two axes of this
   * @param transposeOther op exchanges the last two axes of other
   */
  public Tensor matmul(Tensor other, boolean transposeThis, boolean transposeOther) {
    return MatmulOps.matmul(this, other, transposeThis, transposeOther);
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
    return MatmulOps.linear(this, weight, bias, activation);
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
    return ConvolutionOps.conv2d(this, weight, bias, options, activation);
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
    return ConvolutionOps.conv1d(this, weight, bias, options, activation);
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
    return ConvolutionOps.convTranspose2d(this, weight, bias, options, activation);
  }

  /** Two-dimensional transposed convolution without an activation. */
  public Tensor convTranspose2d(Tensor weight, Tensor bias, ConvTranspose2dOptions options) {
    return convTranspose2d(weight, bias, options, UnaryOp.IDENTITY);
  }

  /** The largest element of each window of images [N, C, H, W]. */
  public Tensor maxPool2d(Pool2dOptions options) {
    return PoolingOps.max2d(this, options);
  }

  /** The mean of each window of images [N, C, H, W]. */
  public Tensor avgPool2d(Pool2dOptions options) {
    return PoolingOps.average2d(this, options);
  }

  /** The largest element of each window of sequences [N, C, L]. */
  public Tensor maxPool1d(Pool1dOptions options) {
    return PoolingOps.max1d(this, options);
  }

  /** The mean of each window of sequences [N, C, L]. */
  public Tensor avgPool1d(Pool1dOptions options) {
    return PoolingOps.average1d(this, options);
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
    return ResamplingOps.adaptiveAverage2d(this, height, width);
  }

  /** As {@link #adaptiveAvgPool2d} for sequences: [N, C, L] becomes [N, C, length]. */
  public Tensor adaptiveAvgPool1d(int length) {
    return ResamplingOps.adaptiveAverage1d(this, length);
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
    return ResamplingOps.upsample(this, heightFactor, widthFactor, mode);
  }

  /**
   * Surrounds the elements with zeros. A view where there are none.
   *
   * @param widths how many come before and after along the last axis, then along the one before it,
   *     and so on, as in PyTorch: {@code pad(left, right, top, bottom)} for images
   */
  public Tensor pad(int... widths) {
    return ResamplingOps.pad(this, widths);
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
    return RandomOps.dropout(this, probability, seed, stream);
  }

  /** Shape, type and backend; no values, since reading them waits for the device. */
  @Override
  public String toString() {
    return "Tensor" + shape + " " + type() + " on " + backend.name();
  }
}
