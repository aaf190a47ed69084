package org.oncilla.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/** System properties that are set until this is closed. */
final class PropertyScope implements AutoCloseable {
  private final Map<String, String> before = new LinkedHashMap<>();

  void set(String name, String value) {
    String old = System.setProperty(name, value);
    if (!before.containsKey(name)) {
      before.put(name, old);
    }
  }

  /** The system properties of a prefix that are as they were. */
  Map<String, String> others(String prefix) {
    Map<String, String> others = new TreeMap<>();
    for (String name : System.getProperties().stringPropertyNames()) {
      if (name.startsWith(prefix) && !before.containsKey(name)) {
        others.put(name, System.getProperty(name));
      }
    }
    return others;
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
