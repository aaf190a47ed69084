package org.oncilla.formats;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import org.oncilla.file.FileFormatException;

/** Reads JSON strictly: one value, no duplicate keys, nothing behind it. */
final class Json {
  static final JsonFactory FACTORY =
      JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  private Json() {}

  /** Takes a value from a parser that stands at the value's first token. */
  @FunctionalInterface
  interface Reader<T> {
    T read(JsonParser parser) throws IOException;
  }

  /**
   * Reads a text that is one JSON value.
   *
   * @param what the text is, with its file's name, for messages
   */
  static <T> T parse(String what, String text, Reader<T> reader) throws IOException {
    try (JsonParser parser = FACTORY.createParser(text)) {
      parser.nextToken();
      T value = reader.read(parser);
      if (parser.nextToken() != null) {
        throw new FileFormatException(what + " goes on after its end");
      }
      return value;
    } catch (JsonProcessingException e) {
      throw new FileFormatException(what + " is not valid JSON: " + e.getOriginalMessage(), e);
    }
  }

  /** Checks which token a parser stands at. */
  static void expect(JsonParser parser, JsonToken expected, String what) throws IOException {
    if (parser.currentToken() != expected) {
      throw new FileFormatException(
          what + ": expected " + name(expected) + " but found " + name(parser.currentToken()));
    }
  }

  private static String name(JsonToken token) {
    if (token == null) {
      return "the end";
    }
    return switch (token) {
      case START_OBJECT -> "an object";
      case START_ARRAY -> "an array";
      case VALUE_STRING -> "a string";
      case VALUE_NUMBER_INT -> "a whole number";
      case VALUE_NUMBER_FLOAT -> "a number with a fraction";
      case VALUE_NULL -> "null";
      case VALUE_TRUE, VALUE_FALSE -> "true or false";
      default -> "the end of it";
    };
  }
}
