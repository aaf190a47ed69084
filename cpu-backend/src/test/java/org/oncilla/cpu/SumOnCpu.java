package org.oncilla.cpu;

import org.oncilla.backend.Backend;
import org.oncilla.backend.Backends;
import org.oncilla.backend.DType;
import org.oncilla.backend.ReduceOp;
import org.oncilla.backend.ReduceShape;
import org.oncilla.backend.Span;
import org.slf4j.LoggerFactory;

/** Adds 0 … 9 on the CPU backend; tests run it in a JVM of its own. */
final class SumOnCpu {
  private SumOnCpu() {}

  public static void main(String[] args) {
    try (Backend backend = Backends.open("cpu")) {
      Span x = new Span(backend.pool().acquire(DType.FLOAT32, 10, "x"), 0, 10);
      Span sum = new Span(backend.pool().acquire(DType.FLOAT32, 1, "sum"), 0, 1);
      backend.memory().write(new float[] {0, 1, 2, 3, 4, 5, 6, 7, 8, 9}, 0, x);
      backend.reduction().reduce(ReduceOp.SUM, new ReduceShape(1, 10, 1), x, 1, sum, false);
      float[] result = new float[1];
      backend.memory().read(sum, result, 0);
      LoggerFactory.getLogger(SumOnCpu.class).info("sum {}", result[0]);
    }
  }
}
