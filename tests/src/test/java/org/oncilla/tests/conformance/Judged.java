package org.oncilla.tests.conformance;

import java.util.function.Function;

/** Calls whose tolerance comes from the call itself. */
final class Judged {
  private Judged() {}

  /**
   * A call whose output is a sum of products of its inputs: its tolerance is that many roundings of
   * the sum of the terms' absolute values, which the reference finds by computing the same call on
   * absolute values.
   *
   * @param output the name of the output
   * @param roundings additions, and multiplications on the way to one term
   * @param call makes the call with a given tolerance for the output
   */
  static KernelCall sum(String output, double roundings, Function<Tolerance, KernelCall> call) {
    double[] magnitudes = call.apply(Tolerance.EXACT).magnitudes(output);
    return call.apply(Tolerance.terms(roundings, magnitudes));
  }
}
