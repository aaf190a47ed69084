package org.oncilla.nn;

import org.oncilla.tensor.NoGrad;
import org.oncilla.tensor.Tensor;

/**
 * Sees what the layers of a model compute, on the thread that opened it, until it is closed:
 *
 * <pre>{@code
 * try (ForwardHook hook = ForwardHook.open((layer, output) -> System.out.println(output.shape()))) {
 *   model.forward(images);
 * }
 * }</pre>
 *
 * <p>Every module that stands in a container is reported once its output is there, in the order of
 * computation. The outermost module is not, for its caller has its output; nor is a {@link
 * Sequential}, whose last module gives the same output. Where a container folds an activation into
 * the layer before it there is one output, the one after the activation, and it is reported as the
 * activation's. {@link Module#namedModules} tells the paths.
 */
public final class ForwardHook implements AutoCloseable {
  private static final ThreadLocal<ForwardHook> CURRENT = new ThreadLocal<>();

  private final ForwardHook outer;
  private final Observer observer;
  private final Thread thread = Thread.currentThread();
  private boolean closed;

  /** Is told what a layer computed. */
  @FunctionalInterface
  public interface Observer {
    /**
     * A layer's output is there. Operations of the observer are not recorded for gradients.
     *
     * @param layer that computed it
     * @param output the batch axis first; may be freed as soon as this returns, so take {@link
     *     Tensor#detach} of what is to be kept, and change nothing
     */
    void computed(Module layer, Tensor output);
  }

  private ForwardHook(Observer observer) {
    this.observer = observer;
    this.outer = CURRENT.get();
  }

  /** Lets an observer see the layers that this thread computes, as do those opened before. */
  public static ForwardHook open(Observer observer) {
    ForwardHook hook = new ForwardHook(observer);
    CURRENT.set(hook);
    return hook;
  }

  /**
   * Tells whoever observes this thread what a module within a container computed. A container of
   * one's own calls it for each of its modules.
   *
   * @param module that computed
   * @param input of the module
   * @param output of the module; closed if the observer fails, unless it is the input
   * @return the output
   */
  public static Tensor report(Module module, Tensor input, Tensor output) {
    if (CURRENT.get() == null || module instanceof Sequential) {
      return output;
    }
    try (NoGrad off = NoGrad.open()) {
      for (ForwardHook hook = CURRENT.get(); hook != null; hook = hook.outer) {
        hook.observer.computed(module, output);
      }
      return output;
    } catch (RuntimeException | Error failure) {
      if (output != input) {
        output.close();
      }
      throw failure;
    }
  }

  /**
   * Ends the observation.
   *
   * @throws IllegalStateException if a hook opened later is still open, or on another thread
   */
  @Override
  public void close() {
    if (closed) {
      return;
    }
    if (CURRENT.get() != this) {
      throw new IllegalStateException(
          thread == Thread.currentThread()
              ? "forward hooks close innermost first: close the one that was opened after this one"
              : "a forward hook is closed by the thread that opened it, " + thread.getName());
    }
    closed = true;
    if (outer == null) {
      CURRENT.remove();
    } else {
      CURRENT.set(outer);
    }
  }
}
