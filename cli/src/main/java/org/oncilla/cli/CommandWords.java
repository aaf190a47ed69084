package org.oncilla.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import picocli.CommandLine;

/** The words of a command as users type them: what is wrong with them, and how to write them. */
final class CommandWords {
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_@%+=:,./-]+");
  private static final int MOST_SLIPS = 2;

  private CommandWords() {}

  /**
   * Says why the first word does not begin a command.
   *
   * @param program the command line whose subcommands there are
   * @return null where the first word is a command, or an option that needs none
   */
  static String problem(CommandLine program, String[] words) {
    Set<String> commands = program.getSubcommands().keySet();
    String choices = " The commands are " + String.join(", ", commands);
    if (words.length == 0) {
      return "a command is missing." + choices;
    }
    String first = words[0];
    if (commands.contains(first) || program.getCommandSpec().findOption(first) != null) {
      return null;
    }
    if (first.startsWith("-")) {
      return misplacedOptions(program, words);
    }
    String closest = closest(first, commands);
    return "unknown command "
        + first
        + (closest == null ? "." : "; did you mean " + closest + "?")
        + choices;
  }

  /** Null where no command follows the options. */
  private static String misplacedOptions(CommandLine program, String[] words) {
    for (int i = 1; i < words.length; i++) {
      if (program.getSubcommands().containsKey(words[i])) {
        List<String> ordered = new ArrayList<>(Arrays.asList(words));
        ordered.add(0, ordered.remove(i));
        ordered.add(0, program.getCommandName());
        return "options go after the command: " + join(ordered);
      }
    }
    return null;
  }

  /** The choice that a word was meant to be, or null where none is near. */
  private static String closest(String word, Set<String> choices) {
    int most = Math.min(MOST_SLIPS, word.length() / 2);
    return choices.stream()
        .filter(choice -> slips(word, choice) <= most)
        .min(Comparator.comparingInt(choice -> slips(word, choice)))
        .orElse(null);
  }

  /** The Levenshtein distance: letters to add, to drop or to replace. */
  private static int slips(String from, String to) {
    int[] row = new int[to.length() + 1];
    Arrays.setAll(row, column -> column);
    for (int i = 1; i <= from.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= to.length(); j++) {
        int replaced = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[to.length()];
  }

  /** Words as a line for the shell, in quotes where they need them. */
  static String join(List<String> words) {
    return words.stream()
        .map(word -> PLAIN.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'")
        .collect(Collectors.joining(" "));
  }
}
