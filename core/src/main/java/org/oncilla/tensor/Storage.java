package org.oncilla.tensor;

import java.util.concurrent.atomic.AtomicInteger;
import org.oncilla.backend.Backend;
import org.oncilla.backend.DType;
import org.oncilla.backend.DeviceBuffer;
import org.oncilla.backend.MemoryPool;
import org.oncilla.backend.OutOfDeviceMemoryException;

/** A device buffer shared by the tensors that view it; goes back to the pool with the last one. */
final class Storage {
  private final MemoryPool pool;
  private final DeviceBuffer buffer;
  private final AtomicInteger references = new AtomicInteger(1);
  private final AtomicInteger version = new AtomicInteger();

  Storage(Backend backend, DType type, int length, String owner) {
    this.pool = backend.pool();
    this.buffer = acquire(type, length, owner);
  }

  private DeviceBuffer acquire(DType type, int length, String owner) {
    try {
      return pool.acquire(type, length, owner);
    } catch (OutOfDeviceMemoryException full) {
      throw Scope.explained(full);
    }
  }

  DeviceBuffer buffer() {
    return buffer;
  }

  /** How often the memory was written after it was made. */
  int version() {
    return version.get();
  }

  void written() {
    version.incrementAndGet();
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
