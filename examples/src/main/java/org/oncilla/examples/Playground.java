package org.oncilla.examples;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.oncilla.backend.Backend;
import org.oncilla.backend.Backends;
import org.oncilla.data.ArrayDataset;
import org.oncilla.examples.playground.Boundary;
import org.oncilla.examples.playground.Film;
import org.oncilla.examples.playground.Points;
import org.oncilla.loss.BceWithLogitsLoss;
import org.oncilla.nn.Linear;
import org.oncilla.nn.Module;
import org.oncilla.nn.ReLU;
import org.oncilla.nn.Sequential;
import org.oncilla.nn.Sigmoid;
import org.oncilla.nn.Tanh;
import org.oncilla.optim.AdamW;
import org.oncilla.optim.Optimizer;
import org.oncilla.train.EpochResult;
import org.oncilla.train.Trainer;
import org.oncilla.train.TrainingListener;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** A playground: choose points, layers and settings, and watch the decision boundary move. */
@Command(
    name = "bin/example Playground",
    mixinStandardHelpOptions = true,
    showDefaultValues = true,
    description = {
      "Trains a small net on points of two classes, and films its decision boundary.",
      "It prints the loss on the way, and writes an animated GIF."
    })
public final class Playground implements Callable<Integer> {
  /** What a hidden unit may do with its sum. */
  enum ActivationChoice {
    RELU(ReLU::new),
    TANH(Tanh::new),
    SIGMOID(Sigmoid::new),
    NONE(null);

    private final Supplier<Module> layer;

    ActivationChoice(Supplier<Module> layer) {
      this.layer = layer;
    }

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  @Option(
      names = "--data",
      defaultValue = "spirals",
      description = "the points: ${COMPLETION-CANDIDATES}")
  private Points data;

  @Option(names = "--points", defaultValue = "300", description = "number of points")
  private int points;

  @Option(
      names = "--noise",
      defaultValue = "0.02",
      description = "how far points stray from their places")
  private double noise;

  @Option(
      names = "--hidden",
      split = ",",
      defaultValue = "16,16",
      description = "units of the hidden layers; 0 for none")
  private List<Integer> hidden;

  @Option(
      names = "--activation",
      defaultValue = "relu",
      description = "of the hidden units: ${COMPLETION-CANDIDATES}")
  private ActivationChoice activation;

  @Option(names = "--learning-rate", defaultValue = "0.02", description = "of AdamW")
  private double learningRate;

  @Option(
      names = "--weight-decay",
      defaultValue = "0.01",
      description = "how strongly weights are pulled to 0 (regularization)")
  private double weightDecay;

  @Option(names = "--batch", defaultValue = "30", description = "points in a step")
  private int batch;

  @Option(names = "--epochs", defaultValue = "300", description = "times through all points")
  private int epochs;

  @Option(names = "--frames", defaultValue = "60", description = "pictures in the film")
  private int frames;

  @Option(names = "--seed", defaultValue = "42", description = "of weights and points")
  private long seed;

  @Option(names = "--out", defaultValue = "boundary.gif", description = "the film")
  private Path out;

  /** Runs the command. */
  public static void main(String[] args) {
    System.exit(command().execute(args));
  }

  /** The command, for those who run it within a program. */
  public static CommandLine command() {
    return new CommandLine(new Playground())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setExecutionExceptionHandler(
            (failure, command, parsed) -> {
              command.getErr().println(failure.getMessage());
              return CommandLine.ExitCode.SOFTWARE;
            });
  }

  @Override
  public Integer call() throws IOException {
    ArrayDataset samples = data.draw(points, noise, seed);
    Optimizer optimizer = new AdamW(learningRate).weightDecay(weightDecay);
    Backend backend = Backends.get();
    try (Module net = net();
        Film film = new Film(out, 8);
        Trainer trainer =
            Trainer.of(net)
                .backend(backend)
                .loss(new BceWithLogitsLoss())
                .optimizer(optimizer)
                .listener(new Projection(film, new Boundary(backend, samples)))
                .seed(seed)
                .build()) {
      trainer.fit(samples.shuffled(seed).batches(batch), null, epochs);
      System.out.println("film: " + out);
    }
    return CommandLine.ExitCode.OK;
  }

  private Module net() {
    List<Module> layers = new ArrayList<>();
    for (int units : hidden) {
      if (units > 0) {
        layers.add(new Linear(units));
        if (activation.layer != null) {
          layers.add(activation.layer.get());
        }
      }
    }
    layers.add(new Linear(1));
    return new Sequential(layers);
  }

  /** Adds a picture to the film after some epochs. */
  private final class Projection implements TrainingListener {
    private final Film film;
    private final Boundary boundary;
    private int shown;

    Projection(Film film, Boundary boundary) {
      this.film = film;
      this.boundary = boundary;
    }

    @Override
    public void epochEnded(Trainer trainer, EpochResult result) {
      // As many pictures of the first tenth, where most happens, as of the rest.
      double share = Math.sqrt((double) result.epoch() / epochs);
      if (share * frames < shown + 1 && result.epoch() < epochs) {
        return;
      }
      shown++;
      String caption =
          String.format(
              Locale.ROOT, "epoch %d   loss %.4f", result.epoch(), result.training().loss());
      if (shown % 10 == 0 || result.epoch() == epochs) {
        System.out.println(caption);
      }
      try {
        film.add(boundary.draw(trainer.model(), caption));
      } catch (IOException failure) {
        throw new UncheckedIOException("cannot write " + out, failure);
      }
    }
  }
}
