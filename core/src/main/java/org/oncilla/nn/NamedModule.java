package org.oncilla.nn;

/**
 * A module and where it stands in a model.
 *
 * @param path names of the modules on the way to it, such as {@code 0} or {@code 2.body.1}; empty
 *     for the outermost
 * @param module the module
 */
public record NamedModule(String path, Module module) {
  /** The module's class. */
  public String type() {
    return module.type();
  }

  /** Path and type, such as {@code 0 Conv2d}. */
  @Override
  public String toString() {
    return path.isEmpty() ? type() : path + " " + type();
  }
}
