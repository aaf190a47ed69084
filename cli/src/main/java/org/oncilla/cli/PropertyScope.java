package org.oncilla.cli;

import java.util.LinkedHashMap;
import java.util.Map;

/** System properties that are set until this is closed. */
final class PropertyScope implements AutoCloseable {
  private final Map<String, String> before = new LinkedHashMap<>();

  void set(String name, String value) {
    String old = System.setProperty(name, value);
    if (!before.containsKey(name)) {
      before.put(name, old);
    }
  }

  @Override
  public void close() {
    before.forEach(
        (name, value) -> {
          if (value == null) {
            System.clearProperty(name);
          } else {
            System.setProperty(name, value);
          }
        });
    before.clear();
  }
}
