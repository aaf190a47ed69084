package org.oncilla.train;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.oncilla.backend.Backend;
import org.oncilla.backend.Backends;
import org.oncilla.data.Batch;
import org.oncilla.data.BatchReader;
import org.oncilla.data.Batches;
import org.oncilla.data.HostBatch;
import org.oncilla.io.Checkpoint;
import org.oncilla.loss.Loss;
import org.oncilla.loss.Penalty;
import org.oncilla.metric.Metric;
import org.oncilla.nn.ForwardHook;
import org.oncilla.nn.Module;
import org.oncilla.nn.ParameterArena;
import org.oncilla.optim.LearningRateSchedule;
import org.oncilla.optim.Optimizer;
import org.oncilla.tensor.Scope;
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
 * for bit, on one backend. A model in evaluation mode is switched to training; of one in training
 * mode, layers that {@linkplain Module#eval were switched alone} stay so. Closing the trainer frees
 * the optimizer's state and ends its use; the model stays.
 */
public final class Trainer implements AutoCloseable {
  private final Module model;
  private final Loss loss;
  private final Optimizer optimizer;
  private final List<Metric> metrics;
  private final List<Metric> trainingMetrics;
  private final List<TrainingListener> listeners;
  private final Backend backend;
  private final LearningRateSchedule schedule;
  private final TrainingState state;
  private final EarlyStopping stopping;
  private final Penalties penalties;
  private final Consumer<ParameterArena> clipping;
  private final long seed;
  private final boolean watchesLayers;
  private Checkpoint resumeFrom;
  private LossMeter meter;
  private Evaluator evaluator;
  private LayerMonitor layers;
  private BestEpoch bestEpoch;
  private int epochsDone;
  private boolean inEpoch;
  private boolean closed;

  private Trainer(Builder builder) {
    this.model = builder.model;
    this.loss = builder.loss;
    this.optimizer = builder.optimizer;
    this.metrics = Evaluator.distinct(builder.metrics);
    this.trainingMetrics = metrics.stream().map(Metric::fresh).toList();
    this.listeners = List.copyOf(builder.listeners);
    this.backend = builder.chooseBackend();
    this.schedule = builder.chooseSchedule();
    this.state = new TrainingState(model, optimizer, schedule);
    this.stopping = builder.stopping;
    this.penalties = new Penalties(builder.penalties);
    this.clipping = builder.clipping;
    this.seed = builder.seed;
    this.watchesLayers = builder.watchesLayers;
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
   * @return the epochs done by this call, and how early stopping ended it
   * @throws IllegalArgumentException if model, data, loss, schedule or early stopping do not fit
   *     one another; shapes, classes and what is watched are checked before any step
   * @throws NonFiniteLossException if the loss becomes NaN or infinite; the weights are then those
   *     at the start of the epoch
   */
  public History fit(Batches train, Batches validation, int epochs) {
    if (epochs < 1) {
      throw new IllegalArgumentException("fit: needs at least 1 epoch, not " + epochs);
    }
    requireMeasured(validation, epochs);
    prepare(train);
    if (validation != null) {
      Evaluator.requireFits(model, loss, validation.dataset());
    }
    listeners.forEach(listener -> listener.started(this));
    List<EpochResult> results = new ArrayList<>();
    while (epochsDone < epochs && !(bestEpoch != null && bestEpoch.isOver())) {
      EpochResult result = runEpoch(train, validation, epochs);
      results.add(result);
      if (bestEpoch != null) {
        bestEpoch.epochEnded(epochsDone, Evaluation.figures(result.validation()));
      }
      listeners.forEach(listener -> listener.epochEnded(this, result));
    }
    if (bestEpoch != null) {
      epochsDone = bestEpoch.restore(epochsDone);
    }
    EarlyStop stop = bestEpoch == null ? null : bestEpoch.outcome();
    History history = new History(List.copyOf(results), stop, epochsDone, epochs);
    listeners.forEach(listener -> listener.ended(this, history));
    return history;
  }

  private void requireMeasured(Batches validation, int epochs) {
    Set<String> measured = validation == null ? Set.of() : Evaluation.names(metrics);
    schedule.requireFits(epochs, measured);
    if (stopping != null) {
      stopping.requireFits(measured);
    }
  }

  /** Measures the model, in evaluation mode; see {@link Evaluator}. */
  public Evaluation evaluate(Batches batches) {
    prepare(batches);
    return evaluator.evaluate(batches);
  }

  /**
   * The model, the optimizer's state and how far the training is.
   *
   * @throws IllegalStateException within an epoch, which could not be resumed; if the model has no
   *     weights yet; or if this trainer is closed
   */
  public Checkpoint checkpoint() {
    if (inEpoch) {
      throw new IllegalStateException(
          "checkpoint: epoch "
              + (epochsDone + 1)
              + " is under way, and a training resumes at an"
              + " epoch's start; take it in epochEnded, or after fit");
    }
    requireOpen();
    begin();
    Checkpoint checkpoint = state.checkpoint(epochsDone);
    if (bestEpoch != null) {
      bestEpoch.save(checkpoint, epochsDone);
    }
    return checkpoint;
  }

  private void prepare(Batches batches) {
    requireOpen();
    if (!model.isInitialized()) {
      model.initialize(backend, batches.dataset().inputShape(), seed);
    }
    Evaluator.requireFits(model, loss, batches.dataset());
    begin();
  }

  /** Makes what is still missing, and resumes what is to be resumed. */
  private void begin() {
    optimizer.attach(model.parameters());
    if (meter == null) {
      schedule.restore(Map.of()); // one that served another training begins anew
      meter = new LossMeter(backend);
    }
    if (evaluator == null) {
      evaluator = new Evaluator(model, loss, metrics);
    }
    penalties.attach(model.parameters());
    if (watchesLayers && layers == null) {
      layers = new LayerMonitor(model);
    }
    if (stopping != null && bestEpoch == null) {
      bestEpoch = new BestEpoch(stopping, state);
    }
    if (resumeFrom != null) {
      epochsDone =
          state.wholly(
              () -> bestEpoch == null ? state.restore(resumeFrom) : bestEpoch.resume(resumeFrom));
      resumeFrom = null;
    }
  }

  private void requireOpen() {
    if (closed) {
      throw new IllegalStateException(
          "this trainer is closed, and the optimizer's state is gone; build another one, by"
              + " resume(checkpoint) to go on where a checkpoint was taken");
    }
  }

  /** An epoch is done as a whole or not at all. */
  private EpochResult runEpoch(Batches train, Batches validation, int epochs) {
    meter.reset();
    trainingMetrics.forEach(Metric::reset);
    if (layers != null) {
      layers.reset();
    }
    if (!model.isTraining()) {
      model.train();
    }
    inEpoch = true;
    try {
      EpochResult result = state.wholly(() -> learn(train, validation, epochs));
      epochsDone++;
      return result;
    } finally {
      inEpoch = false;
    }
  }

  private EpochResult learn(Batches train, Batches validation, int epochs) {
    long start = System.nanoTime();
    steps(train, epochs, start);
    double seconds = (System.nanoTime() - start) / 1e9;
    // The losses of an epoch do not show what its last update did.
    requireFinite("the largest weight", state.largestWeight(), train.count());
    Evaluation training = Evaluator.measured(meter, trainingMetrics);
    Evaluation validated = validation == null ? null : evaluator.evaluate(validation);
    if (validated != null) {
      requireFinite("the validation loss", validated.loss(), train.count());
    }
    List<LayerStatistics> watched = layers == null ? List.of() : layers.read();
    schedule.epochEnded(Evaluation.figures(validated));
    return new EpochResult(epochsDone + 1, training, validated, seconds, watched);
  }

  private void steps(Batches train, int epochs, long start) {
    int step = 0;
    try (BatchReader reader = train.open(epochsDone)) {
      for (HostBatch host = reader.next(); host != null; host = reader.next()) {
        boolean due;
        state.setLearningRate(epochsDone + (double) step / train.count());
        try (Scope scope = Scope.open()) {
          due = step(Evaluator.upload(backend, loss, train.dataset(), host));
        }
        step++;
        if (due || step == train.count()) {
          int badStep = meter.count();
          if (badStep > 0) {
            requireFinite("the loss", meter.notFinite(), badStep);
          }
          double speed = meter.samples() * 1e9 / (System.nanoTime() - start);
          Progress progress =
              new Progress(epochsDone + 1, epochs, step, train.count(), meter.mean(), speed);
          listeners.forEach(listener -> listener.progressed(progress));
        }
      }
    }
  }

  private boolean step(Batch batch) {
    model.parameters().zeroGrad();
    Tensor output = forward(batch.inputs());
    Tensor value = loss.forward(output, batch.targets());
    trainingMetrics.forEach(metric -> metric.update(output, batch.targets()));
    value.backward();
    penalties.addGradients();
    if (layers != null) {
      layers.addGradients();
    }
    clipping.accept(model.parameters());
    Tensor minimized = penalties.addedTo(value);
    optimizer.step();
    return meter.add(minimized, batch.size());
  }

  private Tensor forward(Tensor inputs) {
    if (layers == null) {
      return model.forward(inputs);
    }
    try (ForwardHook hook = layers.watchOutputs()) {
      return ForwardHook.report(model, inputs, model.forward(inputs));
    }
  }

  private void requireFinite(String what, double value, int step) {
    if (!Double.isFinite(value)) {
      throw new NonFiniteLossException(what, value, epochsDone + 1, step, optimizer.learningRate());
    }
  }

  @Override
  public void close() {
    closed = true;
    optimizer.close();
    metrics.forEach(Metric::close);
    trainingMetrics.forEach(Metric::close);
    if (bestEpoch != null) {
      bestEpoch.close();
      bestEpoch = null;
    }
    penalties.close();
    if (meter != null) {
      meter.close();
      meter = null;
    }
    if (evaluator != null) {
      evaluator.close();
      evaluator = null;
    }
    if (layers != null) {
      layers.close();
      layers = null;
    }
  }

  /** The description of a training. */
  public static final class Builder {
    private final Module model;
    private final List<Metric> metrics = new ArrayList<>();
    private final List<TrainingListener> listeners = new ArrayList<>();
    private final List<Penalty> penalties = new ArrayList<>();
    private Loss loss;
    private Optimizer optimizer;
    private Backend backend;
    private LearningRateSchedule schedule;
    private EarlyStopping stopping;
    private Consumer<ParameterArena> clipping = weights -> {};
    private Checkpoint resumeFrom;
    private long seed = 42;
    private boolean watchesLayers;

    private Builder(Module model) {
      this.model = model;
    }

    /** What to minimize; required. */
    public Builder loss(Loss minimized) {
      loss = minimized;
      return this;
    }

    /**
     * What to add to the loss, so that weights stay small. The loss of the training has it, that of
     * validation and {@link Trainer#evaluate} has not: it tells how good predictions are.
     */
    public Builder penalty(Penalty... added) {
      penalties.addAll(List.of(added));
      return this;
    }

    /** How weights follow their gradients; required. */
    public Builder optimizer(Optimizer chosen) {
      optimizer = chosen;
      return this;
    }

    /**
     * The learning rate of each step as a function of the time in epochs, in place of the
     * optimizer's own; the log tells where they differ.
     */
    public Builder schedule(LearningRateSchedule rates) {
      schedule = rates;
      return this;
    }

    /** Ends the training when it no longer gets better, and goes back to its best epoch. */
    public Builder earlyStopping(EarlyStopping rule) {
      stopping = rule;
      return this;
    }

    /**
     * Scales gradients down to a Euclidean norm before each step, against gradients that explode;
     * see {@link ParameterArena#clipGradientNorm}.
     */
    public Builder clipGradientNorm(double maxNorm) {
      double norm = ParameterArena.requireMaxNorm(maxNorm);
      clipping = clipping.andThen(weights -> weights.clipGradientNorm(norm));
      return this;
    }

    /** Limits each gradient before each step; see {@link ParameterArena#clipGradientValue}. */
    public Builder clipGradientValue(double limit) {
      double value = ParameterArena.requireMaxValue(limit);
      clipping = clipping.andThen(weights -> weights.clipGradientValue(value));
      return this;
    }

    /**
     * What to measure beside the loss. The metrics given hold what the last validation or {@link
     * Trainer#evaluate} gathered, for those that know more than one number; the training itself is
     * measured by fresh ones of their kind.
     */
    public Builder metrics(Metric... measured) {
      metrics.addAll(List.of(measured));
      return this;
    }

    /**
     * Watches how large each layer's gradients, weights and outputs are: {@link
     * EpochResult#layers}. The training stays the same, bit for bit; nothing waits but one read for
     * each epoch.
     */
    public Builder watchLayers() {
      watchesLayers = true;
      return this;
    }

    /** Who is told how it goes. */
    public Builder listener(TrainingListener listener) {
      listeners.add(listener);
      return this;
    }

    /** Where to compute; else where the model is, or on the default backend. */
    public Builder backend(Backend chosen) {
      backend = chosen;
      return this;
    }

    /** Seed of the initial weights and of dropout, where the model is not initialized yet; 42. */
    public Builder seed(long value) {
      seed = value;
      return this;
    }

    /**
     * Goes on from a checkpoint of the same model and kind of optimizer: with its state, but with
     * the settings and the learning rate of the optimizer given here. One that does not fit is
     * refused at the start, and changes nothing.
     */
    public Builder resume(Checkpoint checkpoint) {
      resumeFrom = checkpoint;
      return this;
    }

    /** Without one, the rate stays what it is, also where a listener changes it. */
    private LearningRateSchedule chooseSchedule() {
      Optimizer own = optimizer;
      return schedule != null ? schedule : time -> own.learningRate();
    }

    private Backend chooseBackend() {
      Backend models = model.isInitialized() ? model.parameters().values().backend() : null;
      if (backend != null && models != null && backend != models) {
        throw new IllegalArgumentException(
            "Trainer: the model is on backend "
                + models.name()
                + ", but backend(…) names another, "
                + backend.name()
                + "; initialize the model on the backend that trains it");
      }
      return backend != null ? backend : models != null ? models : Backends.get();
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
