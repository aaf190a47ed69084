package org.oncilla.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MemoryPoolTest {
  private static final long BUDGET = 1 << 20;

  private final CountingMemory memory = new CountingMemory();
  private final MemoryPool pool = new MemoryPool("test", memory, BUDGET);

  @Property
  void sizeClassesWasteAtMostAnEighth(@ForAll @IntRange(min = 33) int length) {
    int capacity = MemoryPool.sizeClass(length);
    assertThat(capacity).isGreaterThanOrEqualTo(length);
    assertThat((long) (capacity - length) * 8).isLessThanOrEqualTo(length);
  }

  @Property
  void sizeClassesAreTheirOwnClass(@ForAll @IntRange(min = 1) int length) {
    int capacity = MemoryPool.sizeClass(length);
    assertThat(MemoryPool.sizeClass(capacity)).isEqualTo(capacity);
  }

  @Property
  void largerRequestsGetLargerClasses(@ForAll @IntRange(min = 1, max = 1 << 30) int length) {
    assertThat(MemoryPool.sizeClass(length + 1))
        .isGreaterThanOrEqualTo(MemoryPool.sizeClass(length));
  }

  @ParameterizedTest
  @CsvSource({"1,32", "32,32", "33,36", "64,64", "65,72", "72,72", "73,80", "1000,1024"})
  void sizeClasses(int length, int capacity) {
    assertThat(MemoryPool.sizeClass(length)).isEqualTo(capacity);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1, Integer.MIN_VALUE})
  void refusesEmptyBuffers(int length) {
    assertThatThrownBy(() -> pool.acquire(DType.FLOAT32, length, "x"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a buffer needs at least 1 element, not " + length);
    assertThat(pool.statistics().liveBuffers()).isZero();
  }

  @Test
  void takesTheExactLengthWhereItsClassWouldNotFit() {
    int length = (int) (BUDGET / Float.BYTES) - 1000;
    assertThat(MemoryPool.sizeClass(length)).isGreaterThan(length);
    MemoryPool exact = new MemoryPool("test", memory, (long) length * Float.BYTES);
    DeviceBuffer buffer = exact.acquire(DType.FLOAT32, length, "x");
    assertThat(buffer.capacity()).isEqualTo(length);
    exact.release(buffer);
    assertThat(exact.acquire(DType.FLOAT32, length, "x").capacity()).isEqualTo(length);
  }

  @Test
  void handsAReleasedBufferOutAgainForItsClassAndType() {
    DeviceBuffer first = pool.acquire(DType.FLOAT32, 70, "x");
    pool.release(first);
    assertThat(pool.acquire(DType.INT32, 70, "x")).isNotSameAs(first);
    assertThat(pool.acquire(DType.FLOAT32, 73, "x")).isNotSameAs(first);
    assertThat(pool.acquire(DType.FLOAT32, 66, "x")).isSameAs(first);
    assertThat(memory.allocated).hasSize(3);
  }

  @Test
  void allocatesNothingAfterTheFirstOfManyEqualSteps() {
    for (int step = 0; step < 100; step++) {
      List<DeviceBuffer> buffers = new ArrayList<>();
      for (int length : new int[] {100, 1000, 100, 5000}) {
        buffers.add(pool.acquire(DType.FLOAT32, length, "step"));
      }
      buffers.forEach(pool::release);
    }
    assertThat(memory.allocated).hasSize(4);
    assertThat(pool.statistics().allocations()).isEqualTo(4);
  }

  @Test
  void countsWholeClasses() {
    DeviceBuffer x = pool.acquire(DType.FLOAT32, 33, "x");
    DeviceBuffer y = pool.acquire(DType.FLOAT64, 32, "y");
    assertThat(pool.statistics())
        .isEqualTo(new MemoryStatistics(36 * 4 + 32 * 8, 0, 36 * 4 + 32 * 8, BUDGET, 2, 2));
    pool.release(x);
    assertThat(pool.statistics())
        .isEqualTo(new MemoryStatistics(32 * 8, 36 * 4, 36 * 4 + 32 * 8, BUDGET, 1, 2));
    pool.release(y);
    pool.trim();
    assertThat(pool.statistics())
        .isEqualTo(new MemoryStatistics(0, 0, 36 * 4 + 32 * 8, BUDGET, 0, 2));
  }

  @Test
  void trimGivesPooledBuffersBackAndKeepsLiveOnes() {
    DeviceBuffer live = pool.acquire(DType.FLOAT32, 100, "live");
    DeviceBuffer pooled = pool.acquire(DType.FLOAT32, 100, "pooled");
    pool.release(pooled);
    pool.trim();
    assertThat(memory.freed).containsExactly(pooled);
    assertThat(pool.statistics().liveBytes()).isEqualTo(live.bytes());
    pool.release(live);
    assertThat(pool.acquire(DType.FLOAT32, 100, "again")).isSameAs(live);
  }

  @Test
  void closeGivesEverythingBack() {
    DeviceBuffer live = pool.acquire(DType.FLOAT32, 100, "live");
    DeviceBuffer pooled = pool.acquire(DType.INT32, 100, "pooled");
    pool.release(pooled);
    pool.close();
    assertThat(memory.freed).containsExactlyInAnyOrder(live, pooled);
    assertThat(pool.statistics().liveBytes()).isZero();
    assertThat(pool.statistics().liveBuffers()).isZero();
  }

  @Test
  void refusesASecondRelease() {
    DeviceBuffer buffer = pool.acquire(DType.FLOAT32, 32, "x");
    pool.release(buffer);
    assertThatThrownBy(() -> pool.release(buffer))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("a buffer of 128 bytes was released twice, or to the wrong pool");
    assertThat(pool.statistics().pooledBytes()).isEqualTo(128);
  }

  @Test
  void refusesABufferOfAnotherPool() {
    DeviceBuffer foreign = new MemoryPool("other", memory, BUDGET).acquire(DType.FLOAT32, 32, "x");
    assertThatThrownBy(() -> pool.release(foreign))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("wrong pool");
  }

  @Test
  void overTheBudgetSaysWhoAskedAndWhoHoldsWhat() {
    pool.acquire(DType.FLOAT32, 128 * 1024, "weights");
    pool.acquire(DType.FLOAT32, 64 * 1024, "input");
    pool.acquire(DType.FLOAT32, 32 * 1024, "input");
    assertThatThrownBy(() -> pool.acquire(DType.FLOAT32, 48 * 1024, "conv1"))
        .isInstanceOf(OutOfDeviceMemoryException.class)
        .hasMessage(
            "out of memory on backend test: conv1 asked for 192.0 KiB with 896.0 KiB live and 0 B"
                + " pooled of a budget of 1.0 MiB; the largest owners are weights 512.0 KiB, input"
                + " 384.0 KiB; use a smaller batch, close tensors that are no longer needed, or"
                + " raise -Doncilla.memory.budget");
    assertThat(pool.statistics().liveBytes()).isEqualTo(896 * 1024);
    assertThat(memory.allocated).hasSize(3);
  }

  @Test
  void namesTheFiveLargestOwnersOnly() {
    for (int i = 1; i <= 7; i++) {
      pool.acquire(DType.FLOAT32, i * 1024, "owner" + i);
    }
    assertThatThrownBy(() -> pool.acquire(DType.FLOAT32, 256 * 1024, "x"))
        .hasMessageContaining("owner7 28.0 KiB, owner6")
        .hasMessageContaining("owner3")
        .hasMessageNotContaining("owner2");
  }

  @Test
  void pooledBuffersMakeRoomBeforeTheBudgetRefuses() {
    DeviceBuffer pooled = pool.acquire(DType.FLOAT32, 160 * 1024, "first");
    pool.release(pooled);
    DeviceBuffer second = pool.acquire(DType.FLOAT32, 192 * 1024, "second");
    assertThat(memory.freed).containsExactly(pooled);
    assertThat(pool.statistics().liveBytes()).isEqualTo(second.bytes());
    assertThat(pool.statistics().peakBytes()).isLessThanOrEqualTo(BUDGET);
  }

  @Test
  void aReusedBufferNeedsNoBudget() {
    DeviceBuffer whole = pool.acquire(DType.FLOAT32, 256 * 1024, "x");
    pool.release(whole);
    assertThat(pool.acquire(DType.FLOAT32, 256 * 1024, "x")).isSameAs(whole);
  }

  @Test
  void moreThanTheDeviceGivesAtOnceSaysSo() {
    memory.maxAllocationBytes = 1000;
    assertThatThrownBy(() -> pool.acquire(DType.FLOAT32, 1000, "embedding"))
        .isInstanceOf(OutOfDeviceMemoryException.class)
        .hasMessageContaining("embedding asked for 3.9 KiB")
        .hasMessageEndingWith("; the device's largest single allocation is 1000 B");
  }

  @Test
  void aRefusalOfTheDeviceIsTriedAgainWithAnEmptyPool() {
    DeviceBuffer pooled = pool.acquire(DType.FLOAT32, 100, "x");
    pool.release(pooled);
    memory.refusals = 1;
    DeviceBuffer buffer = pool.acquire(DType.FLOAT32, 200, "y");
    assertThat(memory.freed).containsExactly(pooled);
    assertThat(pool.statistics().liveBytes()).isEqualTo(buffer.bytes());
  }

  @Test
  void aSecondRefusalOfTheDeviceIsPassedOn() {
    memory.refusals = 2;
    assertThatThrownBy(() -> pool.acquire(DType.FLOAT32, 200, "y"))
        .isInstanceOf(OutOfDeviceMemoryException.class)
        .hasMessageContaining("y asked for 800 B")
        .hasMessageEndingWith("; the device refused: no room")
        .hasCauseInstanceOf(BackendException.class);
    assertThat(pool.statistics()).isEqualTo(new MemoryStatistics(0, 0, 0, BUDGET, 0, 0));
    assertThat(pool.acquire(DType.FLOAT32, 200, "y").capacity()).isEqualTo(208);
  }

  @Test
  void ownersOfLiveBuffersAreKnown() {
    DeviceBuffer gone = pool.acquire(DType.FLOAT32, 10, "gone");
    pool.acquire(DType.FLOAT32, 10, "logits");
    pool.acquire(DType.INT32, 10, "labels");
    pool.release(gone);
    assertThat(pool.liveOwners()).containsExactly("labels", "logits");
  }

  @ParameterizedTest
  @CsvSource({"1000,1000", "64K,65536", "3m,3145728", "' 2G ',2147483648"})
  void budgetsFromTheSystemProperty(String text, long bytes) {
    assertThat(withBudget(text)).isEqualTo(bytes);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-1", "0", "1.5G", "12T", "K", "99999999999G"})
  void malformedBudgetsAreRefused(String text) {
    assertThatThrownBy(() -> withBudget(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "-Doncilla.memory.budget="
                + text
                + " is not a size; give a positive number of bytes, or a number followed by K, M or"
                + " G");
  }

  @Test
  void theBudgetIsNineTenthsOfTheDeviceByDefault() {
    assertThat(new MemoryPool("test", memory).statistics().budgetBytes())
        .isEqualTo(CountingMemory.CAPACITY / 10 * 9);
  }

  @Test
  void manyThreadsShareAPool() throws InterruptedException {
    int threads = 4;
    CountDownLatch start = new CountDownLatch(1);
    List<Throwable> failures = new ArrayList<>();
    List<Thread> workers = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      Thread worker = new Thread(() -> acquireAndRelease(start));
      worker.setUncaughtExceptionHandler(
          (thread, failure) -> {
            synchronized (failures) {
              failures.add(failure);
            }
          });
      workers.add(worker);
      worker.start();
    }
    start.countDown();
    for (Thread worker : workers) {
      worker.join();
    }
    assertThat(failures).isEmpty();
    assertThat(pool.statistics().liveBytes()).isZero();
    assertThat(pool.statistics().allocations()).isBetween(3L, 3L * threads);
    assertThat(pool.statistics().pooledBytes())
        .isEqualTo(memory.allocated.stream().mapToLong(DeviceBuffer::bytes).sum());
  }

  private void acquireAndRelease(CountDownLatch start) {
    try {
      start.await();
    } catch (InterruptedException interrupted) {
      throw new IllegalStateException(interrupted);
    }
    for (int i = 0; i < 2000; i++) {
      DeviceBuffer buffer = pool.acquire(DType.FLOAT32, 100 * (i % 3 + 1), "thread");
      pool.release(buffer);
    }
  }

  private long withBudget(String text) {
    System.setProperty(MemoryPool.BUDGET_PROPERTY, text);
    try {
      return new MemoryPool("test", memory).statistics().budgetBytes();
    } finally {
      System.clearProperty(MemoryPool.BUDGET_PROPERTY);
    }
  }
}
