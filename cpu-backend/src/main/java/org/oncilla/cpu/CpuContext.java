package org.oncilla.cpu;

import org.oncilla.cpu.simd.Simd;

/**
 * What every kernel family computes with.
 *
 * @param simd the inner loops
 * @param team the threads
 * @param scratch intermediate arrays
 */
record CpuContext(Simd simd, ThreadTeam team, Scratch scratch) {
  /** Elements of an element-wise kernel that one task handles; fixed, so that sums are too. */
  static final int CHUNK = 16384;

  /** A range of elements. */
  @FunctionalInterface
  interface Range {
    void run(int from, int to);
  }

  /** Splits 0 … length−1 into ranges of {@link #CHUNK} elements and runs them on the team. */
  void forEachChunk(int length, Range body) {
    forEachChunk(length, CHUNK, body);
  }

  /** Splits 0 … length−1 into ranges of {@code chunk} elements and runs them on the team. */
  void forEachChunk(int length, int chunk, Range body) {
    if (length <= chunk) {
      body.run(0, length);
      return;
    }
    int tasks = Ceil.div(length, chunk);
    team.run(
        tasks,
        task -> {
          int from = task * chunk;
          body.run(from, (int) Math.min((long) from + chunk, length));
        });
  }
}
