package org.oncilla.nn;

import java.util.List;
import java.util.Map;

/**
 * A module's architecture as plain data: what is needed to build it again, without its weights.
 *
 * @param type the module's class name without its package, such as {@code Conv2d}
 * @param arguments its settings by name; each value is an Integer, Long, Double, Boolean, String or
 *     a List of these
 * @param children the configurations of the modules it holds, in order
 */
public record ModuleConfig(
    String type, Map<String, Object> arguments, List<ModuleConfig> children) {
  /** A module that holds no others. */
  public static ModuleConfig of(String type, Map<String, Object> arguments) {
    return new ModuleConfig(type, arguments, List.of());
  }
}
