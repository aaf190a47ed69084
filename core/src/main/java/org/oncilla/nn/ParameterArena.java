package org.oncilla.nn;

import java.util.List;
import org.oncilla.backend.Backend;
import org.oncilla.backend.BinaryOp;
import org.oncilla.backend.BroadcastShape;
import org.oncilla.backend.Span;
import org.oncilla.backend.UnaryOp;
import org.oncilla.random.Generator;
import org.oncilla.random.Streams;
import org.oncilla.tensor.NoGrad;
import org.oncilla.tensor.Scope;
import org.oncilla.tensor.Shape;
import org.oncilla.tensor.Tensor;

/**
 * All weights of a model in one contiguous tensor, and all their gradients in a second, so that an
 * optimizer step is one kernel, a gradient norm one reduction and a checkpoint one transfer.
 */
public final class ParameterArena implements AutoCloseable {
  private final List<Parameter> parameters;
  private final Tensor values;
  private final Tensor gradients;

  ParameterArena(Backend backend, List<Parameter> parameters, long seed) {
    this.parameters = List.copyOf(parameters);
    int length = Math.max(1, count());
    this.values = Scope.escape(Tensor.empty(backend, Shape.of(length), "weights"));
    try {
      values.copyFrom(initial(length, seed));
      this.gradients = Scope.escape(Tensor.zeros(backend, Shape.of(length), "gradients"));
    } catch (RuntimeException | Error failure) {
      values.close();
      throw failure;
    }
    int offset = 0;
    for (Parameter parameter : parameters) {
      int end = offset + parameter.shape().length();
      Tensor slice = part(values, offset, end, parameter.shape());
      parameter.bind(slice.requireGrad(part(gradients, offset, end, parameter.shape())));
      offset = end;
    }
  }

  /** Each parameter draws from a stream of its own, so that layers do not disturb each other. */
  private float[] initial(int length, long seed) {
    float[] initial = new float[length];
    int offset = 0;
    for (int i = 0; i < parameters.size(); i++) {
      Parameter parameter = parameters.get(i);
      parameter
          .initializer()
          .fill(initial, offset, parameter.shape(), new Generator(seed, Streams.WEIGHTS + i));
      offset += parameter.shape().length();
    }
    return initial;
  }

  private static Tensor part(Tensor flat, int from, int to, Shape shape) {
    try (Tensor slice = flat.slice(0, from, to)) {
      return Scope.escape(slice.reshape(shape));
    }
  }

  /** The parameters in the order of their declaration. */
  public List<Parameter> list() {
    return parameters;
  }

  /** The parameter of a name; null if there is none. */
  public Parameter find(String name) {
    return parameters.stream().filter(p -> p.name().equals(name)).findFirst().orElse(null);
  }

  /** Number of weights. */
  public int count() {
    return parameters.stream().mapToInt(p -> p.shape().length()).reduce(0, Math::addExact);
  }

  /** All weights, [{@link #count()}]; a model without weights has one unused zero. */
  public Tensor values() {
    return values;
  }

  /** All gradients, in the order of the weights. */
  public Tensor gradients() {
    return gradients;
  }

  /** Sets every gradient to zero. */
  public void zeroGrad() {
    values.backend().elementwise().fill(gradients.span(), 0);
  }

  /** The Euclidean norm of all gradients; waits for the device. */
  public double gradientNorm() {
    try (Scope scope = Scope.open();
        NoGrad off = NoGrad.open()) {
      return gradients.square().sum().sqrt().item();
    }
  }

  /**
   * Scales all gradients by min(1, maxNorm / (‖g‖ + 10⁻⁶)), so that their Euclidean norm is at most
   * {@code maxNorm} and their direction stays; without a wait for the device.
   *
   * @param maxNorm above 0
   */
  public void clipGradientNorm(double maxNorm) {
    requireMaxNorm(maxNorm);
    try (Scope scope = Scope.open();
        NoGrad off = NoGrad.open()) {
      Tensor norm = gradients.square().sum().sqrt();
      Tensor factor = norm.add(1e-6).map(UnaryOp.RECIPROCAL).mul(maxNorm).minimum(scalar(1));
      applyToGradients(BinaryOp.MULTIPLY, factor);
    }
  }

  /**
   * Limits each gradient to [−limit, limit]; without a wait for the device.
   *
   * @param limit above 0
   */
  public void clipGradientValue(double limit) {
    requireMaxValue(limit);
    try (Scope scope = Scope.open()) {
      applyToGradients(BinaryOp.MINIMUM, scalar(limit));
      applyToGradients(BinaryOp.MAXIMUM, scalar(-limit));
    }
  }

  private Tensor scalar(double value) {
    return Tensor.full(values.backend(), Shape.SCALAR, value);
  }

  /** gradients = op(gradients, operand), in place. */
  private void applyToGradients(BinaryOp op, Tensor operand) {
    Span span = gradients.span();
    BroadcastShape shape =
        new BroadcastShape(new int[] {span.length()}, new int[] {1}, new int[] {0});
    values.backend().elementwise().binary(op, shape, span, operand.span(), span, false);
  }

  /**
   * Demands a norm to clip to.
   *
   * @return the norm
   * @throws IllegalArgumentException unless it is finite and above 0
   */
  public static double requireMaxNorm(double maxNorm) {
    return requireLimit("clipGradientNorm: the norm", maxNorm);
  }

  /**
   * Demands a value to clip to.
   *
   * @return the value
   * @throws IllegalArgumentException unless it is finite and above 0
   */
  public static double requireMaxValue(double limit) {
    return requireLimit("clipGradientValue: the limit", limit);
  }

  private static double requireLimit(String what, double limit) {
    if (limit > 0 && limit < Double.POSITIVE_INFINITY) {
      return limit;
    }
    throw new IllegalArgumentException(
        what + " must be finite and above 0, not " + limit + "; leave it out not to clip");
  }

  @Override
  public void close() {
    for (Parameter parameter : parameters) {
      parameter.value().close();
      parameter.bind(null);
    }
    gradients.close();
    values.close();
  }
}
