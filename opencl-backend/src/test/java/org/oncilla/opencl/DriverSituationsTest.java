package org.oncilla.opencl;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What users meet before anything computes, each in a JVM of its own. */
class DriverSituationsTest {
  private static final String SUM = "sum: [22500.0]";

  @TempDir private Path folder;

  @BeforeEach
  void needsADevice() {
    TestDevice.device();
  }

  private Map<String, String> noCache() {
    return Map.of(ProgramCache.PROPERTY, "off");
  }

  private static void assumePocl() {
    Assumptions.assumeTrue(
        TestDevice.device().info().driver().startsWith("Portable Computing Language"),
        "only PoCL knows these variables");
  }

  /** A driver built on LLVM takes SIGSEGV when its devices are listed and when it compiles. */
  @Test
  void theJvmKeepsItsSignals() throws Exception {
    ChildJvm.Outcome outcome =
        ChildJvm.run(
            Map.of("LD_PRELOAD", ""),
            noCache(),
            "signals",
            "probe",
            "signals",
            "compute",
            "signals");
    assertThat(outcome.status()).isZero();
    assertThat(outcome.output().lines().filter(line -> line.startsWith("SIGSEGV:")))
        .as(outcome.output())
        .hasSize(3)
        .allSatisfy(line -> assertThat(line).contains("libjvm"));
  }

  @Test
  void aLoaderWithoutADriver() throws Exception {
    Path empty = Files.createDirectory(folder.resolve("vendors"));
    ChildJvm.Outcome outcome =
        ChildJvm.run(
            Map.of("OCL_ICD_VENDORS", empty.toString()), noCache(), "probe", "open", "probe");
    assertThat(outcome.output())
        .contains("devices: []")
        .contains(
            "problem: there is an OpenCL loader but no driver, CL_PLATFORM_NOT_FOUND_KHR (-1001)")
        .contains("install your GPU's OpenCL driver, or pocl-opencl-icd")
        .contains("automatic: false")
        .contains("refused: no OpenCL device: there is an OpenCL loader but no driver");
    assertThat(outcome.status()).isZero();
  }

  @Test
  void aPlatformWithoutDevices() throws Exception {
    assumePocl();
    for (Map<String, String> environment :
        List.of(Map.of("POCL_DEVICES", ""), Map.of("POCL_CACHE_DIR", "/proc/nowhere"))) {
      ChildJvm.Outcome outcome = ChildJvm.run(environment, noCache(), "probe", "open");
      assertThat(outcome.output())
          .as("%s", environment)
          .contains("devices: []")
          .contains("platform \"Portable Computing Language\" has no devices")
          .contains("CL_DEVICE_NOT_FOUND (-1)")
          .contains("POCL_CACHE_DIR", "POCL_DEVICES")
          .contains("refused: no OpenCL device");
      assertThat(outcome.status()).isZero();
    }
  }

  @Test
  void aTemporaryFolderThatCannotBeWritten() throws Exception {
    Path file = Files.writeString(folder.resolve("file"), "not a folder");
    ChildJvm.Outcome outcome =
        ChildJvm.run(Map.of(), Map.of("java.io.tmpdir", file.toString()), "probe", "open", "probe");
    assertThat(outcome.output())
        .contains("JOCL's native library cannot be unpacked to " + file)
        .contains("-Djava.io.tmpdir=")
        .contains("refused: no OpenCL device: JOCL's native library");
    assertThat(outcome.status()).isZero();
  }

  @Test
  void aChoiceThatMatchesNothing() throws Exception {
    ChildJvm.Outcome outcome =
        ChildJvm.run(Map.of(), Map.of(DeviceChoice.PROPERTY, "no such device"), "open", "auto");
    assertThat(
            outcome
                .output()
                .lines()
                .filter(
                    line ->
                        line.contains(
                            "refused: no OpenCL device matches -Doncilla.opencl.device=no such"
                                + " device"))
                .filter(line -> line.contains(TestDevice.device().info().name())))
        .as("once by name and once by auto:%n%s", outcome.output())
        .hasSize(2);
  }

  @Test
  void aChoiceWhereThereIsNothingToChoose() throws Exception {
    Path empty = Files.createDirectory(folder.resolve("vendors"));
    ChildJvm.Outcome outcome =
        ChildJvm.run(
            Map.of("OCL_ICD_VENDORS", empty.toString()),
            Map.of(DeviceChoice.PROPERTY, "geforce"),
            "auto");
    assertThat(outcome.output())
        .contains("refused: no OpenCL device, so none for -Doncilla.opencl.device=geforce: there")
        .contains("no driver, CL_PLATFORM_NOT_FOUND_KHR (-1001)", "install your GPU's");
  }

  /** Whether it is a GPU or a CPU: it was asked for. */
  @Test
  void aChoiceIsTakenByAuto() throws Exception {
    ChildJvm.Outcome outcome = ChildJvm.run(Map.of(), Map.of(DeviceChoice.PROPERTY, " 0 "), "auto");
    assertThat(outcome.output())
        .contains("selected: " + TestDevice.device().info().name())
        .contains(", asked for by -Doncilla.opencl.device=0")
        .doesNotContain("GPU was found");
  }

  @Test
  void aProfileThatIsUnknown() throws Exception {
    ChildJvm.Outcome outcome =
        ChildJvm.run(Map.of(), Map.of(LaunchProfile.PROPERTY, "fast"), "open");
    assertThat(outcome.output())
        .contains("refused: -Doncilla.opencl.kernels=fast is unknown")
        .contains("auto, groups, single");
  }

  @ParameterizedTest
  @ValueSource(strings = {"256", "64", "16", "1"})
  void smallWorkGroups(String most) throws Exception {
    assumePocl();
    for (String kernels : List.of("auto", "groups")) {
      if (kernels.equals("groups") && Integer.parseInt(most) < 64) {
        continue;
      }
      ChildJvm.Outcome outcome =
          ChildJvm.run(
              Map.of("POCL_MAX_WORK_GROUP_SIZE", most),
              Map.of(LaunchProfile.PROPERTY, kernels, ProgramCache.PROPERTY, "off"),
              "compute");
      assertThat(outcome.output()).as(kernels).contains(SUM).contains("groups up to " + most);
      assertThat(outcome.status()).isZero();
    }
  }

  @Test
  void groupsTooSmallForAnyTile() throws Exception {
    assumePocl();
    ChildJvm.Outcome outcome =
        ChildJvm.run(
            Map.of("POCL_MAX_WORK_GROUP_SIZE", "16"),
            Map.of(LaunchProfile.PROPERTY, "groups"),
            "open");
    assertThat(outcome.output())
        .contains("refused: ")
        .contains("-Doncilla.opencl.kernels=groups needs groups of 64")
        .contains("has groups of 16", "use single");
  }

  /** Egypt's digits are not ASCII, and Turkey's small i is not I's. */
  @ParameterizedTest
  @CsvSource({"ar, EG", "tr, TR"})
  void localesOfOtherDigitsAndLetters(String language, String country) throws Exception {
    ChildJvm.Outcome outcome =
        ChildJvm.run(
            Map.of(),
            Map.of(
                "user.language", language, "user.country", country, ProgramCache.PROPERTY, "off"),
            "compute");
    assertThat(outcome.output()).contains(SUM);
    assertThat(outcome.status()).isZero();
  }

  /** The driver would hand out more than there is; counting refuses. */
  @Test
  void littleMemory() throws Exception {
    assumePocl();
    ChildJvm.Outcome outcome = ChildJvm.run(Map.of("POCL_MEMORY_LIMIT", "1"), noCache(), "exhaust");
    assertThat(outcome.output())
        .contains("took ")
        .contains("of its 1073741824 bytes are taken")
        .contains(SUM);
    assertThat(outcome.status()).isZero();
  }

  /** They all unpack JOCL's library; under one name they would crash each other. */
  @Test
  void severalStartsOnAnEmptyTemporaryFolder() throws Exception {
    Path empty = Files.createDirectory(folder.resolve("tmp"));
    List<ChildJvm> children = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      children.add(
          ChildJvm.start(
              Map.of(),
              Map.of(
                  "java.io.tmpdir",
                  empty.toString(),
                  ProgramCache.PROPERTY,
                  folder.resolve("shared cache").toString()),
              "compute"));
    }
    for (ChildJvm child : children) {
      ChildJvm.Outcome outcome = child.await();
      assertThat(outcome.output()).contains(SUM);
      assertThat(outcome.status()).isZero();
    }
    assertThat(filesIn(folder.resolve("shared cache")))
        .isNotEmpty()
        .allMatch(name -> name.endsWith(".clbin"));
  }

  private static List<String> filesIn(Path folder) throws IOException {
    try (var files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }
}
