package org.oncilla.formats;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.oncilla.file.FileFormatException;
import org.oncilla.nn.ModuleConfig;

/**
 * An architecture as JSON: {@code {"type": …, "arguments": {…}, "children": […]}}. Whole numbers
 * are read as Integer where they fit and as Long otherwise, others as Double.
 */
final class ModuleConfigJson {
  private static final String TYPE = "type";
  private static final String ARGUMENTS = "arguments";
  private static final String CHILDREN = "children";

  private ModuleConfigJson() {}

  static String write(ModuleConfig config) throws IOException {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = Json.FACTORY.createGenerator(text)) {
      write(config, json);
    }
    return text.toString();
  }

  private static void write(ModuleConfig config, JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeStringField(TYPE, config.type());
    if (!config.arguments().isEmpty()) {
      json.writeObjectFieldStart(ARGUMENTS);
      // Sorted, so that the same architecture gives the same text.
      for (Map.Entry<String, Object> entry : new TreeMap<>(config.arguments()).entrySet()) {
        json.writeFieldName(entry.getKey());
        writeValue(
            "module " + config.type() + ": setting " + entry.getKey(), entry.getValue(), json);
      }
      json.writeEndObject();
    }
    if (!config.children().isEmpty()) {
      json.writeArrayFieldStart(CHILDREN);
      for (ModuleConfig child : config.children()) {
        write(child, json);
      }
      json.writeEndArray();
    }
    json.writeEndObject();
  }

  private static void writeValue(String where, Object value, JsonGenerator json)
      throws IOException {
    if (value instanceof Integer number) {
      json.writeNumber(number);
    } else if (value instanceof Long number) {
      json.writeNumber(number);
    } else if (value instanceof Double number && Double.isFinite(number)) {
      json.writeNumber(number);
    } else if (value instanceof Boolean flag) {
      json.writeBoolean(flag);
    } else if (value instanceof String text) {
      json.writeString(text);
    } else if (value instanceof List<?> list) {
      json.writeStartArray();
      for (Object element : list) {
        writeValue(where, element, json);
      }
      json.writeEndArray();
    } else {
      throw new IllegalArgumentException(
          where
              + " is "
              + value
              + (value == null ? "" : " (" + value.getClass().getSimpleName() + ")")
              + ", which cannot be saved; use an Integer, Long, finite Double, Boolean, String or"
              + " a List of these");
    }
  }

  /**
   * Reads an architecture.
   *
   * @param what the text is, with its file's name, for messages
   */
  static ModuleConfig read(String what, String text) throws IOException {
    return Json.parse(what, text, parser -> readModule(what, parser));
  }

  private static ModuleConfig readModule(String what, JsonParser parser) throws IOException {
    Json.expect(parser, JsonToken.START_OBJECT, what);
    String type = null;
    Map<String, Object> arguments = Map.of();
    List<ModuleConfig> children = List.of();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String field = parser.currentName();
      parser.nextToken();
      switch (field) {
        case TYPE -> {
          Json.expect(parser, JsonToken.VALUE_STRING, what + ": " + TYPE);
          type = parser.getText();
        }
        case ARGUMENTS -> arguments = readArguments(what, parser);
        case CHILDREN -> children = readChildren(what, parser);
        default ->
            throw new FileFormatException(
                what + ": expected type, arguments or children but found " + field);
      }
    }
    if (type == null) {
      throw new FileFormatException(what + ": expected a type for each module but found none");
    }
    return new ModuleConfig(type, arguments, children);
  }

  private static Map<String, Object> readArguments(String what, JsonParser parser)
      throws IOException {
    Json.expect(parser, JsonToken.START_OBJECT, what + ": " + ARGUMENTS);
    Map<String, Object> arguments = new LinkedHashMap<>();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      parser.nextToken();
      arguments.put(name, readValue(what + ": setting " + name, parser));
    }
    return arguments;
  }

  private static List<ModuleConfig> readChildren(String what, JsonParser parser)
      throws IOException {
    Json.expect(parser, JsonToken.START_ARRAY, what + ": " + CHILDREN);
    List<ModuleConfig> children = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      children.add(readModule(what, parser));
    }
    return children;
  }

  private static Object readValue(String where, JsonParser parser) throws IOException {
    return switch (parser.currentToken()) {
      case VALUE_NUMBER_INT -> readWhole(parser);
      case VALUE_NUMBER_FLOAT -> parser.getDoubleValue();
      case VALUE_TRUE, VALUE_FALSE -> parser.getBooleanValue();
      case VALUE_STRING -> parser.getText();
      case START_ARRAY -> readList(where, parser);
      default ->
          throw new FileFormatException(
              where + ": expected a number, text, true, false or a list of these");
    };
  }

  private static Object readWhole(JsonParser parser) throws IOException {
    long number = parser.getLongValue();
    if (number == (int) number) {
      return (int) number;
    }
    return number;
  }

  private static List<Object> readList(String where, JsonParser parser) throws IOException {
    List<Object> list = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      list.add(readValue(where, parser));
    }
    return list;
  }
}
