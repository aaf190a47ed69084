package org.oncilla.formats;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.CsvRecordHandler;
import de.siegmar.fastcsv.reader.FieldModifier;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.oncilla.file.FileFormatException;
import org.oncilla.file.InputFile;

/** The lines of a CSV file, all with as many fields, and what to say of files that are none. */
final class CsvLines {
  private static final char BYTE_ORDER_MARK = '\uFEFF';
  private static final String OTHER_SEPARATORS = ",;\t|";

  /** Spaces around a field are no part of it, unless quotes say so. */
  private static final FieldModifier STRIP =
      new FieldModifier() {
        @Override
        public String modify(long line, int index, boolean quoted, String field) {
          return quoted ? field : field.strip();
        }
      };

  private CsvLines() {}

  /**
   * A line that is not empty.
   *
   * @param number of the line, from 1
   * @param cells its fields
   */
  record Line(long number, List<String> cells) {}

  static List<Line> read(Path file, CsvOptions options) throws IOException {
    InputFile.require(file, "CSV");
    List<Line> lines = new ArrayList<>();
    try (BufferedReader text = Files.newBufferedReader(file)) {
      skipByteOrderMark(text);
      CsvRecordHandler handler = CsvRecordHandler.builder().fieldModifier(STRIP).build();
      try (CsvReader<CsvRecord> reader =
          CsvReader.builder()
              .fieldSeparator(options.separator())
              .trimWhitespacesAroundQuotes(true)
              .build(handler, text)) {
        reader.forEach(
            read ->
                lines.add(new Line(read.getStartingLineNumber(), List.copyOf(read.getFields()))));
      }
    } catch (CsvParseException malformed) {
      String hint = lines.isEmpty() ? "" : separatorHint(lines.get(0).cells(), options);
      throw new FileFormatException(
          file + ": expected CSV with as many fields in each line: " + reason(malformed) + hint,
          malformed);
    } catch (UncheckedIOException unreadable) {
      throw explained(file, lines.size(), unreadable.getCause());
    } catch (CharacterCodingException unreadable) {
      throw explained(file, lines.size(), unreadable);
    }
    return lines;
  }

  private static void skipByteOrderMark(BufferedReader text) throws IOException {
    text.mark(1);
    if (text.read() != BYTE_ORDER_MARK) {
      text.reset();
    }
  }

  private static IOException explained(Path file, int linesRead, IOException unreadable) {
    if (unreadable instanceof CharacterCodingException) {
      return new FileFormatException(
          file
              + ": expected UTF-8 but found other bytes after "
              + linesRead
              + " lines that could be read; save the file as UTF-8",
          unreadable);
    }
    return new IOException("could not read " + file + ": " + unreadable.getMessage(), unreadable);
  }

  /** What is wrong is told by the cause, where by the exception itself. */
  private static String reason(CsvParseException malformed) {
    Throwable cause = malformed.getCause();
    return cause == null
        ? malformed.getMessage()
        : malformed.getMessage() + ": " + cause.getMessage();
  }

  /**
   * What to do where another separator would make more columns of the first line.
   *
   * @return empty, or a clause that begins with a semicolon
   */
  static String separatorHint(List<String> columns, CsvOptions options) {
    String header = String.join("", columns);
    char best = options.separator();
    long most = columns.size() - 1;
    for (char candidate : OTHER_SEPARATORS.toCharArray()) {
      long count = header.chars().filter(c -> c == candidate).count();
      if (candidate != options.separator() && count > most) {
        best = candidate;
        most = count;
      }
    }
    return best == options.separator()
        ? ""
        : "; the first line has "
            + (most + 1)
            + " columns if they are separated by "
            + CsvOptions.literal(best)
            + ": read the file with CsvOptions.DEFAULT.separator("
            + CsvOptions.literal(best)
            + ")";
  }
}
