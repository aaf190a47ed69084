package org.oncilla.tests.conformance;

import java.util.Arrays;
import java.util.Map;
import org.oncilla.backend.DType;

/** What every buffer of a {@link KernelCall} holds afterwards, guards included. */
final class Results {
  private final Map<String, KernelCall.Argument> arguments;
  private final Map<String, double[]> contents;

  Results(Map<String, KernelCall.Argument> arguments, Map<String, double[]> contents) {
    this.arguments = arguments;
    this.contents = contents;
  }

  /** An argument with its guards, filling a buffer. */
  static double[] surround(KernelCall.Argument argument, int capacity) {
    double[] whole = new double[capacity];
    for (int i = 0; i < capacity; i++) {
      whole[i] = guard(argument, i);
    }
    System.arraycopy(argument.values(), 0, whole, argument.offset(), argument.values().length);
    return whole;
  }

  private static double guard(KernelCall.Argument argument, int index) {
    if (argument.type() == DType.INT32) {
      return -1_000_000 - index;
    }
    return argument.isWritten() ? 4096 + index % 1000 : Double.NaN;
  }

  /** An argument without its guards. */
  double[] values(String name) {
    KernelCall.Argument argument = arguments.get(name);
    int from = argument.offset();
    return Arrays.copyOfRange(contents.get(name), from, from + argument.values().length);
  }

  /** The first thing wrong with these results, by the reference's; null where there is none. */
  String differenceFrom(Results reference) {
    for (String name : arguments.keySet()) {
      String difference = damage(name);
      if (difference == null && arguments.get(name).isWritten()) {
        difference = difference(name, reference.values(name));
      }
      if (difference != null) {
        return difference;
      }
    }
    return null;
  }

  /** The first element that is not bit for bit that of another run; null where there is none. */
  String bitsUnlike(Results other) {
    for (String name : arguments.keySet()) {
      double[] mine = values(name);
      double[] theirs = other.values(name);
      for (int i = 0; i < mine.length; i++) {
        if (Double.doubleToLongBits(mine[i]) != Double.doubleToLongBits(theirs[i])) {
          return name
              + "["
              + i
              + "] is "
              + mine[i]
              + " in one run and "
              + theirs[i]
              + " in another";
        }
      }
    }
    return null;
  }

  private String damage(String name) {
    KernelCall.Argument argument = arguments.get(name);
    double[] after = contents.get(name);
    double[] before = surround(argument, after.length);
    int from = argument.offset();
    int to = from + argument.values().length;
    for (int i = 0; i < after.length; i++) {
      boolean isGuard = i < from || i >= to;
      float kept = (float) before[i];
      if ((isGuard || !argument.isWritten()) && Double.compare(after[i], kept) != 0) {
        String what = isGuard ? "a guard of " + name + ", " : "the input ";
        return what + name + "[" + (i - from) + "], was changed from " + kept + " to " + after[i];
      }
    }
    return null;
  }

  private String difference(String name, double[] expected) {
    Tolerance tolerance = arguments.get(name).tolerance();
    double[] actual = values(name);
    String first = null;
    int count = 0;
    for (int i = 0; i < actual.length; i++) {
      if (!tolerance.accepts(i, actual[i], expected[i])) {
        count++;
        if (first == null) {
          first = describe(name, i, actual[i], expected[i], tolerance);
        }
      }
    }
    return first == null ? null : first + "; " + count + " of " + actual.length + " are wrong";
  }

  private static String describe(
      String name, int index, double actual, double expected, Tolerance tolerance) {
    return name
        + "["
        + index
        + "] is "
        + actual
        + ", the reference "
        + expected
        + (tolerance.isExact()
            ? ", to be met exactly"
            : ", allowed ± " + tolerance.allowed(index, expected));
  }
}
