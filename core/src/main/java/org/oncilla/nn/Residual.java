package org.oncilla.nn;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A body and a way around it: y = body(x) + shortcut(x) (He and others, 2016, "Deep Residual
 * Learning for Image Recognition"). Without a shortcut of its own, x itself is added. Both give the
 * same shape.
 *
 * <p>Parameters are named {@code body.…} and {@code shortcut.…}.
 */
public final class Residual extends Composite {
  private static final String BODY = "body";
  private static final String SHORTCUT = "shortcut";

  /**
   * Adds the input to what a module makes of it.
   *
   * @param body gives the shape of its input
   */
  public Residual(Module body) {
    this(Arrays.asList(body));
  }

  /**
   * Adds two modules' results on one input.
   *
   * @param body the long way
   * @param shortcut the short way, such as {@code new Conv2d(channels, 1).stride(2)}
   */
  public Residual(Module body, Module shortcut) {
    this(Arrays.asList(body, shortcut));
  }

  private Residual(List<Module> ways) {
    super(flow(parts("Residual", ways)));
  }

  private static Dataflow flow(List<Module> ways) {
    List<Dataflow.Step> steps = new ArrayList<>();
    steps.add(Dataflow.Step.of(BODY, ways.get(0), Dataflow.INPUT));
    if (ways.size() > 1) {
      steps.add(Dataflow.Step.of(SHORTCUT, ways.get(1), Dataflow.INPUT));
    }
    int shortcut = ways.size() > 1 ? 2 : Dataflow.INPUT;
    steps.add(Dataflow.Step.of("sum", Join.SUM, 1, shortcut));
    return new Dataflow(steps, steps.size());
  }

  static Residual create(ModuleConfig config) {
    int ways = config.children().size();
    if (ways < 1 || ways > 2) {
      throw new IllegalArgumentException(
          "module Residual: needs a body, and a shortcut or none, not " + ways + " modules");
    }
    return new Residual(children(config));
  }
}
