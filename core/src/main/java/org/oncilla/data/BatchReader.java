package org.oncilla.data;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/**
 * The batches of one epoch, prepared ahead on the host by a thread of their own. Closing it stops
 * the thread. The batches are taken by one thread.
 */
public final class BatchReader implements AutoCloseable {
  private static final int PREPARED_AHEAD = 3;

  private final BlockingQueue<Prepared> ready = new ArrayBlockingQueue<>(PREPARED_AHEAD + 1);
  private final BlockingQueue<HostBatch> empty = new ArrayBlockingQueue<>(PREPARED_AHEAD + 1);
  private final Thread thread;
  private HostBatch current;
  private boolean ended;

  /** A batch, the failure that ended the reading, or neither at the end. */
  private record Prepared(HostBatch batch, Throwable failure) {}

  BatchReader(Batches batches, int epoch) {
    for (int i = 0; i < PREPARED_AHEAD; i++) {
      HostBatch batch = new HostBatch(batches.dataset(), batches.batchSize());
      batch.beginEpoch(epoch);
      empty.add(batch);
    }
    thread = new Thread(() -> prepare(batches, epoch), "oncilla-batches");
    thread.setDaemon(true);
    thread.start();
  }

  /**
   * The next batch, or null at the end of the epoch. It is valid until the next call.
   *
   * @throws RuntimeException what reading a sample threw
   */
  public HostBatch next() {
    if (ended) {
      return null;
    }
    if (current != null) {
      empty.add(current);
      current = null;
    }
    Prepared prepared = take();
    if (prepared.failure() != null) {
      ended = true;
      throw new IllegalStateException(
          "preparing a batch failed: " + prepared.failure().getMessage(), prepared.failure());
    }
    current = prepared.batch();
    ended = current == null;
    return current;
  }

  /** Stops preparing and waits for the thread to end. */
  @Override
  public void close() {
    ended = true;
    thread.interrupt();
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException again) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private Prepared take() {
    try {
      return ready.take();
    } catch (InterruptedException interruption) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for a batch", interruption);
    }
  }

  private void prepare(Batches batches, int epoch) {
    try {
      ready.put(readAll(batches, epoch));
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
    }
  }

  /** Hands over batch after batch; the result says how it ended. */
  private Prepared readAll(Batches batches, int epoch) throws InterruptedException {
    try {
      Dataset dataset = batches.dataset();
      int[] order = dataset.order(epoch);
      int at = 0;
      for (int taken = 0; taken < batches.count(); taken++) {
        HostBatch batch = empty.take();
        batch.resize(Math.min(batch.capacity(), order.length - at));
        for (int i = 0; i < batch.size(); i++) {
          dataset.read(order[at++], batch, i);
        }
        ready.put(new Prepared(batch, null));
      }
      return new Prepared(null, null);
    } catch (RuntimeException | Error failure) {
      return new Prepared(null, failure);
    }
  }
}
