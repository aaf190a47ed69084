package org.oncilla.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.stream.Collectors;
import org.oncilla.cli.zoo.RateSchedule;
import org.oncilla.cli.zoo.ZooModel;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/** The {@code oncilla} command. */
@Command(
    name = "oncilla",
    description = "Trains and runs neural networks on the CPU or on any OpenCL device.",
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    synopsisSubcommandLabel = "COMMAND",
    usageHelpAutoWidth = true,
    descriptionHeading = "%n",
    optionListHeading = "%nOptions:%n",
    commandListHeading = "%nCommands:%n",
    footerHeading = "%nExamples:%n",
    footer = {
      "  oncilla train lenet5 --data mnist",
      "  oncilla evaluate lenet5-mnist.safetensors",
      "  oncilla predict lenet5-mnist.safetensors digit.png",
      "  oncilla inspect lenet5-mnist.safetensors",
      "  oncilla devices"
    },
    subcommands = {
      TrainCommand.class,
      EvaluateCommand.class,
      PredictCommand.class,
      InspectCommand.class,
      SummaryCommand.class,
      DevicesCommand.class,
      HelpCommand.class
    })
public final class Main implements Runnable {
  @Spec CommandSpec spec;

  /** Runs the command and ends the JVM with its exit status. */
  public static void main(String[] args) {
    // Pictures are read and drawn without a screen.
    System.setProperty("java.awt.headless", "true");
    System.exit(
        execute(new PrintWriter(System.out, true), new PrintWriter(System.err, true), args));
  }

  /**
   * Runs the command.
   *
   * @return 0; 1 for a failure; 2 for a command that cannot be understood
   */
  static int execute(PrintWriter out, PrintWriter err, String... args) {
    CommandLine line =
        new CommandLine(new Main())
            .setOut(out)
            .setErr(err)
            .registerConverter(ZooModel.class, Converters.choice(ZooModel.values()))
            .registerConverter(OptimizerChoice.class, Converters.choice(OptimizerChoice.values()))
            .registerConverter(RateSchedule.class, Converters.choice(RateSchedule.values()))
            .registerConverter(Integer.class, Converters::wholeInt)
            .registerConverter(int.class, Converters::wholeInt)
            .registerConverter(Long.class, Converters::wholeLong)
            .registerConverter(Double.class, Converters::number)
            .setParameterExceptionHandler(Main::explainUsage)
            .setExecutionExceptionHandler(Main::explainFailure);
    try {
      return line.execute(args);
    } catch (Error failure) {
      // Picocli hands over exceptions only; the memory may be full.
      List<CommandLine> called = line.getParseResult().asCommandLineList();
      return explainFailure(failure, called.get(called.size() - 1), line.getParseResult());
    }
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "a command is missing");
  }

  private static int explainUsage(ParameterException failure, String[] args) {
    CommandLine line = failure.getCommandLine();
    PrintWriter err = line.getErr();
    CommandLine program = line.getParent() == null ? line : line.getParent();
    String problem = CommandWords.problem(program, args);
    if (problem != null) {
      err.println("oncilla: " + problem);
      tellHelp(program);
      return ExitCode.USAGE;
    }
    err.println("oncilla: " + Converters.message(failure));
    if (failure instanceof UnmatchedArgumentException unmatched
        && unmatched.isUnknownOption()
        && !UnmatchedArgumentException.printSuggestions(failure, err)) {
      err.println("The options are " + options(line) + ".");
    }
    tellHelp(line);
    return ExitCode.USAGE;
  }

  private static void tellHelp(CommandLine line) {
    line.getErr().println("Try '" + line.getCommandSpec().qualifiedName() + " --help'.");
  }

  private static String options(CommandLine line) {
    return line.getCommandSpec().options().stream()
        .filter(option -> !option.hidden())
        .map(OptionSpec::longestName)
        .sorted()
        .collect(Collectors.joining(", "));
  }

  private static int explainFailure(Throwable failure, CommandLine line, ParseResult parsed) {
    PrintWriter err = line.getErr();
    err.println("oncilla: " + Failures.message(failure));
    if (line.getCommandSpec().userObject() instanceof BaseCommand command && command.wantsTrace()) {
      failure.printStackTrace(err);
    }
    err.flush();
    return ExitCode.SOFTWARE;
  }

  /** Reads the version that the build wrote into the jar's manifest. */
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      String version = Main.class.getPackage().getImplementationVersion();
      return new String[] {
        "oncilla " + (version == null ? "(not from a jar)" : version),
        "Java "
            + System.getProperty("java.version")
            + " ("
            + System.getProperty("java.vm.name")
            + ")"
      };
    }
  }
}
