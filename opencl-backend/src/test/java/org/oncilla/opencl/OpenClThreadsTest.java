package org.oncilla.opencl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.oncilla.backend.BackendException;
import org.oncilla.backend.Epilogue;
import org.oncilla.backend.GemmShape;
import org.oncilla.backend.Span;

class OpenClThreadsTest {
  private static final int THREADS = 4;
  private static final int ROUNDS = 150;

  /**
   * One kernel object serves all threads: arguments of one call must not reach another's launch.
   */
  @Test
  void threadsDoNotMixTheirArguments() throws Exception {
    try (OpenClBackend backend = TestDevice.open()) {
      inParallel(
          thread -> {
            float mine = thread + 1;
            Span a = TestDevice.values(backend, mine, mine, mine, mine);
            Span c = TestDevice.values(backend, 4);
            for (int round = 0; round < ROUNDS; round++) {
              backend.memory().write(new float[] {mine, mine, mine, mine}, 0, a);
              backend.elementwise().affine(a, 1, round, c, false);
              assertThat(TestDevice.read(backend, c)).containsOnly(mine + round);
              backend.matmul().gemm(GemmShape.of(2, 2, 2, false, true), a, a, c, Epilogue.NONE);
              assertThat(TestDevice.read(backend, c)).containsOnly(2 * mine * mine);
            }
          });
    }
  }

  /** Whoever is late gets an exception, not the end of the process. */
  @Test
  void closingWhileOthersWorkEndsInExceptions() throws Exception {
    for (int attempt = 0; attempt < 5; attempt++) {
      OpenClBackend backend = TestDevice.open();
      backend.elementwise().fill(TestDevice.values(backend, 8), 1);
      inParallel(
          thread -> {
            if (thread == 0) {
              TimeUnit.MILLISECONDS.sleep(5);
              assertThatCode(backend::close).doesNotThrowAnyException();
              return;
            }
            assertThatCode(
                    () -> {
                      while (true) {
                        Span span = TestDevice.values(backend, 1, 2, 3);
                        backend.elementwise().fill(span, 1);
                        TestDevice.read(backend, span);
                        backend.pool().release(span.buffer());
                      }
                    })
                .isInstanceOfAny(BackendException.class, IllegalStateException.class);
          });
    }
  }

  private interface Work {
    void run(int thread) throws Exception;
  }

  private static void inParallel(Work work) throws Exception {
    ExecutorService executor = Executors.newFixedThreadPool(THREADS);
    CyclicBarrier start = new CyclicBarrier(THREADS);
    try {
      List<Callable<Void>> tasks = new ArrayList<>();
      for (int thread = 0; thread < THREADS; thread++) {
        int number = thread;
        tasks.add(
            () -> {
              start.await();
              work.run(number);
              return null;
            });
      }
      for (Future<Void> done : executor.invokeAll(tasks, 120, TimeUnit.SECONDS)) {
        done.get();
      }
    } finally {
      executor.shutdownNow();
    }
  }
}
