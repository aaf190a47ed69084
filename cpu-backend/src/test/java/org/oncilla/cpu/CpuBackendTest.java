package org.oncilla.cpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.oncilla.backend.Backend;
import org.oncilla.backend.BackendException;
import org.oncilla.backend.BackendProvider.Probe;
import org.oncilla.backend.Backends;
import org.oncilla.backend.DType;
import org.oncilla.backend.DeviceInfo;
import org.oncilla.cpu.CpuSettings.VectorUse;

class CpuBackendTest {
  @Test
  void isFoundByName() {
    try (Backend backend = Backends.open("cpu")) {
      assertThat(backend.name()).isEqualTo("cpu");
      assertThat(backend).isInstanceOf(CpuBackend.class);
    }
  }

  @Test
  void probeTellsTheDevice() {
    Probe probe = new CpuBackendProvider().probe();
    assertThat(probe.problem()).isNull();
    assertThat(probe.automatic()).isTrue();
    DeviceInfo device = probe.devices().get(0);
    assertThat(device.kind()).isEqualTo("CPU");
    assertThat(device.computeUnits()).isEqualTo(Runtime.getRuntime().availableProcessors());
    assertThat(device.memoryBytes()).isEqualTo(Runtime.getRuntime().maxMemory());
    assertThat(device.driver()).contains(System.getProperty("java.runtime.version"));
    assertThat(device.details()).contains("threads, Vector API, ").contains(" lanes");
  }

  @Test
  void vectorApiIsLeftAloneWhenSwitchedOff() {
    SimdSelection selection = SimdSelection.choose(VectorUse.OFF);
    assertThat(selection.reason()).isEqualTo("plain Java loops: -Doncilla.cpu.vector=off");
  }

  /** A JVM without the module says which flag is missing, and computes all the same. */
  @Test
  void withoutTheModuleTheFlagIsNamed() throws IOException, InterruptedException {
    String output = runWithoutModule("auto");
    assertThat(output)
        .contains("plain Java loops")
        .contains("start Java with --add-modules jdk.incubator.vector")
        .contains("sum 45.0");
  }

  @Test
  void demandingTheVectorApiWithoutTheModuleFails() throws IOException, InterruptedException {
    assertThat(runWithoutModule("on"))
        .contains("-Doncilla.cpu.vector=on, but the Vector API is not usable")
        .contains("--add-modules jdk.incubator.vector")
        .doesNotContain("sum");
  }

  private static String runWithoutModule(String vector) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Doncilla.cpu.vector=" + vector);
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(SumOnCpu.class.getName());
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return output;
  }

  @Test
  void doublePrecisionIsRefused() {
    CpuMemory memory = new CpuMemory();
    assertThatThrownBy(() -> memory.allocate(DType.FLOAT64, 4))
        .isInstanceOf(BackendException.class)
        .hasMessageContaining("FLOAT32 and INT32, not FLOAT64");
  }

  @Test
  void aFullHeapIsAnExceptionThatNamesTheRemedy() {
    CpuMemory memory = new CpuMemory();
    List<Object> held = new ArrayList<>();
    assertThatThrownBy(
            () -> {
              while (true) {
                held.add(memory.allocate(DType.FLOAT32, Integer.MAX_VALUE - 8));
              }
            })
        .isInstanceOf(BackendException.class)
        .hasMessageContaining("has no room for 8589934556 bytes")
        .hasMessageContaining("raise -Xmx")
        .hasCauseInstanceOf(OutOfMemoryError.class);
  }

  @Test
  void theDefaultBudgetLeavesAQuarterOfTheHeap() {
    long heap = Runtime.getRuntime().maxMemory();
    try (Backend backend = Backends.open("cpu")) {
      assertThat(backend.pool().statistics().budgetBytes())
          .isCloseTo(heap / 4 * 3, Offset.offset(100L));
    }
  }

  @Test
  void scratchTooLargeForAnArrayIsRefused() {
    assertThatThrownBy(() -> new Scratch().floats(Scratch.Slot.IMAGES, 1L << 31))
        .isInstanceOf(BackendException.class)
        .hasMessageContaining("2147483648 floats of scratch memory for IMAGES");
  }

  @Test
  void scratchGrowsAndStays() {
    Scratch scratch = new Scratch();
    float[] small = scratch.floats(Scratch.Slot.ROWS, 10);
    assertThat(scratch.floats(Scratch.Slot.ROWS, 5)).isSameAs(small);
    float[] large = scratch.floats(Scratch.Slot.ROWS, 20);
    assertThat(large).hasSizeGreaterThanOrEqualTo(20);
    assertThat(scratch.floats(Scratch.Slot.ROWS, 10)).isSameAs(large);
    assertThat(scratch.floats(Scratch.Slot.IMAGES, 10)).isNotSameAs(large);
  }
}
