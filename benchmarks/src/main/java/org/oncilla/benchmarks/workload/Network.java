package org.oncilla.benchmarks.workload;

import java.util.function.Supplier;
import org.oncilla.nn.Module;
import org.oncilla.optim.Optimizer;
import org.oncilla.tensor.Shape;

/**
 * A classifier that is measured, in training and in inference. Libraries other than Oncilla build
 * theirs from {@link Module#config} and {@link Optimizer#settings}, so that both sides run one
 * description.
 *
 * @param name as part of a workload's name
 * @param optimizerName as part of a workload's name
 * @param input shape of one sample
 * @param classes number of classes
 * @param batch samples of a training step
 * @param layers makes the layers
 * @param optimizer makes the optimizer
 */
public record Network(
    String name,
    String optimizerName,
    Shape input,
    int classes,
    int batch,
    Supplier<Module> layers,
    Supplier<Optimizer> optimizer) {
  /** Number of weights; needs no device. */
  public int parameterCount() {
    return layers.get().summary(input).parameters();
  }
}
