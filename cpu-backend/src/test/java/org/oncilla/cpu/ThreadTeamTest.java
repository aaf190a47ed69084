package org.oncilla.cpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class ThreadTeamTest {
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4})
  void everyTaskRunsOnce(int threads) {
    try (ThreadTeam team = new ThreadTeam(threads)) {
      for (int count : new int[] {0, 1, 2, 3, 7, 1000}) {
        AtomicIntegerArray runs = new AtomicIntegerArray(Math.max(count, 1));
        team.run(count, runs::incrementAndGet);
        for (int i = 0; i < count; i++) {
          assertThat(runs.get(i)).as("runs of task %d of %d", i, count).isEqualTo(1);
        }
      }
    }
  }

  @Test
  void workersTakePart() {
    try (ThreadTeam team = new ThreadTeam(3)) {
      CountDownLatch allThree = new CountDownLatch(3);
      Set<String> names = ConcurrentHashMap.newKeySet();
      team.run(
          3,
          task -> {
            names.add(Thread.currentThread().getName());
            allThree.countDown();
            await(allThree);
          });
      assertThat(names)
          .containsExactlyInAnyOrder(
              Thread.currentThread().getName(), "oncilla-cpu-1", "oncilla-cpu-2");
    }
  }

  @Test
  void workersWakeUpAfterTheyParked() throws InterruptedException {
    try (ThreadTeam team = new ThreadTeam(2)) {
      for (int round = 0; round < 5; round++) {
        Thread.sleep(20); // far longer than workers spin
        CountDownLatch both = new CountDownLatch(2);
        team.run(
            2,
            task -> {
              both.countDown();
              await(both);
            });
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4})
  void exceptionsReachTheCaller(int threads) {
    try (ThreadTeam team = new ThreadTeam(threads)) {
      for (int round = 0; round < 50; round++) {
        assertThatThrownBy(
                () ->
                    team.run(
                        100,
                        task -> {
                          if (task == 70) {
                            throw new IllegalStateException("task 70 failed");
                          }
                        }))
            .isInstanceOf(IllegalStateException.class)
            .hasMessage("task 70 failed");
        AtomicInteger afterwards = new AtomicInteger();
        team.run(10, task -> afterwards.incrementAndGet());
        assertThat(afterwards).hasValue(10);
      }
    }
  }

  @Test
  void errorsReachTheCallerToo() {
    try (ThreadTeam team = new ThreadTeam(2)) {
      assertThatThrownBy(
              () ->
                  team.run(
                      2,
                      task -> {
                        throw new StackOverflowError("deep");
                      }))
          .isInstanceOf(StackOverflowError.class)
          .hasMessage("deep");
    }
  }

  @Test
  void tasksMayCallAgain() {
    try (ThreadTeam team = new ThreadTeam(3)) {
      AtomicInteger inner = new AtomicInteger();
      team.run(8, outer -> team.run(5, task -> inner.incrementAndGet()));
      assertThat(inner).hasValue(40);
    }
  }

  @Test
  void severalCallersAtOnce() throws InterruptedException {
    try (ThreadTeam team = new ThreadTeam(3)) {
      AtomicLong total = new AtomicLong();
      List<Thread> callers = new ArrayList<>();
      for (int caller = 0; caller < 4; caller++) {
        callers.add(
            new Thread(
                () -> {
                  for (int round = 0; round < 500; round++) {
                    AtomicInteger mine = new AtomicInteger();
                    team.run(20, task -> mine.incrementAndGet());
                    total.addAndGet(mine.get());
                  }
                }));
      }
      callers.forEach(Thread::start);
      for (Thread caller : callers) {
        caller.join();
      }
      assertThat(total).hasValue(4 * 500 * 20);
    }
  }

  @Test
  void interruptsAreKept() {
    try (ThreadTeam team = new ThreadTeam(2)) {
      Thread.currentThread().interrupt();
      AtomicInteger runs = new AtomicInteger();
      team.run(100, task -> runs.incrementAndGet());
      assertThat(runs).hasValue(100);
      assertThat(Thread.interrupted()).as("interrupted").isTrue();
    }
  }

  @Test
  void worksOnTheCallersThreadOnceClosed() {
    ThreadTeam team = new ThreadTeam(3);
    team.close();
    AtomicInteger runs = new AtomicInteger();
    team.run(10, task -> runs.incrementAndGet());
    assertThat(runs).hasValue(10);
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(30, TimeUnit.SECONDS)).as("all threads came").isTrue();
    } catch (InterruptedException interrupted) {
      throw new AssertionError(interrupted);
    }
  }
}
