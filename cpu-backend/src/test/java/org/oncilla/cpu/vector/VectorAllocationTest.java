package org.oncilla.cpu.vector;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.oncilla.backend.UnaryOp;
import org.oncilla.cpu.simd.ElementwiseOps;

/**
 * Once the JIT is done no loop puts a vector on the heap, in whatever order the functions come:
 * what is compiled first decides what is inlined later. A measurement to be run by hand, for JDK 17
 * does not always compile alike: in some runs tanh and log still allocate.
 */
@Tag("jit")
class VectorAllocationTest {
  private static final int ELEMENTS = 4096;
  private static final int CALLS = 200;

  /** One vector for each register of the array would be 64 kB and more a call. */
  private static final long MOST_BYTES_A_CALL = 1024;

  private static final long QUIET_NANOS = 150_000_000;
  private static final long PATIENCE_NANOS = 20_000_000_000L;

  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private final CompilationMXBean compiler = ManagementFactory.getCompilationMXBean();
  private final float[] x = new float[ELEMENTS];
  private final float[] dy = new float[ELEMENTS];
  private final float[] out = new float[ELEMENTS];

  /** A call by its name. */
  private record Call(String name, Runnable body) {}

  @Test
  void nothingIsAllocated() {
    for (int i = 0; i < ELEMENTS; i++) {
      x[i] = i % 13 - 6;
      dy[i] = i % 7 - 3;
    }
    List<String> allocating = new ArrayList<>();
    for (Call call : calls()) {
      long bytes = bytesOf(call);
      if (bytes > MOST_BYTES_A_CALL) {
        allocating.add(call.name() + " " + bytes);
      }
    }
    assertThat(allocating).as("bytes a call").isEmpty();
  }

  /** In an order in which the JIT once kept vectors on the heap. */
  private List<Call> calls() {
    List<UnaryOp> order =
        new ArrayList<>(
            List.of(
                UnaryOp.RELU,
                UnaryOp.LEAKY_RELU,
                UnaryOp.ELU,
                UnaryOp.SELU,
                UnaryOp.GELU,
                UnaryOp.SILU,
                UnaryOp.SOFTPLUS));
    for (UnaryOp op : UnaryOp.values()) {
      if (!order.contains(op)) {
        order.add(op);
      }
    }
    ElementwiseOps elementwise = new VectorElementwise();
    VectorReductions reductions = new VectorReductions();
    List<Call> calls = new ArrayList<>();
    for (UnaryOp op : order) {
      calls.add(new Call(op.name(), () -> elementwise.unary(op, 0.5f, x, 0, out, 0, ELEMENTS)));
      Runnable gradient = () -> elementwise.unaryBackward(op, 0.5f, x, 0, dy, 0, out, 0, ELEMENTS);
      calls.add(new Call(op.name() + " gradient", gradient));
    }
    calls.add(new Call("expSum", () -> out[0] = reductions.expSum(x, 0, -6, out, 0, ELEMENTS)));
    return calls;
  }

  /** Of one call, when the compiler has had nothing to do for a while or patience is at its end. */
  private long bytesOf(Call call) {
    long id = Thread.currentThread().getId();
    long start = System.nanoTime();
    long quietSince = start;
    long compiling = compiler.getTotalCompilationTime();
    while (true) {
      long before = threads.getThreadAllocatedBytes(id);
      for (int i = 0; i < CALLS; i++) {
        call.body().run();
      }
      long bytes = (threads.getThreadAllocatedBytes(id) - before) / CALLS;
      long now = System.nanoTime();
      boolean quiet = now - quietSince > QUIET_NANOS && bytes <= MOST_BYTES_A_CALL;
      if (quiet || now - start > PATIENCE_NANOS) {
        return bytes;
      }
      if (compiler.getTotalCompilationTime() != compiling) {
        compiling = compiler.getTotalCompilationTime();
        quietSince = now;
      }
    }
  }
}
