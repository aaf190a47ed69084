package org.oncilla.tests.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.oncilla.backend.Backend;
import org.oncilla.data.ArrayDataset;
import org.oncilla.data.Dataset;
import org.oncilla.loss.CrossEntropyLoss;
import org.oncilla.metric.Accuracy;
import org.oncilla.nn.Embedding;
import org.oncilla.nn.Flatten;
import org.oncilla.nn.Initializers;
import org.oncilla.nn.Linear;
import org.oncilla.nn.Module;
import org.oncilla.nn.ModuleConfig;
import org.oncilla.nn.Modules;
import org.oncilla.nn.Permute;
import org.oncilla.nn.Sequential;
import org.oncilla.optim.Adam;
import org.oncilla.tensor.Scope;
import org.oncilla.tensor.Shape;
import org.oncilla.tensor.Tensor;
import org.oncilla.tests.TestBackends;
import org.oncilla.tests.TestBackends.TestBackend;
import org.oncilla.tests.reference.ReferenceBackend;
import org.oncilla.train.Trainer;

/** From sequences of indices to vectors, and how a model learns them. */
class EmbeddingTest {
  private static final int WORDS = 12;
  private static final int LENGTH = 6;
  private static final int PADDING = 0;

  static List<TestBackend> backends() {
    return TestBackends.present();
  }

  /** Sequences of three to six words; whether the third word is an even one. */
  private static Dataset texts(int samples) {
    int[] indices = new int[samples * LENGTH];
    int[] labels = new int[samples];
    for (int i = 0; i < samples; i++) {
      for (int t = 0; t < LENGTH; t++) {
        boolean padded = t >= 3 + i % 4;
        indices[i * LENGTH + t] = padded ? PADDING : 1 + (i * 31 + t * 17 + i * t) % (WORDS - 1);
      }
      labels[i] = indices[i * LENGTH + 2] % 2;
    }
    return ArrayDataset.ofLabels(Shape.of(LENGTH), indices, labels, 2);
  }

  private static Module classifier() {
    return new Sequential(
        new Embedding(WORDS, 4).paddingIndex(PADDING),
        new Permute(1, 0),
        new Flatten(),
        new Linear(2));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("backends")
  void learnsFromADataSetOfIndices(TestBackend target) {
    Module model = classifier();
    Dataset texts = texts(120);
    try (model;
        Trainer trainer =
            Trainer.of(model)
                .backend(target.backend())
                .loss(new CrossEntropyLoss())
                .optimizer(new Adam(0.05))
                .metrics(new Accuracy())
                .build()) {
      trainer.fit(texts.shuffled(1).batches(16), null, 1);
      long allocations = target.backend().pool().statistics().allocations();
      trainer.fit(texts.shuffled(1).batches(16), null, 12);
      assertThat(target.backend().pool().statistics().allocations())
          .as("allocations after the first epoch")
          .isEqualTo(allocations);
      assertThat(trainer.evaluate(texts.batches(50)).metrics().get("accuracy")).isEqualTo(1);
      float[] table = model.parameters().find("0.weight").value().toFloatArray();
      assertThat(Arrays.copyOf(table, 4)).as("the vector of the padding").containsOnly(0);
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("backends")
  void aWordThatIsNotInTheTable(TestBackend target) {
    Module model = classifier().initialize(target.backend(), Shape.of(LENGTH), 1);
    long before = target.backend().pool().statistics().liveBytes();
    try (model;
        Scope scope = Scope.open()) {
      int[] words = {1, 2, 3, 0, 0, 0, 4, 12, 5, 6, 0, 0};
      Tensor batch = Tensor.ofInts(target.backend(), words, Shape.of(2, LENGTH));
      assertThatThrownBy(() -> model.forward(batch))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(
              "layer 0 (Embedding) with input of shape [2, 6]: embedding: index 12 at [1, 1] is"
                  + " not in 0 … 11, the rows of a weight of shape [12, 4]");
      batch.close();
      assertThat(target.backend().pool().statistics().liveBytes()).isEqualTo(before);
    }
  }

  @Test
  void takesIntegersOnly() {
    try (Backend backend = new ReferenceBackend();
        Module model = classifier().initialize(backend, Shape.of(LENGTH), 1);
        Scope scope = Scope.open()) {
      assertThatThrownBy(() -> model.forward(Tensor.zeros(backend, Shape.of(2, LENGTH))))
          .hasMessageStartingWith(
              "layer 0 (Embedding) with input of shape [2, 6]: embedding: needs indices")
          .hasMessageEndingWith("make indices by Tensor.ofInts");
    }
  }

  /** Normal with mean 0 and variance 1: 20,000 draws are that within a few hundredths. */
  @Test
  void startsFromNormalVectors() {
    try (Backend backend = new ReferenceBackend();
        Module plain = new Embedding(500, 40).initialize(backend, Shape.of(3), 1);
        Module zero =
            new Embedding(500, 40)
                .weightInitializer(Initializers.zeros())
                .initialize(backend, Shape.of(3), 1)) {
      double[] values = plain.parameters().values().toDoubleArray();
      double mean = Arrays.stream(values).average().orElseThrow();
      double variance = Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum() / 20_000;
      assertThat(mean).isCloseTo(0, within(0.03));
      assertThat(variance).isCloseTo(1, within(0.05));
      assertThat(zero.parameters().values().toDoubleArray()).containsOnly(0);
    }
  }

  @Test
  void keepsItsPaddingWhenItIsBuiltAgain() {
    Module padded = Modules.create(new Embedding(9, 2).paddingIndex(3).config());
    assertThat(padded.config().arguments())
        .isEqualTo(Map.of("numEmbeddings", 9, "embeddingDim", 2, "paddingIndex", 3));
    assertThat(new Embedding(9, 2).config().arguments()).doesNotContainKey("paddingIndex");
    try (Backend backend = new ReferenceBackend();
        Module again = padded.initialize(backend, Shape.of(4), 1);
        Scope scope = Scope.open()) {
      again
          .forward(Tensor.ofInts(backend, new int[] {3, 1, 3, 8}, Shape.of(1, 4)))
          .sum()
          .backward();
      double[] gradient = again.parameters().gradients().toDoubleArray();
      assertThat(gradient).containsExactly(0, 0, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1);
    }
  }

  @Test
  void refusesSenselessSettings() {
    assertThatThrownBy(() -> new Embedding(0, 4))
        .hasMessage(
            "Embedding: needs at least 1 index and vectors of at least 1 value, not 0 and 4");
    assertThatThrownBy(() -> new Embedding(5, 4).paddingIndex(5))
        .hasMessage("Embedding: the padding index 5 is not in 0 … 4, the indices of a table of 5");
    assertThatThrownBy(() -> new Permute(1, 2))
        .hasMessageContaining("Permute: [1, 2] does not name each axis of a sample once")
        .hasMessageContaining("counted from 0, without the batch axis");
    assertThatThrownBy(() -> new Sequential(new Permute(1, 0)).summary(Shape.of(4)))
        .hasMessageContaining("layer 0 (Permute)")
        .hasMessageContaining("Permute by [1, 0] needs samples of 2 axes, but gets [4]");
    assertThatThrownBy(
            () -> Modules.create(ModuleConfig.of("Permute", Map.of("axes", List.of(1, 0.5)))))
        .hasMessageContaining("module Permute: setting axes must be a list of whole numbers");
  }
}
