package org.oncilla.backend;

/**
 * A snapshot of a {@link MemoryPool}. Bytes count whole size classes, which is what the device
 * really holds.
 *
 * @param liveBytes bytes in buffers that tensors hold
 * @param pooledBytes bytes in free buffers kept for reuse
 * @param peakBytes largest {@code liveBytes + pooledBytes} so far
 * @param budgetBytes the limit on {@code liveBytes + pooledBytes}
 * @param liveBuffers number of buffers that tensors hold
 * @param allocations buffers allocated on the device so far (as opposed to reused)
 */
public record MemoryStatistics(
    long liveBytes,
    long pooledBytes,
    long peakBytes,
    long budgetBytes,
    int liveBuffers,
    long allocations) {}
