package org.oncilla.train;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.oncilla.backend.Backend;
import org.oncilla.backend.Backends;
import org.oncilla.data.Batch;
import org.oncilla.data.BatchReader;
import org.oncilla.data.Batches;
import org.oncilla.data.HostBatch;
import org.oncilla.io.Checkpoint;
import org.oncilla.io.Checkpoints;
import org.oncilla.io.HostArray;
import org.oncilla.loss.Loss;
import org.oncilla.metric.Metric;
import org.oncilla.nn.Module;
import org.oncilla.optim.Optimizer;
import org.oncilla.tensor.NoGrad;
import org.oncilla.tensor.Scope;
import org.oncilla.tensor.Shape;
import org.oncilla.tensor.Tensor;

/**
 * Trains a model: epochs over batches, each a step of forward, loss, backward and update.
 *
 * <pre>{@code
 * try (var trainer = Trainer.of(model)
 *         .loss(new CrossEntropyLoss())
 *         .optimizer(new Adam(1e-3))
 *         .metrics(new Accuracy())
 *         .build()) {
 *   History history = trainer.fit(train.shuffled(42).batches(64), test.batches(256), 3);
 * }
 * }</pre>
 *
 * <p>Every step frees what it made. A repeated training with one seed gives the same weights, bit
 * for bit, on one backend. Closing the trainer frees the optimizer's state; the model stays.
 */
public final class Trainer implements AutoCloseable {
  private static final String EPOCH = "epoch";
  private static final String STEP = "step";

  private final Module model;
  private final Loss loss;
  private final Optimizer optimizer;
  private final List<Metric> metrics;
  private final List<TrainingListener> listeners;
  private final Backend backend;
  private final long seed;
  private Checkpoint resumeFrom;
  private LossMeter meter;
  private int epochsDone;

  private Trainer(Builder builder) {
    this.model = builder.model;
    this.loss = builder.loss;
    this.optimizer = builder.optimizer;
    this.metrics = List.copyOf(builder.metrics);
    this.listeners = List.copyOf(builder.listeners);
    this.backend = builder.backend != null ? builder.backend : Backends.get();
    this.seed = builder.seed;
    this.resumeFrom = builder.resumeFrom;
  }

  /** Begins to describe a training of a model. */
  public static Builder of(Module model) {
    return new Builder(model);
  }

  /** The model. */
  public Module model() {
    return model;
  }

  /** The backend that computes. */
  public Backend backend() {
    return backend;
  }

  /** The optimizer. */
  public Optimizer optimizer() {
    return optimizer;
  }

  /**
   * Trains until a number of epochs is done, those before a resumed checkpoint included. A model
   * that is not initialized yet is sized for the data.
   *
   * @param train batches to learn from
   * @param validation batches to measure after each epoch; null for none
   * @param epochs number of epochs in all
   * @return the epochs done by this call
   * @throws NonFiniteLossException if the loss becomes NaN or infinite; the weights are then those
   *     at the start of the epoch
   */
  public History fit(Batches train, Batches validation, int epochs) {
    if (epochs < 1) {
      throw new IllegalArgumentException("fit: needs at least 1 epoch, not " + epochs);
    }
    prepare(train.dataset().inputShape());
    listeners.forEach(listener -> listener.started(this));
    List<EpochResult> results = new ArrayList<>();
    while (epochsDone < epochs) {
      EpochResult result = runEpoch(train, validation, epochs);
      results.add(result);
      listeners.forEach(listener -> listener.epochEnded(this, result));
    }
    History history = new History(List.copyOf(results));
    listeners.forEach(listener -> listener.ended(this, history));
    return history;
  }

  /** Measures an initialized model, in evaluation mode. */
  public Evaluation evaluate(Batches batches) {
    prepare(batches.dataset().inputShape());
    meter.reset();
    metrics.forEach(Metric::reset);
    model.eval();
    try (NoGrad off = NoGrad.open();
        BatchReader reader = batches.open(0)) {
      for (HostBatch host = reader.next(); host != null; host = reader.next()) {
        try (Scope scope = Scope.open()) {
          Batch batch = Batch.upload(backend, batches.dataset(), host);
          Tensor output = model.forward(batch.inputs());
          metrics.forEach(metric -> metric.update(output, batch.targets()));
          if (meter.add(loss.forward(output, batch.targets()), batch.size())) {
            meter.count();
          }
        }
      }
    } finally {
      model.train();
    }
    meter.count();
    return measured();
  }

  /**
   * The model, the optimizer's state and how far the training is, as of the last epoch that ended.
   */
  public Checkpoint checkpoint() {
    Checkpoint checkpoint = Checkpoints.of(model);
    checkpoint.state().put(EPOCH, Integer.toString(epochsDone));
    checkpoint.state().put(STEP, Long.toString(optimizer.steps()));
    optimizer
        .settings()
        .forEach((name, value) -> checkpoint.state().put(Checkpoint.OPTIMIZER + name, value));
    optimizer
        .state()
        .forEach(
            (name, tensor) ->
                checkpoint
                    .tensors()
                    .put(
                        Checkpoint.OPTIMIZER + name,
                        new HostArray(tensor.shape(), tensor.toFloatArray())));
    return checkpoint;
  }

  private void prepare(Shape input) {
    if (!model.isInitialized()) {
      model.initialize(backend, input, seed);
    }
    if (!model.inputShape().equals(input)) {
      throw new IllegalArgumentException(
          "the model takes inputs of shape "
              + model.inputShape()
              + ", but the data has shape "
              + input);
    }
    optimizer.attach(model.parameters());
    if (meter == null) {
      meter = new LossMeter(backend);
    }
    if (resumeFrom != null) {
      restore(resumeFrom);
      resumeFrom = null;
    }
  }

  private void restore(Checkpoint checkpoint) {
    Checkpoints.restore(checkpoint, model);
    optimizer
        .state()
        .forEach(
            (name, tensor) -> Checkpoints.restore(checkpoint, Checkpoint.OPTIMIZER + name, tensor));
    optimizer.restoreSteps(Checkpoints.number(checkpoint, STEP));
    epochsDone = Math.toIntExact(Checkpoints.number(checkpoint, EPOCH));
  }

  private EpochResult runEpoch(Batches train, Batches validation, int epochs) {
    meter.reset();
    metrics.forEach(Metric::reset);
    model.train();
    try (Snapshot before = new Snapshot(model, optimizer)) {
      long start = System.nanoTime();
      steps(train, epochs, start, before);
      double seconds = (System.nanoTime() - start) / 1e9;
      Evaluation training = measured();
      epochsDone++;
      Evaluation validated = validation == null ? null : evaluate(validation);
      return new EpochResult(epochsDone, training, validated, seconds);
    }
  }

  private void steps(Batches train, int epochs, long start, Snapshot before) {
    int step = 0;
    try (BatchReader reader = train.open(epochsDone)) {
      for (HostBatch host = reader.next(); host != null; host = reader.next()) {
        boolean due;
        try (Scope scope = Scope.open()) {
          due = step(Batch.upload(backend, train.dataset(), host));
        }
        step++;
        if (due || step == train.count()) {
          requireFinite(meter.count(), before);
          double seconds = (System.nanoTime() - start) / 1e9;
          Progress progress =
              new Progress(
                  epochsDone + 1,
                  epochs,
                  step,
                  train.count(),
                  meter.mean(),
                  meter.samples() / seconds);
          listeners.forEach(listener -> listener.progressed(progress));
        }
      }
    }
  }

  private boolean step(Batch batch) {
    model.parameters().zeroGrad();
    Tensor output = model.forward(batch.inputs());
    Tensor value = loss.forward(output, batch.targets());
    metrics.forEach(metric -> metric.update(output, batch.targets()));
    value.backward();
    optimizer.step();
    return meter.add(value, batch.size());
  }

  private void requireFinite(int badStep, Snapshot before) {
    if (badStep > 0) {
      before.restore();
      throw new NonFiniteLossException(
          epochsDone + 1, badStep, meter.notFinite(), optimizer.learningRate());
    }
  }

  private Evaluation measured() {
    Map<String, Double> values = new LinkedHashMap<>();
    metrics.forEach(metric -> values.put(metric.name(), metric.value()));
    return new Evaluation(meter.mean(), values, meter.samples());
  }

  @Override
  public void close() {
    optimizer.close();
    metrics.forEach(Metric::close);
    if (meter != null) {
      meter.close();
      meter = null;
    }
  }

  /** The description of a training. */
  public static final class Builder {
    private final Module model;
    private final List<Metric> metrics = new ArrayList<>();
    private final List<TrainingListener> listeners = new ArrayList<>();
    private Loss loss;
    private Optimizer optimizer;
    private Backend backend;
    private Checkpoint resumeFrom;
    private long seed = 42;

    private Builder(Module model) {
      this.model = model;
    }

    /** What to minimize; required. */
    public Builder loss(Loss minimized) {
      loss = minimized;
      return this;
    }

    /** How weights follow their gradients; required. */
    public Builder optimizer(Optimizer chosen) {
      optimizer = chosen;
      return this;
    }

    /** What to measure beside the loss. */
    public Builder metrics(Metric... measured) {
      metrics.addAll(List.of(measured));
      return this;
    }

    /** Who is told how it goes. */
    public Builder listener(TrainingListener listener) {
      listeners.add(listener);
      return this;
    }

    /** Where to compute; the default backend unless given. */
    public Builder backend(Backend chosen) {
      backend = chosen;
      return this;
    }

    /** Seed of the initial weights and of dropout, where the model is not initialized yet; 42. */
    public Builder seed(long value) {
      seed = value;
      return this;
    }

    /** Goes on from a checkpoint of the same model and optimizer. */
    public Builder resume(Checkpoint checkpoint) {
      resumeFrom = checkpoint;
      return this;
    }

    /**
     * The trainer.
     *
     * @throws IllegalStateException if loss or optimizer is missing
     */
    public Trainer build() {
      if (loss == null || optimizer == null) {
        throw new IllegalStateException(
            "Trainer: " + (loss == null ? "loss(…)" : "optimizer(…)") + " is missing");
      }
      return new Trainer(this);
    }
  }
}
