package org.oncilla.cpu;

/**
 * Keeps room on the heap for what is not a buffer, so that it is a buffer that a full heap refuses,
 * and that there is room to say so. G1 can be full when only half of the heap is used: a buffer a
 * little longer than half of a region has one for itself.
 */
final class HeapReserve {
  /** A heap has about 2048 of G1's regions, so that this is several. */
  private static final int SHARE = 128;

  private static final int SMALLEST = 1 << 22;
  private static final int LARGEST = 1 << 26;
  private static final int BYTES =
      (int) Math.min(LARGEST, Math.max(SMALLEST, Runtime.getRuntime().maxMemory() / SHARE));

  private static volatile byte[] held;
  private static volatile byte[] probe;
  private static long unprobed;

  private HeapReserve() {}

  /**
   * Sets memory aside, unless it is already, and, where the heap fills, sees to it now and then
   * that as much again could be had: what G1 wastes is free by its own account.
   *
   * @param allocated bytes of a new buffer
   * @throws OutOfMemoryError if there is not enough
   */
  static synchronized void require(long allocated) {
    if (held == null) {
      held = new byte[BYTES];
    }
    unprobed += allocated;
    Runtime heap = Runtime.getRuntime();
    if (unprobed > BYTES / 4 && heap.totalMemory() - heap.freeMemory() > heap.maxMemory() / 5 * 2) {
      probe = new byte[BYTES];
      probe = null;
      unprobed = 0;
    }
  }

  /** Makes room for what follows a refusal, its message to begin with. */
  static synchronized void giveUp() {
    held = null;
  }
}
