package org.oncilla.tensor;

import java.lang.ref.Cleaner;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A tensor's hold on its storage. It is released once: by {@link Tensor#close}, by the tensor's
 * {@link Scope}, or, as the backstop for tensors outside of any scope, by a {@link Cleaner} after
 * the garbage collector found the tensor unreachable.
 */
final class Handle implements Runnable {
  /** The system property that makes leaked tensors tell where they were made. */
  static final String LEAKS_PROPERTY = "oncilla.debug.leaks";

  private static final Logger LOG = LoggerFactory.getLogger(Tensor.class);
  private static final Cleaner CLEANER = Cleaner.create();
  private static final boolean TRACE = Boolean.getBoolean(LEAKS_PROPERTY);

  private final Storage storage;
  private final AtomicBoolean released = new AtomicBoolean();
  private final Throwable madeAt;

  Handle(Storage storage) {
    this.storage = storage;
    this.madeAt = TRACE ? new Throwable("the tensor was made here") : null;
  }

  Storage storage() {
    return storage;
  }

  boolean isReleased() {
    return released.get();
  }

  void release() {
    if (released.compareAndSet(false, true)) {
      storage.release();
    }
  }

  /** Asks the garbage collector to release what nobody closed. */
  void guard(Tensor tensor) {
    CLEANER.register(tensor, this);
  }

  /** Called by the cleaner only. */
  @Override
  public void run() {
    if (madeAt != null && !isReleased()) {
      LOG.warn("a tensor was never closed and fell to the garbage collector", madeAt);
    }
    release();
  }
}
