package org.oncilla.nn;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Branches that read one input; their results stand one after the other along the channels, the
 * first axis of a sample (Szegedy and others, 2015, "Going Deeper with Convolutions"). All other
 * sizes of the results are equal. The parameters of branch i are named {@code i.…}.
 */
public final class Concat extends Composite {
  /** At least two branches. */
  public Concat(Module... branches) {
    this(Arrays.asList(branches));
  }

  /** At least two branches. */
  public Concat(List<Module> branches) {
    super(flow(parts("Concat", branches)));
  }

  private static Dataflow flow(List<Module> branches) {
    if (branches.size() < 2) {
      throw new IllegalArgumentException(
          "Concat: needs at least two branches, not " + branches.size());
    }
    List<Dataflow.Step> steps = new ArrayList<>();
    for (int i = 0; i < branches.size(); i++) {
      steps.add(Dataflow.Step.of(Integer.toString(i), branches.get(i), Dataflow.INPUT));
    }
    int[] results = IntStream.rangeClosed(1, branches.size()).toArray();
    steps.add(Dataflow.Step.of("concat", Join.CONCAT, results));
    return new Dataflow(steps, steps.size());
  }

  static Concat create(ModuleConfig config) {
    return new Concat(children(config));
  }
}
