package org.oncilla.cpu;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * Threads that share the tasks of one kernel. The caller takes part; idle workers spin for a
 * moment, because the next kernel usually follows at once, and then park.
 *
 * <p>Which thread runs a task is left to chance, so a kernel's tasks must not depend on each other
 * and a sum must not be split differently for different numbers of threads. A second caller, or a
 * task that calls again, finds the team busy and runs its tasks itself.
 */
final class ThreadTeam implements AutoCloseable {
  /** One share of a kernel's work. */
  @FunctionalInterface
  interface Task {
    void run(int index);
  }

  private static final long WORKER_SPIN_NANOS = 100_000;
  private static final long CALLER_SPIN_NANOS = 200_000;
  private static final int SPINS_PER_CLOCK_READ = 64;

  private final Worker[] workers;
  private final AtomicBoolean busy = new AtomicBoolean();
  private long jobs;
  private volatile Job current;
  private volatile boolean closed;

  /**
   * Starts {@code threads − 1} daemon threads.
   *
   * @param threads threads that compute, the caller's included
   */
  ThreadTeam(int threads) {
    workers = new Worker[threads - 1];
    for (int i = 0; i < workers.length; i++) {
      workers[i] = new Worker("oncilla-cpu-" + (i + 1));
      workers[i].start();
    }
  }

  /** Threads that compute, the caller's included. */
  int size() {
    return workers.length + 1;
  }

  /**
   * Runs tasks 0 … count−1 and returns when all are done.
   *
   * @throws RuntimeException what a task threw; tasks not yet begun are then left out
   */
  void run(int count, Task task) {
    if (count == 1 || workers.length == 0 || !busy.compareAndSet(false, true)) {
      for (int i = 0; i < count; i++) {
        task.run(i);
      }
      return;
    }
    try {
      Job job = new Job(++jobs, count, task, Thread.currentThread());
      current = job;
      for (Worker worker : workers) {
        worker.wake();
      }
      job.work();
      job.await();
    } finally {
      current = null;
      busy.set(false);
    }
  }

  /** Runs tasks on the team where {@code worthwhile}, else one after the other. */
  void run(boolean worthwhile, int count, Task task) {
    if (worthwhile) {
      run(count, task);
    } else {
      for (int i = 0; i < count; i++) {
        task.run(i);
      }
    }
  }

  /** Ends the workers; kernels still work afterwards, on the caller's thread. */
  @Override
  public void close() {
    closed = true;
    for (Worker worker : workers) {
      LockSupport.unpark(worker);
    }
  }

  private static final class Job {
    private final long number;
    private final int count;
    private final Task task;
    private final Thread caller;
    private final AtomicInteger next = new AtomicInteger();
    private final AtomicInteger finished = new AtomicInteger();
    private volatile Throwable failure;
    private volatile boolean callerParked;

    Job(long number, int count, Task task, Thread caller) {
      this.number = number;
      this.count = count;
      this.task = task;
      this.caller = caller;
    }

    void work() {
      int done = 0;
      for (int i = next.getAndIncrement(); i < count; i = next.getAndIncrement()) {
        runOne(i);
        done++;
      }
      if (done > 0 && finished.addAndGet(done) == count && callerParked) {
        LockSupport.unpark(caller);
      }
    }

    private void runOne(int index) {
      if (failure != null) {
        return;
      }
      try {
        task.run(index);
      } catch (Throwable thrown) { // handed to the caller, whatever it is
        failure = thrown;
      }
    }

    void await() {
      if (finished.get() < count) {
        spin();
      }
      boolean interrupted = false;
      while (finished.get() < count) {
        callerParked = true;
        if (finished.get() < count) {
          LockSupport.park(this);
          interrupted |= Thread.interrupted();
        }
      }
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
      if (failure instanceof RuntimeException unchecked) {
        throw unchecked;
      } else if (failure instanceof Error error) {
        throw error;
      }
    }

    private void spin() {
      long start = System.nanoTime();
      while (finished.get() < count && System.nanoTime() - start < CALLER_SPIN_NANOS) {
        for (int i = 0; i < SPINS_PER_CLOCK_READ && finished.get() < count; i++) {
          Thread.onSpinWait();
        }
      }
    }
  }

  private final class Worker extends Thread {
    private volatile boolean parked;
    private long lastJob;

    Worker(String name) {
      super(name);
      setDaemon(true);
    }

    void wake() {
      if (parked) {
        LockSupport.unpark(this);
      }
    }

    @Override
    public void run() {
      while (!closed) {
        if (!workOnce() && !spin()) {
          parkUntilWork();
        }
      }
    }

    private boolean hasWork() {
      Job job = current;
      return job != null && job.number != lastJob;
    }

    private boolean workOnce() {
      Job job = current;
      if (job == null || job.number == lastJob) {
        return false;
      }
      lastJob = job.number;
      job.work();
      return true;
    }

    private boolean spin() {
      long start = System.nanoTime();
      while (System.nanoTime() - start < WORKER_SPIN_NANOS) {
        for (int i = 0; i < SPINS_PER_CLOCK_READ; i++) {
          if (hasWork() || closed) {
            return true;
          }
          Thread.onSpinWait();
        }
      }
      return false;
    }

    private void parkUntilWork() {
      parked = true;
      while (!hasWork() && !closed) {
        LockSupport.park(ThreadTeam.this);
        Thread.interrupted();
      }
      parked = false;
    }
  }
}
