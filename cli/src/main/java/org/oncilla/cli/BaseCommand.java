package org.oncilla.cli;

import ch.qos.logback.classic.Level;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What all commands share: options, and how they begin and end. */
@Command(
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    usageHelpAutoWidth = true,
    descriptionHeading = "%n",
    parameterListHeading = "%n",
    optionListHeading = "%nOptions:%n",
    footerHeading = "%nExamples:%n")
abstract class BaseCommand implements Callable<Integer> {
  @Spec CommandSpec spec;

  @Option(
      names = {"-v", "--verbose"},
      description = "Log more, and show where an error was raised.")
  boolean verbose;

  @Option(names = "--stacktrace", description = "Show where an error was raised.")
  boolean stacktrace;

  /** System properties, as -D of java sets them; hidden, because help would show it as -D=. */
  @Option(names = "-D", mapFallbackValue = "", hidden = true)
  Map<String, String> properties = new LinkedHashMap<>();

  /** Does the command's work. */
  abstract void run(PrintWriter out, PropertyScope scope) throws Exception;

  @Override
  public final Integer call() throws Exception {
    Logging.level(verbose ? Level.DEBUG : Level.INFO);
    try (PropertyScope scope = new PropertyScope()) {
      properties.forEach(scope::set);
      run(spec.commandLine().getOut(), scope);
    }
    return 0;
  }

  final boolean wantsTrace() {
    return verbose || stacktrace;
  }

  /** An error in how the command was called. */
  final ParameterException usage(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
