package org.oncilla.backend;

import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Device memory by size classes: a released buffer is kept and handed out again for the next
 * request of its class, so that a training loop allocates nothing after its first step.
 *
 * <p>Lengths are rounded up to one of eight classes an octave, which wastes at most an eighth. What
 * is live and pooled together never exceeds the byte budget ({@value #BUDGET_PROPERTY}, by default
 * nine tenths of the device's memory). Thread-safe.
 *
 * <p>Outside of the budget stands what does not come from the pool: the arrays into which each
 * thread of the CPU backend packs operands, as large as the operands of its largest product, and
 * the slots of pinned memory that the OpenCL backend uploads through, 16 MB at most.
 */
public final class MemoryPool {
  /** The system property that sets the budget: bytes, or a number with K, M or G. */
  public static final String BUDGET_PROPERTY = "oncilla.memory.budget";

  private static final int SMALLEST_CLASS = 32;
  private static final int OWNERS_NAMED = 5;

  private final String backendName;
  private final DeviceMemory memory;
  private final long budget;
  private final Map<DType, Map<Integer, Deque<DeviceBuffer>>> free = new EnumMap<>(DType.class);
  private final Map<DeviceBuffer, String> live = new IdentityHashMap<>();
  private long liveBytes;
  private long pooledBytes;
  private long peakBytes;
  private long allocations;
  private boolean closed;

  /**
   * A pool over a device's memory, with the budget of {@value #BUDGET_PROPERTY}.
   *
   * @param backendName names the backend in error messages
   */
  public MemoryPool(String backendName, DeviceMemory memory) {
    this(backendName, memory, defaultBudget(memory));
  }

  /**
   * A pool with a budget of its own.
   *
   * @param budget largest number of bytes that may be live and pooled together
   */
  public MemoryPool(String backendName, DeviceMemory memory, long budget) {
    this.backendName = backendName;
    this.memory = memory;
    this.budget = budget;
    for (DType type : DType.values()) {
      free.put(type, new HashMap<>());
    }
  }

  /**
   * Hands out a buffer of at least {@code length} elements with undefined contents.
   *
   * @param owner what the buffer is for, named when memory runs out
   * @throws OutOfDeviceMemoryException over the budget, or when the device refuses
   * @throws BackendException after {@link #close}
   */
  public synchronized DeviceBuffer acquire(DType type, int length, String owner) {
    if (closed) {
      throw new BackendException(
          owner + ": backend " + backendName + " was closed; open it again and make new tensors");
    }
    int capacity = sizeClass(length);
    Deque<DeviceBuffer> candidates = free.get(type).get(capacity);
    DeviceBuffer buffer;
    if (candidates != null && !candidates.isEmpty()) {
      buffer = candidates.pop();
      pooledBytes -= buffer.bytes();
    } else {
      buffer = allocate(type, length, capacity, owner);
    }
    liveBytes += buffer.bytes();
    live.put(buffer, owner);
    peakBytes = Math.max(peakBytes, liveBytes + pooledBytes);
    return buffer;
  }

  /**
   * Takes a buffer back for reuse. After {@link #close} it does nothing: the memory is free
   * already.
   *
   * @throws IllegalStateException if it is not live
   */
  public synchronized void release(DeviceBuffer buffer) {
    if (closed) {
      return;
    }
    if (live.remove(buffer) == null) {
      throw new IllegalStateException(
          "a buffer of " + buffer.bytes() + " bytes was released twice, or to the wrong pool");
    }
    liveBytes -= buffer.bytes();
    pooledBytes += buffer.bytes();
    free.get(buffer.type())
        .computeIfAbsent(buffer.capacity(), c -> new ArrayDeque<>())
        .push(buffer);
  }

  /** Gives every pooled buffer back to the device. */
  public synchronized void trim() {
    for (Map<Integer, Deque<DeviceBuffer>> classes : free.values()) {
      classes.values().forEach(buffers -> buffers.forEach(memory::free));
      classes.clear();
    }
    pooledBytes = 0;
  }

  /** Gives every buffer back to the device, live ones too: the backend is closing. */
  public synchronized void close() {
    closed = true;
    trim();
    live.keySet().forEach(memory::free);
    live.clear();
    liveBytes = 0;
  }

  /** What is live, pooled and allocated now. */
  public synchronized MemoryStatistics statistics() {
    return new MemoryStatistics(
        liveBytes, pooledBytes, peakBytes, budget, live.size(), allocations);
  }

  private DeviceBuffer allocate(DType type, int length, int capacity, String owner) {
    long bytes = (long) capacity * type.bytes();
    boolean tight = bytes > memory.maxAllocationBytes() || liveBytes + bytes > budget;
    if (tight && capacity > length) {
      // Where the size class does not fit, the length itself may.
      return allocate(type, length, length, owner);
    }
    if (bytes > memory.maxAllocationBytes()) {
      throw new OutOfDeviceMemoryException(
          explain(type, length, owner)
              + "; the device's largest single allocation is "
              + readable(memory.maxAllocationBytes()));
    }
    if (liveBytes + pooledBytes + bytes > budget) {
      trim();
    }
    if (liveBytes + bytes > budget) {
      throw new OutOfDeviceMemoryException(
          explain(type, length, owner)
              + "; use a smaller batch, close tensors that are no longer needed, or raise -D"
              + BUDGET_PROPERTY);
    }
    DeviceBuffer buffer = allocateOrTrim(type, capacity, length, owner);
    allocations++;
    return buffer;
  }

  private DeviceBuffer allocateOrTrim(DType type, int capacity, int length, String owner) {
    try {
      return memory.allocate(type, capacity);
    } catch (BackendException firstRefusal) {
      trim();
      try {
        return memory.allocate(type, capacity);
      } catch (BackendException refusal) {
        throw new OutOfDeviceMemoryException(
            explain(type, length, owner) + "; the device refused: " + refusal.getMessage(),
            refusal);
      }
    }
  }

  private String explain(DType type, int length, String owner) {
    String owners =
        live.entrySet().stream()
            .collect(
                Collectors.groupingBy(
                    Map.Entry::getValue, Collectors.summingLong(e -> e.getKey().bytes())))
            .entrySet()
            .stream()
            .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
            .limit(OWNERS_NAMED)
            .map(e -> e.getKey() + " " + readable(e.getValue()))
            .collect(Collectors.joining(", "));
    return "out of memory on backend "
        + backendName
        + ": "
        + owner
        + " asked for "
        + readable((long) length * type.bytes())
        + " with "
        + readable(liveBytes)
        + " live and "
        + readable(pooledBytes)
        + " pooled of a budget of "
        + readable(budget)
        + (owners.isEmpty() ? "" : "; the largest owners are " + owners);
  }

  /** The capacity that a request of {@code length} elements gets. */
  static int sizeClass(int length) {
    if (length < 1) {
      throw new IllegalArgumentException("a buffer needs at least 1 element, not " + length);
    }
    if (length <= SMALLEST_CLASS) {
      return SMALLEST_CLASS;
    }
    int step = Integer.highestOneBit(length - 1) >>> 3;
    long rounded = ((long) length + step - 1) / step * step;
    return rounded > Integer.MAX_VALUE - 8 ? length : (int) rounded;
  }

  private static long defaultBudget(DeviceMemory memory) {
    String text = System.getProperty(BUDGET_PROPERTY);
    return text == null ? memory.capacityBytes() / 10 * 9 : parseBytes(text);
  }

  private static long parseBytes(String text) {
    String trimmed = text.trim().toUpperCase(java.util.Locale.ROOT);
    int shift = "KMG".indexOf(trimmed.isEmpty() ? ' ' : trimmed.charAt(trimmed.length() - 1));
    String digits = shift < 0 ? trimmed : trimmed.substring(0, trimmed.length() - 1);
    try {
      long bytes = Math.multiplyExact(Long.parseLong(digits), 1L << (10 * (shift + 1)));
      if (bytes > 0) {
        return bytes;
      }
    } catch (NumberFormatException | ArithmeticException malformed) {
      throw new IllegalArgumentException(budgetSyntax(text), malformed);
    }
    throw new IllegalArgumentException(budgetSyntax(text));
  }

  private static String budgetSyntax(String text) {
    return "-D"
        + BUDGET_PROPERTY
        + "="
        + text
        + " is not a size; give a positive number of bytes, or a number followed by K, M or G";
  }

  private static String readable(long bytes) {
    return bytes < 1 << 10
        ? bytes + " B"
        : bytes < 1 << 20
            ? String.format(java.util.Locale.ROOT, "%.1f KiB", bytes / 1024.0)
            : String.format(java.util.Locale.ROOT, "%.1f MiB", bytes / 1048576.0);
  }

  /** The buffers that tensors hold now, with their owners; for leak reports. */
  public synchronized Set<String> liveOwners() {
    return Collections.unmodifiableSet(new java.util.TreeSet<>(live.values()));
  }
}
