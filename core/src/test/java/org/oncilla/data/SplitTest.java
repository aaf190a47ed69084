package org.oncilla.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.oncilla.tensor.Shape;

/** Training and test parts; the input of each sample is its index. */
class SplitTest {
  private static final long SEED = 3;

  private static Dataset samples(int... labels) {
    float[] inputs = new float[labels.length];
    for (int i = 0; i < inputs.length; i++) {
      inputs[i] = i;
    }
    return ArrayDataset.ofLabels(
        Shape.of(1), inputs, labels, Arrays.stream(labels).max().orElse(0) + 1);
  }

  private static Dataset unlabelled(int size) {
    return ArrayDataset.ofTargets(Shape.of(1), new float[size], Shape.of(1), new float[size]);
  }

  private static int[] indices(Dataset part) {
    return IntStream.of(part.order(0)).map(i -> (int) read(part, i).inputs()[0]).toArray();
  }

  private static HostBatch read(Dataset part, int index) {
    HostBatch batch = new HostBatch(part, 1);
    part.read(index, batch, 0);
    return batch;
  }

  private static int[] both(Split split) {
    return IntStream.concat(
            IntStream.of(indices(split.train())), IntStream.of(indices(split.test())))
        .sorted()
        .toArray();
  }

  @Test
  void everySampleIsInOnePart() {
    Dataset whole = samples(new int[101]);
    for (double fraction : new double[] {0.001, 0.2, 0.5, 0.75, 0.999}) {
      Split split = whole.split(fraction, SEED);
      long expected = Math.max(1, Math.min(100, Math.round(fraction * 101)));
      assertThat(split.train().size()).isEqualTo((int) expected);
      assertThat(both(split)).containsExactly(IntStream.range(0, 101).toArray());
      assertThat(indices(split.train())).isSorted();
      assertThat(indices(split.test())).isSorted();
    }
  }

  @Test
  void partsOfShuffledSamplesAreShuffledInEveryEpoch() {
    Dataset whole = samples(new int[101]);
    Split ordered = whole.split(0.7, SEED);
    Split shuffled = whole.shuffled(5).split(0.7, SEED);
    for (int epoch : new int[] {0, 1}) {
      int[] order = shuffled.train().order(epoch);
      assertThat(IntStream.of(order).sorted().toArray())
          .containsExactly(ordered.train().order(epoch));
      assertThat(order).isNotEqualTo(ordered.train().order(epoch));
    }
    assertThat(shuffled.train().order(1)).isNotEqualTo(shuffled.train().order(0));
    assertThat(both(shuffled)).containsExactly(IntStream.range(0, 101).toArray());
  }

  @Test
  void aSeedDecides() {
    Dataset whole = samples(new int[60]);
    assertThat(indices(whole.split(0.5, 1).train()))
        .isEqualTo(indices(whole.split(0.5, 1).train()));
    assertThat(indices(whole.split(0.5, 1).train()))
        .isNotEqualTo(indices(whole.split(0.5, 2).train()));
  }

  /** Each sample is in the training part for about three quarters of many seeds. */
  @Test
  void samplesAreEquallyLikely() {
    Dataset whole = samples(new int[12]);
    int[] counts = new int[12];
    for (int seed = 0; seed < 2000; seed++) {
      for (int index : indices(whole.split(0.75, seed).train())) {
        counts[index]++;
      }
    }
    // Five standard deviations of a binomial distribution: 5·√(2000·¾·¼) = 97.
    assertThat(IntStream.of(counts)).allMatch(count -> Math.abs(count - 1500) < 97);
  }

  @Test
  void aStratifiedSplitHoldsTheFractionInEachClass() {
    int[] labels = new int[100];
    Arrays.setAll(labels, i -> i < 70 ? 0 : i < 90 ? 1 : i < 97 ? 3 : 4);
    Split split = samples(labels).stratifiedSplit(0.8, SEED);
    assertThat(split.train().size()).isEqualTo(80);
    assertThat(perClass(split.train())).containsExactly(56, 16, 0, 6, 2);
    assertThat(perClass(split.test())).containsExactly(14, 4, 0, 1, 1);
    assertThat(both(split)).containsExactly(IntStream.range(0, 100).toArray());
    assertThat(indices(split.test()))
        .isNotEqualTo(indices(samples(labels).stratifiedSplit(0.8, SEED + 1).test()));
  }

  private static int[] perClass(Dataset part) {
    int[] counts = new int[part.classes()];
    for (int i = 0; i < part.size(); i++) {
      counts[read(part, i).labels()[0]]++;
    }
    return counts;
  }

  @Test
  void aSubsetKeepsItsOrder() {
    Dataset some = samples(0, 1, 2, 1).subset(3, 0, 2);
    assertThat(indices(some)).containsExactly(3, 0, 2);
    assertThat(read(some, 0).labels()[0]).isEqualTo(1);
    assertThat(some.classes()).isEqualTo(3);
    assertThat(IntStream.of(some.shuffled(1).order(0)).sorted().toArray()).containsExactly(0, 1, 2);
  }

  @Test
  void whatIsNoSplit() {
    Dataset ten = samples(0, 0, 1, 1, 0, 0, 1, 1, 0, 0);
    assertThatThrownBy(() -> ten.split(1, SEED))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("split: the fraction of training samples must be in (0, 1), not 1.0");
    assertThatThrownBy(() -> ten.stratifiedSplit(Double.NaN, SEED))
        .hasMessage("stratifiedSplit: the fraction of training samples must be in (0, 1), not NaN");
    assertThatThrownBy(() -> unlabelled(1).split(0.5, SEED))
        .hasMessage("split: at least 2 samples are needed for two parts, not 1");
    assertThatThrownBy(() -> unlabelled(5).stratifiedSplit(0.5, SEED))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "stratifiedSplit: the samples need one class label each, but their targets are values"
                + " of shape [1]; use split");
    assertThatThrownBy(() -> samples(0, 1, 0).stratifiedSplit(0.5, SEED))
        .hasMessageContaining("stratifiedSplit: class 1 has 1 sample, which cannot be in both");
    assertThatThrownBy(() -> ten.subset())
        .hasMessage("subset: give the index of at least 1 sample");
    assertThatThrownBy(() -> ten.subset(1, 10))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("subset: there is no sample 10 among 10");
  }
}
