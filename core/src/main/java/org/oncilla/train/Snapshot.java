package org.oncilla.train;

import java.util.ArrayList;
import java.util.List;
import org.oncilla.nn.Module;
import org.oncilla.optim.Optimizer;
import org.oncilla.tensor.Scope;
import org.oncilla.tensor.Tensor;

/**
 * A model's weights and buffers and its optimizer's state, copied on their device, to go back to.
 */
final class Snapshot implements AutoCloseable {
  private final Module model;
  private final Optimizer optimizer;
  private long steps;
  private long seed;
  private long draws;
  private final List<Tensor> originals;
  private final List<Tensor> copies = new ArrayList<>();

  Snapshot(Module model, Optimizer optimizer) {
    this.model = model;
    this.optimizer = optimizer;
    this.originals = new ArrayList<>(optimizer.state().values());
    originals.add(model.parameters().values());
    model.buffers().forEach(buffer -> originals.add(buffer.value()));
    try {
      for (Tensor original : originals) {
        Tensor copy = Tensor.empty(original.backend(), original.shape(), "snapshot of an epoch");
        copies.add(Scope.escape(copy));
      }
      renew();
    } catch (RuntimeException | Error failure) {
      close();
      throw failure;
    }
  }

  /** Takes what is now in place of what was, into the same memory. */
  void renew() {
    steps = optimizer.steps();
    seed = model.randomStreams().seed();
    draws = model.randomStreams().draws();
    for (int i = 0; i < copies.size(); i++) {
      copy(originals.get(i), copies.get(i));
    }
  }

  /** Goes back to what was. */
  void restore() {
    optimizer.restoreSteps(steps);
    model.randomStreams().restore(seed, draws);
    for (int i = 0; i < copies.size(); i++) {
      copy(copies.get(i), originals.get(i));
    }
  }

  private static void copy(Tensor from, Tensor to) {
    from.backend().elementwise().affine(from.span(), 1, 0, to.span(), false);
    to.markWritten();
  }

  @Override
  public void close() {
    copies.forEach(Tensor::close);
    copies.clear();
  }
}
