package org.oncilla.tests.nn;

import java.util.List;
import org.oncilla.nn.Conv1d;
import org.oncilla.nn.Embedding;
import org.oncilla.nn.Flatten;
import org.oncilla.nn.Linear;
import org.oncilla.nn.MaxPool1d;
import org.oncilla.nn.Permute;
import org.oncilla.nn.Sequential;
import org.oncilla.nn.Tanh;

/** Layers for texts and other sequences. */
final class SequenceLayerCases {
  private SequenceLayerCases() {}

  static List<LayerCase> all() {
    return List.of(
        LayerCase.ofIndices("embedding", () -> new Embedding(7, 3), 7, 4, 5),
        LayerCase.ofIndices("embedding of one index a sample", () -> new Embedding(5, 4), 5, 9),
        LayerCase.ofIndices("embedding of grids", () -> new Embedding(3, 2), 3, 2, 4, 3),
        LayerCase.ofIndices("embedding, permuted", SequenceLayerCases::channelsFirst, 6, 3, 5),
        LayerCase.ofIndices("text classifier", SequenceLayerCases::textClassifier, 9, 3, 8),
        LayerCase.of("permute", () -> new Permute(1, 0), 3, 4, 5),
        LayerCase.of("permute three axes", () -> new Permute(2, 0, 1), 2, 3, 4, 5));
  }

  private static Sequential channelsFirst() {
    return new Sequential(new Embedding(6, 4), new Permute(1, 0), new Flatten(), new Linear(3));
  }

  /** A convolution along the text, its largest answer anywhere, and a decision (Kim, 2014). */
  private static Sequential textClassifier() {
    return new Sequential(
        new Embedding(9, 4),
        new Permute(1, 0),
        new Conv1d(5, 3),
        new Tanh(),
        new MaxPool1d(6),
        new Flatten(),
        new Linear(2));
  }
}
