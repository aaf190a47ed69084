package org.oncilla.tensor;

import org.oncilla.backend.Backend;
import org.oncilla.backend.Backends;
import org.oncilla.backend.DType;
import org.oncilla.backend.Span;

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
public final class Tensor extends TensorOperations implements AutoCloseable {
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

  /**
   * Shape, type and backend. The values are not told, for reading them waits for the device, and a
   * debugger or a line of the log should not; {@link #toFloatArray} reads them.
   */
  @Override
  public String toString() {
    return "Tensor"
        + shape
        + " "
        + type()
        + " on "
        + backend.name()
        + (isClosed() ? ", closed" : "");
  }
}
