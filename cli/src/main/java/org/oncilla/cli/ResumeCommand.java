package org.oncilla.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.oncilla.cli.zoo.ZooModel;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/**
 * The command that goes on with a training.
 *
 * @param given how the training was called
 * @param model that is trained
 * @param data the data set's name
 * @param properties system properties of the library that the call's options do not set
 */
record ResumeCommand(
    ParseResult given, ZooModel model, String data, Map<String, String> properties) {
  private static final String DATA = "--data";
  private static final String OUT = "--out";
  private static final String RESUME = "--resume";
  private static final Set<String> REPLACED = Set.of(DATA, RESUME);

  /** The command as a line for the shell: all that was given, and the file to go on with. */
  String from(Path file) {
    List<String> words = new ArrayList<>();
    words.addAll(List.of(given.commandSpec().qualifiedName().split(" ")));
    words.addAll(List.of(model.toString(), DATA, data));
    properties.forEach((name, value) -> words.add("-D" + name + "=" + value));
    for (OptionSpec option : given.matchedOptionsSet()) {
      if (!REPLACED.contains(option.longestName()) && !isOut(option, file)) {
        add(words, option);
      }
    }
    words.addAll(List.of(RESUME, file.toString()));
    return CommandWords.join(words);
  }

  /** Whether an option only says what a resumed training does anyway. */
  private static boolean isOut(OptionSpec option, Path file) {
    return option.longestName().equals(OUT) && file.equals(option.getValue());
  }

  private static void add(List<String> words, OptionSpec option) {
    if (option.arity().max() == 0) {
      words.add(option.longestName());
      return;
    }
    for (String value : option.originalStringValues()) {
      if (option.isMultiValue()) {
        words.add(option.longestName() + value);
      } else {
        words.add(option.longestName());
        words.add(value);
      }
    }
  }
}
