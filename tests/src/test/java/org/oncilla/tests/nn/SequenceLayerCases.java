package org.oncilla.tests.nn;

import java.util.List;
import org.oncilla.nn.Embedding;
import org.oncilla.nn.Flatten;
import org.oncilla.nn.Linear;
import org.oncilla.nn.Permute;
import org.oncilla.nn.Sequential;

/** Layers for texts and other sequences. */
final class SequenceLayerCases {
  private SequenceLayerCases() {}

  static List<LayerCase> all() {
    return List.of(
        LayerCase.ofIndices("embedding", () -> new Embedding(7, 3), 7, 4, 5),
        LayerCase.ofIndices("embedding of one index a sample", () -> new Embedding(5, 4), 5, 9),
        LayerCase.ofIndices("embedding of grids", () -> new Embedding(3, 2), 3, 2, 4, 3),
        LayerCase.ofIndices("embedding, permuted", SequenceLayerCases::channelsFirst, 6, 3, 5),
        LayerCase.of("permute", () -> new Permute(1, 0), 3, 4, 5),
        LayerCase.of("permute three axes", () -> new Permute(2, 0, 1), 2, 3, 4, 5));
  }

  private static Sequential channelsFirst() {
    return new Sequential(new Embedding(6, 4), new Permute(1, 0), new Flatten(), new Linear(3));
  }
}
