package org.oncilla.benchmarks.workload;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.ServiceLoader;

/** A deep-learning library that runs workloads; found by ServiceLoader. */
public interface Library extends AutoCloseable {
  /** The name in tables. */
  String name();

  /**
   * Starts the library.
   *
   * @param threads threads that compute
   * @return one line: version, device, what it is built on
   */
  String start(int threads);

  /** Prepares a workload. */
  Task open(Workload workload);

  /** Device buffers allocated so far; empty where the library does not tell. */
  default OptionalLong allocations() {
    return OptionalLong.empty();
  }

  /** What one step asks of the device, counted apart; empty where it cannot be counted. */
  default Optional<DeviceCalls> countDeviceCalls(Workload workload) {
    return Optional.empty();
  }

  @Override
  void close();

  /**
   * The library of that name.
   *
   * @throws IllegalArgumentException if it is not on the class path
   */
  static Library named(String name) {
    return ServiceLoader.load(Library.class).stream()
        .map(ServiceLoader.Provider::get)
        .filter(library -> library.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "no library called "
                        + name
                        + " on the class path; peers need bin/bench --peers"));
  }
}
