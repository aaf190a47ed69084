package org.oncilla.metric;

import java.util.List;
import java.util.stream.IntStream;

/** Names of classes. */
final class Names {
  private Names() {}

  /** Those given, or numbers. */
  static List<String> of(List<String> given, int classes) {
    return given.isEmpty()
        ? IntStream.range(0, classes).mapToObj(Integer::toString).toList()
        : given;
  }
}
