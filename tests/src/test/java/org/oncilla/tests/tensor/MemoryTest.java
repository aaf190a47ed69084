package org.oncilla.tests.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.oncilla.backend.Backend;
import org.oncilla.backend.BackendException;
import org.oncilla.backend.UnaryOp;
import org.oncilla.tensor.Scope;
import org.oncilla.tensor.Shape;
import org.oncilla.tensor.Tensor;
import org.oncilla.tests.TestBackends;
import org.oncilla.tests.TestBackends.TestBackend;
import org.oncilla.tests.reference.ReferenceBackend;

/** When device memory is freed. */
class MemoryTest {
  private static final Shape SHAPE = Shape.of(8, 8);

  private final Backend backend = new ReferenceBackend();

  @AfterEach
  void close() {
    backend.close();
  }

  static List<TestBackend> backends() {
    return TestBackends.present();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("backends")
  void aScopeFreesAWholeStep(TestBackend target) {
    long before = live(target.backend());
    for (int step = 0; step < 3; step++) {
      try (Scope scope = Scope.open()) {
        Tensor w = ones(target.backend()).requireGrad();
        Tensor x = ones(target.backend());
        x.linear(w, null, UnaryOp.TANH).softmax(1).log().mean().backward();
        assertThat(w.gradient().toDoubleArray()).hasSize(64);
      }
      assertThat(live(target.backend())).isEqualTo(before);
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("backends")
  void stepsAfterTheFirstAllocateNothing(TestBackend target) {
    long allocations = 0;
    for (int step = 0; step < 4; step++) {
      try (Scope scope = Scope.open()) {
        Tensor w = ones(target.backend()).requireGrad();
        w.matmul(w).relu().sum(0).square().mean().backward();
      }
      long sofar = target.backend().pool().statistics().allocations();
      if (step > 0) {
        assertThat(sofar).as("allocations after step %d", step).isEqualTo(allocations);
      }
      allocations = sofar;
    }
  }

  @Test
  void aGraphThatNeverRanBackwardIsFreedByItsScope() {
    try (Scope scope = Scope.open()) {
      Tensor x = ones(backend).requireGrad();
      x.matmul(x).relu().softmax(0).sum();
      assertThat(live(backend)).isPositive();
    }
    assertThat(live(backend)).isZero();
  }

  @Test
  void keptTensorsMoveToTheEnclosingScope() {
    Tensor kept;
    try (Scope outer = Scope.open()) {
      try (Scope inner = Scope.open()) {
        kept = inner.keep(ones(backend).mul(3));
      }
      assertThat(kept.toDoubleArray()).containsOnly(3);
    }
    assertThat(kept.isClosed()).isTrue();
    assertThat(live(backend)).isZero();
  }

  @Test
  void aTensorKeptByTheOutermostScopeIsItsCallersToClose() {
    Tensor kept;
    try (Scope scope = Scope.open()) {
      kept = scope.keep(ones(backend));
    }
    assertThat(kept.toDoubleArray()).containsOnly(1);
    kept.close();
    assertThat(live(backend)).isZero();
  }

  @Test
  void anEscapedTensorIsItsCallersToClose() {
    Tensor escaped;
    try (Scope outer = Scope.open();
        Scope inner = Scope.open()) {
      escaped = Scope.escape(ones(backend));
    }
    assertThat(escaped.isClosed()).isFalse();
    escaped.close();
    assertThat(live(backend)).isZero();
  }

  @Test
  void keepingATensorOfAnotherScopeChangesNothing() {
    try (Scope outer = Scope.open()) {
      Tensor x = ones(backend);
      try (Scope inner = Scope.open()) {
        assertThat(inner.keep(x)).isSameAs(x);
      }
      assertThat(x.isClosed()).isFalse();
    }
    assertThat(live(backend)).isZero();
  }

  @Test
  void backwardFreesWhatForwardSaved() {
    try (Scope scope = Scope.open()) {
      Tensor x = ones(backend).requireGrad();
      long withLeaf = live(backend);
      Tensor hidden = x.exp();
      Tensor product = hidden.mul(x);
      Tensor loss = product.sum();
      hidden.close();
      product.close();
      long loaded = live(backend);
      assertThat(loaded).as("the saved exponential and the loss").isGreaterThan(withLeaf + 512);
      loss.backward();
      loss.close();
      assertThat(live(backend)).as("the leaf and its gradient").isEqualTo(2 * withLeaf);
    }
    assertThat(live(backend)).isZero();
  }

  @Test
  void viewsKeepTheirMemory() {
    Tensor x = Tensor.of(backend, new double[] {1, 2, 3, 4, 5, 6}, Shape.of(3, 2));
    Tensor row = x.slice(0, 1, 2);
    Tensor flat = row.reshape(2);
    x.close();
    row.close();
    assertThat(flat.toDoubleArray()).containsExactly(3, 4);
    assertThat(live(backend)).isPositive();
    flat.close();
    assertThat(live(backend)).isZero();
  }

  @Test
  void aViewSharesMemory() {
    try (Scope scope = Scope.open()) {
      Tensor x = ones(backend);
      long before = live(backend);
      x.reshape(64).slice(0, 3, 9).detach();
      x.slice(0, 2, 3).slice(1, 4, 6);
      assertThat(live(backend)).isEqualTo(before);
    }
  }

  @Test
  void closingTwiceDoesNothing() {
    Tensor x = ones(backend);
    Tensor view = x.reshape(64);
    x.close();
    x.close();
    assertThat(live(backend)).as("what the view holds").isPositive();
    assertThat(view.toDoubleArray()).containsOnly(1);
    view.close();
    view.close();
    assertThat(live(backend)).isZero();
  }

  @Test
  void closingALeafFreesItsGradient() {
    Tensor x = ones(backend).requireGrad();
    try (Scope scope = Scope.open()) {
      x.square().sum().backward();
    }
    assertThat(x.gradient().isClosed()).as("outlives the scope of backward").isFalse();
    x.close();
    assertThat(live(backend)).isZero();
  }

  @Test
  void aResultThatOutlivesItsScopeCannotRunBackward() {
    Tensor x = ones(backend).requireGrad();
    Tensor loss;
    try (Scope scope = Scope.open()) {
      loss = scope.keep(x.square().sum());
    }
    assertThatThrownBy(loss::backward)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("square")
        .hasMessageContaining("call backward within that scope");
    assertThat(x.gradient()).isNull();
    loss.close();
    x.close();
    assertThat(live(backend)).isZero();
  }

  @Test
  void scopesCloseInnermostFirst() {
    Scope outer = Scope.open();
    Tensor x = ones(backend);
    Scope inner = Scope.open();
    Tensor y = ones(backend);
    assertThatThrownBy(outer::close)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("innermost first");
    assertThat(x.isClosed() || y.isClosed()).isFalse();
    inner.close();
    outer.close();
    outer.close();
    assertThat(live(backend)).isZero();
  }

  @Test
  void aScopeIsClosedByItsThread() throws InterruptedException {
    try (Scope scope = Scope.open()) {
      List<Throwable> failures = new ArrayList<>();
      Thread other = new Thread(scope::close);
      other.setUncaughtExceptionHandler((thread, failure) -> failures.add(failure));
      other.start();
      other.join();
      assertThat(failures)
          .singleElement()
          .isInstanceOf(IllegalStateException.class)
          .extracting(Throwable::getMessage)
          .asString()
          .contains("closed by the thread that opened it", Thread.currentThread().getName());
    }
  }

  @Test
  void scopesOfSeveralThreadsDoNotMix() throws InterruptedException {
    List<Throwable> failures = new ArrayList<>();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      int value = i;
      Thread thread = new Thread(() -> workInScopes(value));
      thread.setUncaughtExceptionHandler(
          (t, failure) -> {
            synchronized (failures) {
              failures.add(failure);
            }
          });
      threads.add(thread);
    }
    threads.forEach(Thread::start);
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(failures).isEmpty();
    assertThat(live(backend)).isZero();
  }

  private void workInScopes(int value) {
    for (int step = 0; step < 300; step++) {
      try (Scope outer = Scope.open()) {
        Tensor x = Tensor.full(backend, SHAPE, value).requireGrad();
        Tensor kept;
        try (Scope inner = Scope.open()) {
          kept = inner.keep(x.add(1).mul(2));
        }
        assertThat(kept.toDoubleArray()).containsOnly(2 * (value + 1));
        x.square().sum().backward();
        assertThat(x.gradient().toDoubleArray()).containsOnly(2 * value);
      }
    }
  }

  @Test
  void theGarbageCollectorIsTheBackstop() throws InterruptedException {
    leak();
    assertThat(live(backend)).isPositive();
    long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (live(backend) > 0 && System.nanoTime() < deadline) {
      System.gc();
      Thread.sleep(20);
    }
    assertThat(live(backend)).isZero();
  }

  /** Outside of any scope: values, a graph that never ran, a leaf with its gradient. */
  private void leak() {
    ones(backend).reshape(64);
    Tensor x = ones(backend).requireGrad();
    x.exp().mul(x).sum();
    x.square().sum().backward();
  }

  @Test
  void tensorsMayBeClosedAfterTheirBackend() {
    Backend gone = new ReferenceBackend();
    try (Scope scope = Scope.open()) {
      ones(gone);
      ones(gone);
      gone.close();
      assertThatThrownBy(() -> ones(gone))
          .isInstanceOf(BackendException.class)
          .hasMessageContaining("[8, 8]")
          .hasMessageContaining("backend reference was closed");
    }
    assertThat(live(gone)).isZero();
  }

  private static Tensor ones(Backend backend) {
    return Tensor.full(backend, SHAPE, 1);
  }

  private static long live(Backend backend) {
    return backend.pool().statistics().liveBytes();
  }
}
