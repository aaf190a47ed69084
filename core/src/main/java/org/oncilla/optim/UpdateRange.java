package org.oncilla.optim;

import java.util.Map;
import org.oncilla.backend.Span;
import org.oncilla.nn.ParameterArena;
import org.oncilla.tensor.Tensor;

/** What one kernel of an optimizer's step updates: consecutive weights with the same settings. */
public final class UpdateRange {
  private final GroupRange range;
  private final double learningRate;
  private final ParameterArena arena;
  private final Map<String, Tensor> state;

  UpdateRange(
      GroupRange range, double learningRate, ParameterArena arena, Map<String, Tensor> state) {
    this.range = range;
    this.learningRate = learningRate;
    this.arena = arena;
    this.state = state;
  }

  /** The step size of these weights. */
  public double learningRate() {
    return learningRate * range.learningRateFactor();
  }

  /** The weight decay of these weights. */
  public double weightDecay() {
    return range.weightDecay();
  }

  /** The weights, to be updated. */
  public Span parameters() {
    return part(arena.values());
  }

  /** Their gradients. */
  public Span gradients() {
    return part(arena.gradients());
  }

  /** Their part of a tensor that the optimizer keeps; null where it keeps none of that name. */
  public Span state(String name) {
    Tensor kept = state.get(name);
    return kept == null ? null : part(kept);
  }

  private Span part(Tensor whole) {
    return whole.span().slice(range.from(), range.length());
  }
}
