package org.oncilla.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.oncilla.benchmarks.workload.Workloads;

class WorkCheckTest {
  private final WorkCheck check = new WorkCheck(Workloads.named("train/lenet5/b64/sgd"));

  @Test
  void acceptsTheSameWork() {
    check.add("a", 61_706, new double[] {2.3, 2.2, 2.1});
    check.add("b", 61_706, new double[] {2.3001, 2.1999, 2.1001});
    assertThat(check.problems()).isEmpty();
  }

  @Test
  void findsAnotherNumberOfWeights() {
    check.add("a", 61_706, new double[] {2.3, 2.2});
    check.add("b", 61_707, new double[] {2.3, 2.2});
    assertThat(check.problems())
        .containsExactly("train/lenet5/b64/sgd: a has 61706 weights, b 61707");
  }

  @Test
  void findsOtherResults() {
    check.add("a", 61_706, new double[] {2.3, 2.2, 2.1});
    check.add("b", 61_706, new double[] {2.3, 2.25, 2.1});
    assertThat(check.problems())
        .containsExactly("train/lenet5/b64/sgd: a got 2.2 at step 2, b 2.25");
  }

  @Test
  void findsALossThatDoesNotFall() {
    check.add("a", 61_706, new double[] {2.3, 2.2, 2.3});
    assertThat(check.problems()).singleElement().asString().contains("a does not learn: loss 2.3");
  }

  @Test
  void findsWhatIsNotANumber() {
    check.add("a", 61_706, new double[] {2.3, Double.NaN, 2.1});
    assertThat(check.problems()).containsExactly("train/lenet5/b64/sgd: a got NaN at step 2");
  }

  @Test
  void resultsThatAreNotLossesNeedNotFall() {
    WorkCheck inference = new WorkCheck(Workloads.named("infer/lenet5/1"));
    inference.add("a", 61_706, new double[] {0.5, 0.5});
    assertThat(inference.problems()).isEmpty();
  }
}
