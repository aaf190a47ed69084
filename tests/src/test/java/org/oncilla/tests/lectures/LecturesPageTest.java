package org.oncilla.tests.lectures;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What docs/lectures.md names is there: every class, every example and every test. */
class LecturesPageTest {
  private static final Path ROOT = Path.of("").toAbsolutePath().getParent();
  private static final Pattern CODE = Pattern.compile("`([A-Z][A-Za-z0-9]*)(?:[.#]([a-z]\\w*))?");
  private static final String EXTENDS = "(?:<.*>)? extends (\\w+)";
  private static final Pattern TABLE_ROW = Pattern.compile("^\\|(?!-)(?! the lectures)(.*)\\|$");

  private static Map<String, Path> sources;
  private static List<String[]> rows;

  @BeforeAll
  static void read() throws IOException {
    try (Stream<Path> files = Files.walk(ROOT)) {
      sources =
          files
              .filter(file -> file.toString().endsWith(".java"))
              .filter(file -> !file.toString().contains("/target/"))
              .filter(file -> !file.endsWith("package-info.java"))
              .collect(
                  Collectors.toMap(LecturesPageTest::className, Function.identity(), (a, b) -> a));
    }
    rows =
        Files.readAllLines(ROOT.resolve("docs/lectures.md")).stream()
            .map(TABLE_ROW::matcher)
            .filter(Matcher::matches)
            .map(row -> row.group(1).split("(?<!\\\\)\\|"))
            .toList();
  }

  private static String className(Path file) {
    return file.getFileName().toString().replace(".java", "");
  }

  @Test
  void everyRowNamesAClassAndATest() {
    assertThat(rows).hasSizeGreaterThan(40);
    for (String[] row : rows) {
      assertThat(row).as(String.join("|", row)).hasSize(4);
      assertThat(names(row[1])).as("class of%s", row[0]).isNotEmpty();
      assertThat(names(row[3]))
          .as("tests of%s", row[0])
          .isNotEmpty()
          .allSatisfy(test -> assertThat(test.group(1)).endsWith("Test"));
    }
  }

  @Test
  void everyNameIsThere() throws IOException {
    for (String[] row : rows) {
      for (int column = 1; column < row.length; column++) {
        for (MatchResult name : names(row[column])) {
          requireThere(row[0].strip(), name.group(1), name.group(2));
        }
      }
    }
  }

  private static List<MatchResult> names(String cell) {
    return CODE.matcher(cell).results().toList();
  }

  private static void requireThere(String row, String type, String member) throws IOException {
    assertThat(sources).as("%s: a class %s", row, type).containsKey(type);
    if (member != null) {
      assertThat(declarations(type))
          .as("%s: %s.%s", row, type, member)
          .containsPattern("\\b" + member + "\\(");
    }
  }

  /** The source of a class and of those it extends. */
  private static String declarations(String type) throws IOException {
    if (!sources.containsKey(type)) {
      return "";
    }
    String source = Files.readString(sources.get(type));
    Matcher extended = Pattern.compile("class " + type + EXTENDS).matcher(source);
    return extended.find() ? source + declarations(extended.group(1)) : source;
  }
}
