package org.oncilla.io;

import java.util.Map;
import org.oncilla.nn.ModuleConfig;

/**
 * All that is needed to go on with a model: its architecture, its weights and the state of its
 * training. Files of it are written and read by the formats module.
 *
 * @param architecture how to build the modules again; null where a file holds weights only
 * @param tensors weights and buffers under their names ({@code 0.weight}, {@code 1.running_mean}),
 *     and the optimizer's state under names that start with {@code optimizer.}
 * @param state everything else, by name: input shape, data set, epoch, step, seed, optimizer
 *     settings, …
 */
public record Checkpoint(
    ModuleConfig architecture, Map<String, HostArray> tensors, Map<String, String> state) {
  /** How the names of an optimizer's tensors and settings start. */
  public static final String OPTIMIZER = "optimizer.";

  /** How the names of a learning rate schedule's state start. */
  public static final String SCHEDULE = "schedule.";

  /** How the names start of what early stopping knows, the best epoch's tensors among it. */
  public static final String EARLY_STOPPING = "early_stopping.";
}
