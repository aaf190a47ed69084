package org.oncilla.opencl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.oncilla.backend.Span;

class OpenClProgramsTest {
  private static OpenClPrograms.ProgramKey program(String source) {
    return new OpenClPrograms.ProgramKey("broken", source, "-DUSED=1");
  }

  @Test
  void aBrokenSourceFailsWithTheCompilersWords() {
    try (OpenClBackend backend = TestDevice.open()) {
      String source = "__kernel void f(__global float *x) { x[0] = unheard_of; }";
      assertThatThrownBy(() -> backend.programs().kernel(program(source), "f"))
          .isInstanceOf(OpenClException.class)
          .hasMessageContaining("cannot build program broken with \"")
          .hasMessageContaining("-DUSED=1")
          .hasMessageContaining("CL_BUILD_PROGRAM_FAILURE (-11)")
          .hasMessageContaining(backend.device().name())
          .hasMessageContaining("unheard_of");
    }
  }

  @Test
  void aMissingKernelIsNamed() {
    try (OpenClBackend backend = TestDevice.open()) {
      OpenClPrograms.ProgramKey program = program("__kernel void f(__global float *x) { *x = 1; }");
      assertThatThrownBy(() -> backend.programs().kernel(program, "g"))
          .isInstanceOf(OpenClException.class)
          .hasMessageContaining("create kernel g")
          .hasMessageContaining("CL_INVALID_KERNEL_NAME (-46)");
      assertThat(backend.programs().kernel(program, "f").name()).isEqualTo("f");
      assertThat(backend.programs().buildCounts()).as("built once").containsExactly(1, 0);
    }
  }

  /** On some drivers the launch would abort the process. */
  @Test
  void tooMuchLocalMemoryIsRefusedBeforeTheLaunch() {
    try (OpenClBackend backend = TestDevice.open()) {
      long floats = TestDevice.device().limits().localBytes() / Float.BYTES + 1024;
      String source =
          "__kernel void f(__global float *x, int offset) { __local float l["
              + floats
              + "]; l[get_global_id(0)] = x[offset];"
              + " barrier(CLK_LOCAL_MEM_FENCE); x[offset] = l[0] + 1; }";
      Span span = TestDevice.values(backend, 1, 2);
      assertThatThrownBy(
              () ->
                  backend
                      .launcher()
                      .launch("test", backend.programs().kernel(program(source), "f"))
                      .span(span)
                      .enqueue(1, 1))
          .satisfiesAnyOf(
              refused ->
                  assertThat(refused)
                      .isInstanceOf(IllegalStateException.class)
                      .hasMessageContaining("bytes of local memory, but the device has"),
              unbuilt -> assertThat(unbuilt).isInstanceOf(OpenClException.class));
      assertThat(TestDevice.read(backend, span)).containsExactly(1, 2);
    }
  }

  @Test
  void tooLargeAGroupIsRefusedBeforeTheLaunch() {
    try (OpenClBackend backend = TestDevice.open()) {
      String source = "__kernel void f(__global float *x, int offset) { x[offset] = 1; }";
      Span span = TestDevice.values(backend, 1, 2);
      int group = TestDevice.device().limits().workGroup() + 1;
      OpenClLauncher.Launch launch =
          backend
              .launcher()
              .launch("test", backend.programs().kernel(program(source), "f"))
              .span(span);
      assertThatThrownBy(() -> launch.enqueue(1, group))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("test: kernel f was to run in groups of " + group);
    }
  }
}
