package org.oncilla.train;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.oncilla.backend.Backend;
import org.oncilla.data.Batch;
import org.oncilla.data.BatchReader;
import org.oncilla.data.Batches;
import org.oncilla.data.Dataset;
import org.oncilla.data.HostBatch;
import org.oncilla.loss.Loss;
import org.oncilla.metric.Metric;
import org.oncilla.nn.EvaluationMode;
import org.oncilla.nn.Module;
import org.oncilla.tensor.NoGrad;
import org.oncilla.tensor.Scope;
import org.oncilla.tensor.Tensor;

/**
 * Measures how good a model is on a data set, without changing it. The metrics hold what they
 * gathered after {@link #evaluate}, so that those that know more than one number, such as {@link
 * org.oncilla.metric.ConfusionMatrix}, can be asked for it, even after {@link #close}.
 */
public final class Evaluator implements AutoCloseable {
  private final Module model;
  private final Loss loss;
  private final List<Metric> metrics;
  private final Backend backend;
  private final LossMeter meter;

  /**
   * An evaluator of a model, on the model's backend. If the model ends in another kind of numbers
   * than the {@linkplain Loss#expects loss takes}, such as in a softmax before a loss that has one
   * itself, the log has a warning.
   *
   * @param model initialized
   * @param loss whose mean is measured
   * @param metrics what else to measure; reset by each evaluation
   * @throws IllegalArgumentException if two of them have the same name
   */
  public Evaluator(Module model, Loss loss, List<Metric> metrics) {
    this.model = model;
    this.loss = loss;
    this.metrics = distinct(metrics);
    this.backend = model.parameters().values().backend();
    this.meter = new LossMeter(backend);
    ModelEnd.warnUnlessFitting(model, loss);
  }

  /**
   * Measures in evaluation mode; each module's mode is the same afterwards.
   *
   * @param batches of the shape that the model takes
   * @throws IllegalArgumentException if the shapes differ, the data has classes that the model does
   *     not tell apart, or the loss has no meaning for a target
   */
  public Evaluation evaluate(Batches batches) {
    requireFits(model, loss, batches.dataset());
    meter.reset();
    metrics.forEach(Metric::reset);
    try (EvaluationMode evaluation = EvaluationMode.open(model);
        NoGrad off = NoGrad.open();
        BatchReader reader = batches.open(0)) {
      for (HostBatch host = reader.next(); host != null; host = reader.next()) {
        try (Scope scope = Scope.open()) {
          measure(upload(backend, loss, batches.dataset(), host));
        }
      }
    }
    meter.count();
    return measured(meter, metrics);
  }

  private void measure(Batch batch) {
    Tensor output = model.forward(batch.inputs());
    metrics.forEach(metric -> metric.update(output, batch.targets()));
    if (meter.add(loss.forward(output, batch.targets()), batch.size())) {
      meter.count();
    }
  }

  /** Results are told by name, so names are told apart. */
  static List<Metric> distinct(List<Metric> metrics) {
    Set<String> names = new HashSet<>();
    for (Metric metric : metrics) {
      if (!names.add(metric.name())) {
        throw new IllegalArgumentException(
            "two metrics are named " + metric.name() + "; give each metric once");
      }
    }
    return List.copyOf(metrics);
  }

  static Evaluation measured(LossMeter meter, List<Metric> metrics) {
    Map<String, Double> values = new LinkedHashMap<>();
    metrics.forEach(metric -> values.put(metric.name(), metric.value()));
    return new Evaluation(meter.mean(), values, meter.samples());
  }

  /** Demands data of the shape that the model takes, and of classes that it tells apart. */
  static void requireFits(Module model, Loss loss, Dataset data) {
    if (!model.inputShape().equals(data.inputShape())) {
      throw new IllegalArgumentException(
          "the model takes inputs of shape "
              + model.inputShape()
              + ", but the data has shape "
              + data.inputShape());
    }
    loss.requireFits(model.outputShape(), data.hasLabels() ? data.classes() : 0);
  }

  /** A batch on the device, whose targets were checked on the host. */
  static Batch upload(Backend backend, Loss loss, Dataset data, HostBatch host) {
    if (host.targets() != null) {
      loss.requireTargets(host.targets(), host.targetOffset(host.size()));
    }
    return Batch.upload(backend, data, host);
  }

  @Override
  public void close() {
    metrics.forEach(Metric::close);
    meter.close();
  }
}
