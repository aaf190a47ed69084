package org.oncilla.formats;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.oncilla.file.FileFormatException;
import org.oncilla.tensor.Shape;

/**
 * What the header of a safetensors file says, checked against the file's length.
 *
 * @param metadata text by name
 * @param tensors in the order of their data
 */
record SafetensorsHeader(Map<String, String> metadata, List<Entry> tensors) {
  /** The key that is no tensor. */
  static final String METADATA = "__metadata__";

  /**
   * Where a tensor's values are.
   *
   * @param begin of its bytes, counted from the end of the header
   * @param end behind its bytes
   */
  record Entry(String name, ElementType type, Shape shape, long begin, long end) {}

  /**
   * Reads and checks a header.
   *
   * @param file for messages
   * @param text the JSON
   * @param dataLength bytes that the file holds behind the header
   */
  static SafetensorsHeader parse(String file, String text, long dataLength) throws IOException {
    String what = file + ": the header";
    SafetensorsHeader header = Json.parse(what, text, parser -> read(file, parser));
    checkLayout(file, header.tensors, dataLength);
    return header;
  }

  private static SafetensorsHeader read(String file, JsonParser parser) throws IOException {
    Json.expect(parser, JsonToken.START_OBJECT, file + ": the header");
    Map<String, String> metadata = new LinkedHashMap<>();
    List<Entry> tensors = new ArrayList<>();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      parser.nextToken();
      if (name.equals(METADATA)) {
        readMetadata(file, parser, metadata);
      } else {
        tensors.add(readEntry(file + ": tensor " + name, name, parser));
      }
    }
    tensors.sort(Comparator.comparingLong(Entry::begin).thenComparingLong(Entry::end));
    return new SafetensorsHeader(metadata, tensors);
  }

  private static void readMetadata(String file, JsonParser parser, Map<String, String> metadata)
      throws IOException {
    Json.expect(parser, JsonToken.START_OBJECT, file + ": " + METADATA);
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String key = parser.currentName();
      parser.nextToken();
      Json.expect(parser, JsonToken.VALUE_STRING, file + ": " + METADATA + " " + key);
      metadata.put(key, parser.getText());
    }
  }

  private static Entry readEntry(String where, String name, JsonParser parser) throws IOException {
    Json.expect(parser, JsonToken.START_OBJECT, where);
    String type = null;
    long[] sizes = null;
    long[] offsets = null;
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String field = parser.currentName();
      parser.nextToken();
      switch (field) {
        case "dtype" -> {
          Json.expect(parser, JsonToken.VALUE_STRING, where + ": dtype");
          type = parser.getText();
        }
        case "shape" -> sizes = readNumbers(where + ": shape", parser);
        case "data_offsets" -> offsets = readNumbers(where + ": data_offsets", parser);
        default -> parser.skipChildren();
      }
    }
    if (type == null || sizes == null || offsets == null || offsets.length != 2) {
      throw new FileFormatException(
          where
              + ": expected dtype, shape and two data_offsets but found dtype "
              + type
              + ", shape "
              + Arrays.toString(sizes)
              + ", data_offsets "
              + Arrays.toString(offsets));
    }
    return entry(where, name, type, sizes, offsets);
  }

  private static long[] readNumbers(String where, JsonParser parser) throws IOException {
    Json.expect(parser, JsonToken.START_ARRAY, where);
    List<Long> numbers = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      Json.expect(parser, JsonToken.VALUE_NUMBER_INT, where);
      long number = parser.getLongValue();
      if (number < 0) {
        throw new FileFormatException(where + ": expected numbers from 0 on but found " + number);
      }
      numbers.add(number);
    }
    return numbers.stream().mapToLong(Long::longValue).toArray();
  }

  private static Entry entry(
      String where, String name, String typeName, long[] sizes, long[] offsets)
      throws FileFormatException {
    ElementType type = type(where, typeName);
    Shape shape = shape(where, sizes);
    long expected = (long) shape.length() * type.size();
    if (offsets[1] - offsets[0] != expected) {
      throw new FileFormatException(
          where
              + ": expected "
              + expected
              + " bytes for shape "
              + shape
              + " of "
              + type
              + " but found data_offsets "
              + Arrays.toString(offsets)
              + ", which are "
              + (offsets[1] - offsets[0]));
    }
    return new Entry(name, type, shape, offsets[0], offsets[1]);
  }

  private static ElementType type(String where, String name) throws FileFormatException {
    return Arrays.stream(ElementType.values())
        .filter(type -> type.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new FileFormatException(
                    where
                        + ": expected a dtype of "
                        + Arrays.toString(ElementType.values())
                        + " but found "
                        + name));
  }

  private static Shape shape(String where, long[] sizes) throws FileFormatException {
    try {
      return Shape.of(Arrays.stream(sizes).mapToInt(Math::toIntExact).toArray());
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw new FileFormatException(
          where
              + ": its shape "
              + Arrays.toString(sizes)
              + " cannot be held here: "
              + e.getMessage(),
          e);
    }
  }

  /** The tensors must fill the data without gaps and without overlaps. */
  private static void checkLayout(String file, List<Entry> tensors, long dataLength)
      throws FileFormatException {
    long end = 0;
    for (Entry tensor : tensors) {
      String where = file + ": tensor " + tensor.name;
      if (tensor.begin != end) {
        throw new FileFormatException(
            where
                + ": expected its data to begin at "
                + end
                + " but found "
                + tensor.begin
                + (tensor.begin < end ? ": it overlaps another's" : ": there is a gap before it"));
      }
      if (tensor.end > dataLength) {
        throw new FileFormatException(
            where
                + ": expected its data to end at "
                + tensor.end
                + " but found only "
                + dataLength
                + " bytes of data: it is truncated");
      }
      end = tensor.end;
    }
    if (end != dataLength) {
      throw new FileFormatException(
          file + ": expected " + end + " bytes of data but found " + dataLength);
    }
  }
}
