package org.oncilla.nn;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

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

  /**
   * A setting that is a whole number.
   *
   * @throws IllegalArgumentException if it is missing, out of the range of an int, or something
   *     else
   */
  public int integer(String name) {
    Object value = arguments.get(name);
    if (value instanceof Number number && number.doubleValue() == number.intValue()) {
      return number.intValue();
    }
    throw missing(name, "a whole number");
  }

  /** A setting that is a list of whole numbers. */
  public int[] integers(String name) {
    if (arguments.get(name) instanceof List<?> list
        && list.stream().allMatch(v -> v instanceof Number n && n.doubleValue() == n.intValue())) {
      return list.stream().mapToInt(value -> ((Number) value).intValue()).toArray();
    }
    throw missing(name, "a list of whole numbers");
  }

  /** A setting that is a number. */
  public double number(String name) {
    if (arguments.get(name) instanceof Number number) {
      return number.doubleValue();
    }
    throw missing(name, "a number");
  }

  /** A setting that is true or false. */
  public boolean flag(String name) {
    if (arguments.get(name) instanceof Boolean flag) {
      return flag;
    }
    throw missing(name, "true or false");
  }

  /** A setting that is true or false, or a value where older files do not hold it. */
  public boolean flag(String name, boolean otherwise) {
    return arguments.containsKey(name) ? flag(name) : otherwise;
  }

  /** A setting of two whole numbers, height and width, or of one that stands for both. */
  public int[] pair(String name) {
    if (!(arguments.get(name) instanceof List<?>)) {
      int both = integer(name);
      return new int[] {both, both};
    }
    int[] two = integers(name);
    if (two.length != 2) {
      throw missing(name, "one whole number or a list of two");
    }
    return two;
  }

  /** Two whole numbers as a setting that {@link #pair} reads. */
  static Object pair(int height, int width) {
    return height == width ? height : List.of(height, width);
  }

  /** A setting that is a text. */
  public String text(String name) {
    if (arguments.get(name) instanceof String text) {
      return text;
    }
    throw missing(name, "a text");
  }

  /** A setting that is a list of lists of texts. */
  List<List<String>> lists(String name) {
    if (arguments.get(name) instanceof List<?> outer
        && outer.stream().allMatch(inner -> inner instanceof List<?>)) {
      return outer.stream()
          .map(inner -> ((List<?>) inner).stream().map(String::valueOf).toList())
          .toList();
    }
    throw missing(name, "a list of lists of texts");
  }

  /** The settings as text, in the order of their names. */
  String settings() {
    String listed = new TreeMap<>(arguments).toString();
    return listed.substring(1, listed.length() - 1);
  }

  private IllegalArgumentException missing(String name, String kind) {
    return new IllegalArgumentException(
        "module "
            + type
            + ": setting "
            + name
            + " must be "
            + kind
            + ", but is "
            + arguments.get(name));
  }
}
