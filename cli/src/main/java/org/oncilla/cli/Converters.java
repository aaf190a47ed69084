package org.oncilla.cli;

import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.TypeConversionException;

/**
 * Makes values of the words of a command. What does not fit is told in one form, {@code --option
 * word is …}, and in words for users: picocli alone would speak of doubles and of constants.
 */
final class Converters {
  private Converters() {}

  /** Finds a constant by what users type. */
  static <E extends Enum<E>> ITypeConverter<E> choice(E[] constants) {
    return text ->
        Stream.of(constants)
            .filter(constant -> constant.toString().equals(text))
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

  static Double number(String text) {
    try {
      return Double.valueOf(text);
    } catch (NumberFormatException malformed) {
      throw new TypeConversionException(text + " is not a number such as 0.001 or 1e-3");
    }
  }

  static Integer wholeInt(String text) {
    return Math.toIntExact(whole(text, Integer.MIN_VALUE, Integer.MAX_VALUE));
  }

  static Long wholeLong(String text) {
    return whole(text, Long.MIN_VALUE, Long.MAX_VALUE);
  }

  private static long whole(String text, long smallest, long largest) {
    try {
      long number = Long.parseLong(text);
      if (number >= smallest && number <= largest) {
        return number;
      }
    } catch (NumberFormatException malformed) {
      if (!text.matches("[+-]?[0-9]+")) {
        throw new TypeConversionException(text + " is not a whole number");
      }
    }
    throw new TypeConversionException(
        text
            + " is too "
            + (text.startsWith("-")
                ? "small; the smallest is " + smallest
                : "large; the largest is " + largest));
  }

  /** What is wrong with how a command was called. */
  static String message(ParameterException failure) {
    ArgSpec argument = failure.getArgSpec();
    if (argument == null || !(failure.getCause() instanceof TypeConversionException)) {
      return failure.getMessage();
    }
    String name =
        argument instanceof OptionSpec option ? option.longestName() : argument.paramLabel();
    return name + " " + failure.getCause().getMessage();
  }
}
