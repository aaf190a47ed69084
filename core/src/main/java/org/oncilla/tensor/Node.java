package org.oncilla.tensor;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A recorded operation: the slot of its output's gradient, the slots of its inputs' gradients, and
 * how the one becomes the others.
 */
final class Node {
  private static final AtomicLong SEQUENCE = new AtomicLong();

  /** Computes gradients of the inputs from the gradient of the output. */
  @FunctionalInterface
  interface Backward {
    void run(Tensor outputGradient, Node node);
  }

  private final String operation;
  private final long sequence = SEQUENCE.getAndIncrement();
  private final GradientSlot slot;
  private Node[] producers;
  private GradientSlot[] inputs;
  private Tensor[] saved;
  private int[] versions;
  private Backward backward;

  private Node(
      String operation, Tensor output, Tensor[] inputs, Tensor[] saved, Backward backward) {
    this.operation = operation;
    this.slot = new GradientSlot(output.backend(), output.shape(), false);
    this.producers = new Node[inputs.length];
    this.inputs = new GradientSlot[inputs.length];
    for (int i = 0; i < inputs.length; i++) {
      if (inputs[i] != null) {
        producers[i] = inputs[i].node();
        this.inputs[i] = inputs[i].gradientSlot();
      }
    }
    this.saved = saved;
    this.versions = Arrays.stream(saved).mapToInt(Tensor::version).toArray();
    this.backward = backward;
  }

  /**
   * Records an operation, unless no input needs a gradient or recording is off.
   *
   * @param operation its name, for messages
   * @param output its result, made just now
   * @param inputs its differentiable arguments; null for an absent one
   * @param saved the tensors that backward reads, in the order of {@link #saved}; the node keeps
   *     aliases, so they may be closed
   * @param backward how gradients flow
   * @return the output
   */
  static Tensor record(
      String operation, Tensor output, Tensor[] inputs, Tensor[] saved, Backward backward) {
    boolean needed = false;
    for (Tensor input : inputs) {
      needed |= input != null && input.requiresGrad();
    }
    if (needed && !NoGrad.isActive()) {
      Tensor[] aliases = new Tensor[saved.length];
      for (int i = 0; i < saved.length; i++) {
        aliases[i] = saved[i].alias(saved[i].shape());
      }
      output.producedBy(new Node(operation, output, inputs, aliases, backward));
    }
    return output;
  }

  long sequence() {
    return sequence;
  }

  GradientSlot slot() {
    return slot;
  }

  Node[] producers() {
    return producers;
  }

  /** A tensor that the forward pass saved. */
  Tensor saved(int index) {
    return saved[index];
  }

  /** Whether an input needs a gradient. */
  boolean needs(int input) {
    return inputs[input] != null && !inputs[input].isClosed();
  }

  /** Computes the gradient of an input by a kernel, where it is needed. */
  void into(int input, GradientSlot.Contribution contribution) {
    if (needs(input)) {
      inputs[input].write(contribution);
    }
  }

  /** Hands a gradient on to an input as it is, where it is needed. */
  void pass(int input, Tensor gradient) {
    if (needs(input)) {
      inputs[input].pass(gradient);
    }
  }

  /**
   * Demands that backward can run here.
   *
   * @throws IllegalStateException if it ran already, or if what it needs was freed
   */
  void requireRunnable() {
    if (backward == null) {
      throw new IllegalStateException(
          "backward already passed this result of "
              + operation
              + " and freed what it needed; run forward again before another backward");
    }
    for (int i = 0; i < saved.length; i++) {
      requireIntact(saved[i], versions[i]);
    }
  }

  private void requireIntact(Tensor tensor, int version) {
    String what = "backward: what " + operation + " saved for it, of shape " + tensor.shape();
    if (tensor.isClosed()) {
      throw new IllegalStateException(
          what
              + ", was freed at the end of the Scope of the forward pass; call backward within that"
              + " scope");
    }
    if (tensor.version() != version) {
      throw new IllegalStateException(
          what
              + ", was overwritten since, by copyFrom or by an optimizer's step; call backward"
              + " before weights change, or run forward again");
    }
  }

  /** Runs backward and frees what it needed, the way to earlier nodes too. */
  void run() {
    try {
      if (slot.gradient() != null) {
        backward.run(slot.gradient(), this);
      }
    } finally {
      release();
    }
  }

  private void release() {
    slot.release();
    for (Tensor tensor : saved) {
      tensor.close();
    }
    saved = new Tensor[0];
    versions = new int[0];
    producers = new Node[0];
    inputs = new GradientSlot[0];
    backward = null;
  }
}
