package org.oncilla.formats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.oncilla.file.FileFormatException;
import org.oncilla.io.HostArray;
import org.oncilla.tensor.Shape;

/** Files are put together from the format's description, byte by byte. */
class SafetensorsTest {
  @TempDir Path folder;

  private static byte[] bytes(String header, String dataHex) throws IOException {
    byte[] json = header.getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (int i = 0; i < 8; i++) {
      bytes.write((int) ((long) json.length >> 8 * i));
    }
    bytes.write(json);
    bytes.write(HexFormat.of().parseHex(dataHex));
    return bytes.toByteArray();
  }

  private Path file(String header, String dataHex) throws IOException {
    return Files.write(folder.resolve("weights.safetensors"), bytes(header, dataHex));
  }

  private float[] values(String type, String shape, String dataHex) throws IOException {
    String header =
        "{\"w\":{\"dtype\":\"%s\",\"shape\":%s,\"data_offsets\":[0,%d]}}"
            .formatted(type, shape, dataHex.length() / 2);
    return Safetensors.read(file(header, dataHex)).tensors().get("w").values();
  }

  private void rejects(Path file, String... texts) {
    var error =
        assertThatThrownBy(() -> Safetensors.read(file))
            .isInstanceOf(FileFormatException.class)
            .hasMessageStartingWith(file.toString());
    for (String text : texts) {
      error.hasMessageContaining(text);
    }
  }

  private void rejects(String header, String dataHex, String... texts) throws IOException {
    rejects(file(header, dataHex), texts);
  }

  @Test
  void aFileOfAnotherProgramIsRead() throws IOException {
    Path file =
        file(
            "{\"__metadata__\":{\"format\":\"pt\"},"
                + "\"0.weight\":{\"dtype\":\"F32\",\"shape\":[2,1],\"data_offsets\":[4,12]},"
                + "\"scale\":{\"data_offsets\":[0,4],\"shape\":[],\"dtype\":\"F32\",\"other\":[{}]}}"
                + "  ",
            "0000803f" + "000020c0" + "000000ff");
    Safetensors.Contents contents = Safetensors.read(file);
    assertThat(contents.metadata()).containsExactly(Map.entry("format", "pt"));
    assertThat(contents.tensors().keySet()).containsExactly("scale", "0.weight");
    assertThat(contents.tensors().get("scale").shape()).isEqualTo(Shape.SCALAR);
    assertThat(contents.tensors().get("scale").values()).containsExactly(1f);
    assertThat(contents.tensors().get("0.weight").shape()).isEqualTo(Shape.of(2, 1));
    assertThat(contents.tensors().get("0.weight").values())
        .containsExactly(-2.5f, Float.intBitsToFloat(0xFF000000));
  }

  @Test
  void filesAreWrittenAsTheFormatSays() throws IOException {
    Map<String, HostArray> tensors = new LinkedHashMap<>();
    tensors.put("b", new HostArray(Shape.of(2, 1), new float[] {1, -2.5f}));
    tensors.put("ä\"", new HostArray(Shape.SCALAR, new float[] {Float.NaN}));
    Path file = folder.resolve("weights.safetensors");
    Safetensors.write(file, tensors, Map.of("z", "2", "a", "1"));
    String header =
        "{\"__metadata__\":{\"a\":\"1\",\"z\":\"2\"},"
            + "\"b\":{\"dtype\":\"F32\",\"shape\":[2,1],\"data_offsets\":[0,8]},"
            + "\"ä\\\"\":{\"dtype\":\"F32\",\"shape\":[],\"data_offsets\":[8,12]}}";
    int length = header.getBytes(StandardCharsets.UTF_8).length;
    String padded = header + " ".repeat((8 - length % 8) % 8);
    assertThat(file).hasBinaryContent(bytes(padded, "0000803f" + "000020c0" + "0000c07f"));
  }

  @Test
  void whatWasWrittenIsRead() throws IOException {
    Map<String, HostArray> tensors = new LinkedHashMap<>();
    // Longer than the pieces that are written and read at once.
    float[] large = new float[50_001];
    for (int i = 0; i < large.length; i++) {
      large[i] = Float.intBitsToFloat(i * 85_899);
    }
    tensors.put("large", new HostArray(Shape.of(3, 16_667), large));
    tensors.put("deep", new HostArray(Shape.of(1, 2, 1, 1, 1, 1), new float[] {-0f, 1e-45f}));
    Path file = folder.resolve("weights.safetensors");
    Safetensors.write(file, tensors, Map.of());
    Safetensors.Contents contents = Safetensors.read(file);
    assertThat(contents.metadata()).isEmpty();
    assertThat(contents.tensors().keySet()).containsExactly("large", "deep");
    for (String name : tensors.keySet()) {
      assertThat(contents.tensors().get(name).shape()).isEqualTo(tensors.get(name).shape());
      assertThat(bits(contents.tensors().get(name))).isEqualTo(bits(tensors.get(name)));
    }
  }

  private static int[] bits(HostArray array) {
    int[] bits = new int[array.values().length];
    for (int i = 0; i < bits.length; i++) {
      bits[i] = Float.floatToRawIntBits(array.values()[i]);
    }
    return bits;
  }

  @Test
  void aFileMayHoldNoTensors() throws IOException {
    assertThat(Safetensors.read(file("{}", "")).tensors()).isEmpty();
  }

  @Test
  void everyHalfPrecisionValueIsConverted() throws IOException {
    StringBuilder hex = new StringBuilder();
    for (int i = 0; i < 1 << 16; i++) {
      hex.append(String.format("%02x%02x", i & 0xFF, i >> 8));
    }
    float[] values = values("F16", "[65536]", hex.toString());
    for (int i = 0; i < 1 << 16; i++) {
      int exponent = i >> 10 & 31;
      double fraction = (i & 1023) / 1024.0;
      double magnitude =
          switch (exponent) {
            case 0 -> Math.scalb(fraction, -14);
            case 31 -> fraction == 0 ? Double.POSITIVE_INFINITY : Double.NaN;
            default -> Math.scalb(1 + fraction, exponent - 15);
          };
      float expected = (float) Math.copySign(magnitude, (i & 0x8000) == 0 ? 1 : -1);
      assertThat(Float.compare(values[i], expected)).as("bits %x", i).isZero();
    }
  }

  @Test
  void otherTypesAreConverted() throws IOException {
    assertThat(values("BF16", "[3]", "803f" + "20c0" + "807f"))
        .containsExactly(1f, -2.5f, Float.POSITIVE_INFINITY);
    assertThat(values("F64", "[2]", "000000000000f83f" + "9a9999999999b93f"))
        .containsExactly(1.5f, 0.1f);
    assertThat(values("I64", "[1]", "f6ffffffffffffff")).containsExactly(-10f);
    assertThat(values("I32", "[1]", "f6ffffff")).containsExactly(-10f);
    assertThat(values("U32", "[1]", "000000ff")).containsExactly(4278190080f);
    assertThat(values("I16", "[1]", "f6ff")).containsExactly(-10f);
    assertThat(values("U16", "[1]", "f6ff")).containsExactly(65526f);
    assertThat(values("I8", "[1]", "f6")).containsExactly(-10f);
    assertThat(values("U8", "[1]", "f6")).containsExactly(246f);
    assertThat(values("BOOL", "[2]", "0001")).containsExactly(0f, 1f);
  }

  @Test
  void headersThatDoNotFit() throws IOException {
    Path file = folder.resolve("weights.safetensors");
    rejects(Files.write(file, new byte[7]), "expected at least 8 bytes", "found 7");
    rejects(
        Files.write(file, HexFormat.of().parseHex("ffffffffffffffff00")),
        "expected a header of at most 100000000 bytes but found a length of 18446744073709551615");
    rejects(
        Files.write(file, HexFormat.of().parseHex("01e1f5050000000000")),
        "found a length of 100000001; it is no safetensors file");
    rejects(
        Files.write(file, HexFormat.of().parseHex("00e1f5050000000000")),
        "expected a header of 100000000 bytes but found only 1: it is truncated");
    rejects(
        Files.write(file, new byte[8]), "expected the header to begin with { but found nothing");
    rejects(" {}", "", "expected the header to begin with { but found byte 20");
  }

  @Test
  void headersThatAreNoJson() throws IOException {
    rejects("{\"a\":", "", "the header is not valid JSON");
    rejects("{} {}", "", "the header goes on after its end");
    rejects("{}x", "", "the header is not valid JSON");
    rejects("{\"a\":1}", "", "tensor a: expected an object but found a whole number");
    rejects("{\"__metadata__\":[]}", "", "__metadata__: expected an object but found an array");
    rejects(
        "{\"__metadata__\":{\"epoch\":3}}",
        "",
        "__metadata__ epoch: expected a string but found a whole number");
    Path file = file("{\"a\":1}", "");
    byte[] bytes = Files.readAllBytes(file);
    bytes[10] = (byte) 0xFF;
    rejects(Files.write(file, bytes), "the header is not valid UTF-8");
  }

  @Test
  void keysThatAreThereTwice() throws IOException {
    String entry = "\"a\":{\"dtype\":\"F32\",\"shape\":[],\"data_offsets\":[0,4]}";
    rejects("{" + entry + "," + entry + "}", "00000000", "not valid JSON", "Duplicate", "'a'");
    rejects(
        "{\"__metadata__\":{\"k\":\"1\",\"k\":\"2\"}}", "", "not valid JSON", "Duplicate", "'k'");
  }

  private void rejectsTensor(String entry, String... texts) throws IOException {
    rejects("{\"w\":{" + entry + "}}", "0000000000000000", texts);
  }

  @Test
  void tensorsThatAreNotDescribed() throws IOException {
    rejectsTensor(
        "\"dtype\":\"F32\",\"shape\":[2]",
        "tensor w: expected dtype, shape and two data_offsets but found dtype F32, shape [2],"
            + " data_offsets null");
    rejectsTensor(
        "\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,4,8]", "data_offsets [0, 4, 8]");
    rejectsTensor(
        "\"dtype\":5,\"shape\":[2],\"data_offsets\":[0,8]",
        "tensor w: dtype: expected a string but found a whole number");
    rejectsTensor(
        "\"dtype\":\"F32\",\"shape\":2,\"data_offsets\":[0,8]",
        "tensor w: shape: expected an array but found a whole number");
    rejectsTensor(
        "\"dtype\":\"F32\",\"shape\":[2.0],\"data_offsets\":[0,8]",
        "tensor w: shape: expected a whole number but found a number with a fraction");
    rejectsTensor(
        "\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,null]",
        "tensor w: data_offsets: expected a whole number but found null");
    rejectsTensor(
        "\"dtype\":\"F32\",\"shape\":[-2],\"data_offsets\":[0,8]",
        "tensor w: shape: expected numbers from 0 on but found -2");
  }

  @Test
  void tensorsThatCannotBeHeld() throws IOException {
    rejectsTensor(
        "\"dtype\":\"F8_E4M3\",\"shape\":[8],\"data_offsets\":[0,8]",
        "tensor w: expected a dtype of [F64, F32, F16, BF16,",
        "but found F8_E4M3");
    rejectsTensor(
        "\"dtype\":\"F32\",\"shape\":[0,3],\"data_offsets\":[0,0]",
        "tensor w: its shape [0, 3] cannot be held here: every axis needs a size of at least 1");
    rejectsTensor(
        "\"dtype\":\"F32\",\"shape\":[1,1,1,1,1,1,2],\"data_offsets\":[0,8]", "at most 6 axes");
    rejectsTensor(
        "\"dtype\":\"F32\",\"shape\":[65536,65536],\"data_offsets\":[0,8]",
        "more than 2147483647 elements");
    rejectsTensor(
        "\"dtype\":\"F32\",\"shape\":[4294967296],\"data_offsets\":[0,8]",
        "its shape [4294967296] cannot be held here");
  }

  @Test
  void offsetsThatDoNotFit() throws IOException {
    rejectsTensor(
        "\"dtype\":\"F32\",\"shape\":[3],\"data_offsets\":[0,8]",
        "tensor w: expected 12 bytes for shape [3] of F32 but found data_offsets [0, 8], which are"
            + " 8");
    rejectsTensor("\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[8,0]", "[8, 0], which are -8");
    rejectsTensor(
        "\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,8]",
        "tensor w: expected its data to begin at 0 but found 4: there is a gap before it");
    rejectsTensor(
        "\"dtype\":\"F32\",\"shape\":[3],\"data_offsets\":[0,12]",
        "tensor w: expected its data to end at 12 but found only 8 bytes of data: it is"
            + " truncated");
    rejectsTensor(
        "\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]",
        "expected 4 bytes of data but found 8");
    rejects(
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]},"
            + "\"b\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,8]}}",
        "0000000000000000",
        "tensor b: expected its data to begin at 8 but found 4: it overlaps another's");
  }

  @Test
  void everyTruncationIsAnError() throws IOException {
    Path file = folder.resolve("weights.safetensors");
    Map<String, HostArray> tensors =
        Map.of("w", new HostArray(Shape.of(2, 3), new float[] {1, 2, 3, 4, 5, 6}));
    Safetensors.write(file, tensors, Map.of("a", "b"));
    byte[] whole = Files.readAllBytes(file);
    for (int length = 0; length < whole.length; length++) {
      rejects(Files.write(file, Arrays.copyOf(whole, length)), "expected", "found");
    }
    rejects(Files.write(file, Arrays.copyOf(whole, whole.length + 1)), "but found 25");
  }

  @Test
  void aReservedName() {
    Map<String, HostArray> tensors =
        Map.of("__metadata__", new HostArray(Shape.SCALAR, new float[1]));
    Path file = folder.resolve("weights.safetensors");
    assertThatThrownBy(() -> Safetensors.write(file, tensors, Map.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("__metadata__");
    assertThat(file).doesNotExist();
  }

  @Test
  void filesThatAreNotThere() {
    assertThatThrownBy(() -> Safetensors.read(folder.resolve("missing")))
        .isInstanceOf(NoSuchFileException.class);
  }

  @Test
  void aWriteThatFailsLeavesTheOldFile() throws IOException {
    Path file = Files.writeString(folder.resolve("weights.safetensors"), "old");
    Map<String, HostArray> broken = new LinkedHashMap<>();
    broken.put("w", new HostArray(Shape.of(1), new float[1]));
    byte[] prefix = SafetensorsEncoder.prefix(broken, Map.of());
    // Found only while the data is written, when half of the file is there.
    broken.put("v", null);
    assertThatThrownBy(() -> Safetensors.write(file, prefix, broken))
        .isInstanceOf(NullPointerException.class);
    assertThat(file).hasContent("old");
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files.toList()).isEqualTo(List.of(file));
    }
  }
}
