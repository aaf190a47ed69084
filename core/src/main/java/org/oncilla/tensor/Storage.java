package org.oncilla.tensor;

import java.util.concurrent.atomic.AtomicInteger;
import org.oncilla.backend.Backend;
import org.oncilla.backend.DType;
import org.oncilla.backend.DeviceBuffer;
import org.oncilla.backend.MemoryPool;

/** A device buffer shared by the tensors that view it; goes back to the pool with the last one. */
final class Storage {
  private final MemoryPool pool;
  private final DeviceBuffer buffer;
  private final AtomicInteger references = new AtomicInteger(1);

  Storage(Backend backend, DType type, int length, String owner) {
    this.pool = backend.pool();
    this.buffer = pool.acquire(type, length, owner);
  }

  DeviceBuffer buffer() {
    return buffer;
  }

  /** Whether more than one tensor holds this storage. */
  boolean isShared() {
    return references.get() > 1;
  }

  Storage retain() {
    references.incrementAndGet();
    return this;
  }

  void release() {
    if (references.decrementAndGet() == 0) {
      pool.release(buffer);
    }
  }
}
