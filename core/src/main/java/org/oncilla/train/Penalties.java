package org.oncilla.train;

import java.util.ArrayList;
import java.util.List;
import org.oncilla.loss.Penalty;
import org.oncilla.loss.PenaltyTerm;
import org.oncilla.nn.ParameterArena;
import org.oncilla.tensor.Tensor;

/** The penalties of a training. */
final class Penalties implements AutoCloseable {
  private final List<Penalty> penalties;
  private final List<PenaltyTerm> terms = new ArrayList<>();

  Penalties(List<Penalty> penalties) {
    this.penalties = List.copyOf(penalties);
  }

  /** Makes what is still missing for a model. */
  void attach(ParameterArena weights) {
    while (terms.size() < penalties.size()) {
      terms.add(penalties.get(terms.size()).of(weights));
    }
  }

  void addGradients() {
    terms.forEach(PenaltyTerm::addGradient);
  }

  /** What is minimized, of the weights as they are: the loss and the penalties. */
  Tensor addedTo(Tensor loss) {
    Tensor sum = loss.detach();
    for (PenaltyTerm term : terms) {
      sum = sum.add(term.value());
    }
    return sum;
  }

  @Override
  public void close() {
    terms.forEach(PenaltyTerm::close);
    terms.clear();
  }
}
