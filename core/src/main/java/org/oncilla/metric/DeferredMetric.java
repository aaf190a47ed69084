package org.oncilla.metric;

import java.util.ArrayList;
import java.util.List;
import org.oncilla.tensor.NoGrad;
import org.oncilla.tensor.Scope;
import org.oncilla.tensor.Tensor;

/**
 * A metric that is counted on the host, in integers or double precision. What it needs of each
 * batch waits on the device, and is read when a window of 64 batches or 2<sup>20</sup> elements is
 * full: waits are rare, and memory is bounded. A metric of one's own says what it keeps and how it
 * counts:
 *
 * <pre>{@code
 * final class LargestError extends DeferredMetric {
 *   private double largest;
 *
 *   public String name() { return "largest_error"; }
 *   public Metric fresh() { return new LargestError(); }
 *   protected void requireFitting(Tensor output, Tensor target) { … }
 *   protected Tensor kept(Tensor output) { return output.detach(); }
 *   protected Tensor keptTarget(Tensor target) { return target.detach(); }
 *   protected void count(Tensor output, Tensor target) {
 *     // toDoubleArray() of both, and their largest difference
 *   }
 *   protected void forget() { largest = 0; }
 *   protected double result() { return largest; }
 * }
 * }</pre>
 */
public abstract class DeferredMetric implements Metric {
  private static final int BATCHES = 64;
  private static final long ELEMENTS = 1 << 20;

  private final List<Pending> window = new ArrayList<>(BATCHES);
  private long elements;

  /** What is kept of a batch. */
  private record Pending(Tensor output, Tensor target) implements AutoCloseable {
    long elements() {
      return (long) output.shape().length() + target.shape().length();
    }

    @Override
    public void close() {
      output.close();
      target.close();
    }
  }

  /** For metrics of one's own. */
  protected DeferredMetric() {}

  /**
   * Refuses shapes that are not those of this metric.
   *
   * @throws IllegalArgumentException naming the metric and the shapes
   */
  protected abstract void requireFitting(Tensor output, Tensor target);

  /**
   * What of a batch's output waits on the device; no history is recorded, and temporaries are
   * closed.
   */
  protected abstract Tensor kept(Tensor output);

  /** What of a batch's target waits on the device. */
  protected abstract Tensor keptTarget(Tensor target);

  /** Counts a batch; reading the tensors is allowed to wait. */
  protected abstract void count(Tensor output, Tensor target);

  /** Forgets what was counted. */
  protected abstract void forget();

  /** The figure over what was counted. */
  protected abstract double result();

  @Override
  public final void update(Tensor output, Tensor target) {
    requireFitting(output, target);
    try (NoGrad off = NoGrad.open();
        Scope scope = Scope.open()) {
      Pending batch = new Pending(kept(output), keptTarget(target));
      Scope.escape(batch.output());
      Scope.escape(batch.target());
      window.add(batch);
      elements += batch.elements();
    }
    if (window.size() == BATCHES || elements >= ELEMENTS) {
      flush();
    }
  }

  /** Counts what still waits on the device; before a method tells a figure. */
  protected final void flush() {
    try {
      window.forEach(batch -> count(batch.output(), batch.target()));
    } finally {
      close();
    }
  }

  @Override
  public final void reset() {
    close();
    forget();
  }

  @Override
  public final double value() {
    flush();
    return result();
  }

  @Override
  public final void close() {
    window.forEach(Pending::close);
    window.clear();
    elements = 0;
  }
}
