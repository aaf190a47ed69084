package org.oncilla.examples;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.oncilla.backend.Backend;
import org.oncilla.backend.Backends;
import org.oncilla.data.ArrayDataset;
import org.oncilla.examples.playground.Boundary;
import org.oncilla.examples.playground.Film;
import org.oncilla.examples.playground.Points;
import org.oncilla.examples.playground.Reel;
import org.oncilla.file.AtomicFile;
import org.oncilla.loss.BceWithLogitsLoss;
import org.oncilla.metric.BinaryAccuracy;
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
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** A playground: choose points, layers and settings, and watch the decision boundary move. */
@Command(
    name = "bin/example Playground",
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

  /** Of a second that a picture stays, in a film of many pictures and in one of few. */
  private static final int SHORTEST = 8;

  private static final int LONGEST = 30;
  private static final int AT_THE_END = 150;
  private static final int WHOLE_FILM = 480;
  private static final int LINES = 6;

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

  @Option(
      names = "--frames",
      defaultValue = "60",
      description = "pictures in the film, at most: fewer where the loss stands still")
  private int frames;

  @Option(names = "--seed", defaultValue = "42", description = "of weights and points")
  private long seed;

  @Option(names = "--out", defaultValue = "boundary.gif", description = "the film")
  private Path out;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "shows this help")
  private boolean help;

  @Spec private CommandSpec spec;

  /** Runs the command. */
  public static void main(String[] args) {
    System.exit(command().execute(args));
  }

  /** The command, for those who run it within a program. */
  public static CommandLine command() {
    return new CommandLine(new Playground())
        .registerConverter(Points.class, choices(Points.values()))
        .registerConverter(ActivationChoice.class, choices(ActivationChoice.values()))
        .registerConverter(int.class, number(Integer::valueOf, "whole number"))
        .registerConverter(Integer.class, number(Integer::valueOf, "whole number"))
        .registerConverter(long.class, number(Long::valueOf, "whole number"))
        .registerConverter(double.class, number(Double::valueOf, "number"))
        .setParameterExceptionHandler(
            (failure, arguments) -> {
              CommandLine command = failure.getCommandLine();
              command.getErr().println(failure.getMessage());
              command.getErr().println("Try 'bin/example Playground --help'.");
              return CommandLine.ExitCode.USAGE;
            })
        .setExecutionExceptionHandler(
            (failure, command, parsed) -> {
              command.getErr().println(failure.getMessage());
              return CommandLine.ExitCode.SOFTWARE;
            });
  }

  private static <N> ITypeConverter<N> number(Function<String, N> reader, String kind) {
    return text -> {
      try {
        return reader.apply(text);
      } catch (NumberFormatException none) {
        throw new TypeConversionException(text + " is no " + kind);
      }
    };
  }

  private static <E extends Enum<E>> ITypeConverter<E> choices(E[] constants) {
    return text ->
        Stream.of(constants)
            .filter(constant -> constant.toString().equalsIgnoreCase(text))
            .findFirst()
            .orElseThrow(
                () ->
                    new TypeConversionException(
                        text
                            + " is unknown; the choices are "
                            + Stream.of(constants)
                                .map(E::toString)
                                .collect(Collectors.joining(", "))));
  }

  private void check() {
    atLeast("--points", points, 2);
    atLeast("--batch", batch, 1);
    atLeast("--epochs", epochs, 1);
    atLeast("--frames", frames, 2);
    hidden.forEach(units -> atLeast("--hidden", units, 0));
    if (!(noise >= 0 && noise < Double.POSITIVE_INFINITY)) {
      throw refused("--noise is " + text(noise) + "; give 0 or more");
    }
    Path folder = out.toAbsolutePath().getParent();
    if (folder == null || !Files.isDirectory(folder)) {
      throw refused("--out " + out + ": its folder does not exist; create " + folder + " first");
    }
    if (Files.isDirectory(out)) {
      throw refused("--out " + out + " is a folder; name a file");
    }
  }

  /** Without the ".0" of whole numbers. */
  private static String text(double number) {
    return number == Math.rint(number) ? Long.toString((long) number) : Double.toString(number);
  }

  private void atLeast(String option, int value, int least) {
    if (value < least) {
      throw refused(option + " is " + value + "; give " + least + " or more");
    }
  }

  private ParameterException refused(String reason) {
    return new ParameterException(spec.commandLine(), reason);
  }

  @Override
  public Integer call() throws IOException {
    check();
    ArrayDataset samples = data.draw(points, noise, seed);
    Optimizer optimizer = new AdamW(learningRate).weightDecay(weightDecay);
    Backend backend = Backends.get();
    Boundary boundary = new Boundary(backend, samples);
    Reel reel = new Reel(frames);
    try (Module net = net();
        Trainer trainer =
            Trainer.of(net)
                .backend(backend)
                .loss(new BceWithLogitsLoss())
                .optimizer(optimizer)
                .metrics(BinaryAccuracy.ofLogits())
                .listener(new Camera(reel, boundary))
                .seed(seed)
                .build()) {
      trainer.fit(samples.shuffled(seed).batches(batch), null, epochs);
    }
    // Written when all is well: a training that fails leaves the film of an earlier one as it was.
    AtomicFile.write(out, stream -> write(stream, boundary, reel.shots()));
    System.out.println("film: " + out);
    return CommandLine.ExitCode.OK;
  }

  private void write(OutputStream stream, Boundary boundary, List<Reel.Shot> shots)
      throws IOException {
    int hundredths = Math.max(SHORTEST, Math.min(LONGEST, WHOLE_FILM / shots.size()));
    OutputStream buffered = new BufferedOutputStream(stream);
    try (Film film = new Film(buffered)) {
      for (int i = 0; i < shots.size(); i++) {
        Reel.Shot shot = shots.get(i);
        film.add(
            boundary.draw(shot.answers(), title(), shot.caption()),
            i < shots.size() - 1 ? hundredths : AT_THE_END);
      }
    }
    buffered.flush();
  }

  /** Such as "circles, net 2-16-16-1 with relu". */
  private String title() {
    String units =
        hidden.stream()
            .filter(count -> count > 0)
            .map(count -> count + "-")
            .collect(Collectors.joining());
    return data + ", net 2-" + units + "1" + (units.isEmpty() ? "" : " with " + activation);
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

  /** Takes a picture after each epoch, and prints what a few of them show. */
  private final class Camera implements TrainingListener {
    private final Reel reel;
    private final Boundary boundary;
    private int printed;

    Camera(Reel reel, Boundary boundary) {
      this.reel = reel;
      this.boundary = boundary;
    }

    @Override
    public void epochEnded(Trainer trainer, EpochResult result) {
      double loss = result.training().loss();
      String caption =
          String.format(
              Locale.ROOT,
              "epoch %d   loss %.4f   accuracy %.4f",
              result.epoch(),
              loss,
              result.training().metric("binary_accuracy"));
      reel.add(new Reel.Shot(loss, boundary.answers(trainer.model()), caption));
      // As many lines on the first tenth, where most happens, as on the rest.
      if (Math.sqrt((double) result.epoch() / epochs) * LINES >= printed + 1) {
        printed = (int) (Math.sqrt((double) result.epoch() / epochs) * LINES);
        System.out.println(caption);
      }
    }
  }
}
