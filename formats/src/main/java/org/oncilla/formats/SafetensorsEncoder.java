package org.oncilla.formats;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.oncilla.io.HostArray;

/** Makes the bytes of a safetensors file. */
final class SafetensorsEncoder {
  private static final int ALIGNMENT = 8;
  private static final int CHUNK = 1 << 16;

  private SafetensorsEncoder() {}

  /**
   * All that comes before the data: the length of the header and the header, whose end is filled
   * with spaces so that the data is aligned.
   */
  static byte[] prefix(Map<String, HostArray> tensors, Map<String, String> metadata)
      throws IOException {
    byte[] json = header(tensors, metadata);
    int padded = (json.length + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    byte[] bytes = new byte[Long.BYTES + padded];
    Arrays.fill(bytes, (byte) ' ');
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putLong(padded).put(json);
    return bytes;
  }

  private static byte[] header(Map<String, HostArray> tensors, Map<String, String> metadata)
      throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator json = Json.FACTORY.createGenerator(bytes)) {
      json.writeStartObject();
      if (!metadata.isEmpty()) {
        json.writeObjectFieldStart(SafetensorsHeader.METADATA);
        // Sorted, so that the same content gives the same file.
        for (Map.Entry<String, String> entry : new TreeMap<>(metadata).entrySet()) {
          json.writeStringField(entry.getKey(), entry.getValue());
        }
        json.writeEndObject();
      }
      long offset = 0;
      for (Map.Entry<String, HostArray> tensor : tensors.entrySet()) {
        offset = writeEntry(json, tensor.getKey(), tensor.getValue(), offset);
      }
      json.writeEndObject();
    }
    return bytes.toByteArray();
  }

  private static long writeEntry(JsonGenerator json, String name, HostArray array, long begin)
      throws IOException {
    if (name.equals(SafetensorsHeader.METADATA)) {
      throw new IllegalArgumentException(
          "a tensor cannot be named " + name + " in a safetensors file; choose another name");
    }
    long end = begin + (long) array.values().length * Float.BYTES;
    int[] sizes = array.shape().sizes();
    json.writeObjectFieldStart(name);
    json.writeStringField("dtype", ElementType.F32.name());
    json.writeFieldName("shape");
    json.writeArray(sizes, 0, sizes.length);
    json.writeFieldName("data_offsets");
    json.writeArray(new long[] {begin, end}, 0, 2);
    json.writeEndObject();
    return end;
  }

  /** Writes the values of all tensors, one after the other. */
  static void writeData(Map<String, HostArray> tensors, OutputStream out) throws IOException {
    ByteBuffer chunk = ByteBuffer.allocate(CHUNK).order(ByteOrder.LITTLE_ENDIAN);
    for (HostArray array : tensors.values()) {
      float[] values = array.values();
      int step = CHUNK / Float.BYTES;
      for (int from = 0; from < values.length; from += step) {
        int count = Math.min(step, values.length - from);
        chunk.asFloatBuffer().put(values, from, count);
        out.write(chunk.array(), 0, count * Float.BYTES);
      }
    }
  }
}
