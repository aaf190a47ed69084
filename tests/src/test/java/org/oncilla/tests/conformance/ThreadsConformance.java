package org.oncilla.tests.conformance;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.oncilla.backend.BinaryOp;
import org.oncilla.backend.GemmShape;
import org.oncilla.backend.ReduceOp;
import org.oncilla.backend.ReduceShape;
import org.oncilla.backend.UnaryOp;

/** Every method may be called from any thread, several at once. */
class ThreadsConformance {
  private static final int THREADS = 4;
  private static final int CALLS = 60;

  @OnEveryBackend
  void callsFromManyThreads(BackendUnderTest target) throws InterruptedException {
    target.backend();
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try {
      List<Callable<Void>> tasks = new ArrayList<>();
      for (int thread = 0; thread < THREADS; thread++) {
        Cases cases = new Cases(101 + thread);
        tasks.add(
            () -> {
              manyCalls(target, cases);
              return null;
            });
      }
      for (Future<Void> done : threads.invokeAll(tasks)) {
        done.get();
      }
    } catch (ExecutionException failure) {
      throw new AssertionError(failure.getCause().getMessage(), failure.getCause());
    } finally {
      threads.shutdownNow();
    }
  }

  private static void manyCalls(BackendUnderTest target, Cases cases) {
    for (int i = 0; i < CALLS; i++) {
      target.compare(call(cases, i % 6));
    }
  }

  private static KernelCall call(Cases cases, int family) {
    return switch (family) {
      case 0 -> {
        GemmShape shape =
            GemmShape.of(
                cases.size(150), cases.size(150), cases.size(150), cases.flag(), cases.flag());
        yield MatmulConformance.call(cases, shape, cases.flag(), cases.flag(), UnaryOp.TANH);
      }
      case 1 ->
          ConvolutionConformance.backwardWeight(
              cases, ConvolutionConformance.generated(cases), cases.flag());
      case 2 -> {
        ReduceShape shape = new ReduceShape(cases.size(9), cases.size(2000), cases.size(9));
        yield ReductionConformance.reduce(
            cases, ReduceOp.SUM, shape, cases.values(shape.inputLength()), cases.flag());
      }
      case 3 -> ElementwiseConformance.broadcast(cases, BinaryOp.MULTIPLY, 4, cases.flag());
      case 4 -> RandomConformance.dropout(cases, 0.3, cases.size(9000), cases.flag());
      default -> IndexingConformance.generated(cases, 3, 17);
    };
  }
}
