package org.oncilla.opencl;

import static org.assertj.core.api.Assertions.assertThat;

import org.jocl.CLException;
import org.junit.jupiter.api.Test;
import org.oncilla.backend.BackendException;

class OpenClErrorsTest {
  @Test
  void codesHaveTheNamesOfTheSpecification() {
    assertThat(OpenClErrors.name(-52)).isEqualTo("CL_INVALID_KERNEL_ARGS (-52)");
    assertThat(OpenClErrors.name(-4)).isEqualTo("CL_MEM_OBJECT_ALLOCATION_FAILURE (-4)");
    assertThat(OpenClErrors.name(-61)).isEqualTo("CL_INVALID_BUFFER_SIZE (-61)");
    assertThat(OpenClErrors.name(-1001)).isEqualTo("CL_PLATFORM_NOT_FOUND_KHR (-1001)");
    assertThat(OpenClErrors.name(-9999)).isEqualTo("unknown OpenCL error (-9999)");
  }

  @Test
  void exceptionsSayWhatWasTriedAndKeepCodeAndCause() {
    CLException cause = new CLException("CL_OUT_OF_RESOURCES", -5);
    OpenClException failure = new OpenClException("run kernel product for gemm", cause);
    assertThat(failure)
        .isInstanceOf(BackendException.class)
        .hasMessage("cannot run kernel product for gemm: CL_OUT_OF_RESOURCES (-5)")
        .hasCause(cause);
    assertThat(failure.code()).isEqualTo(-5);
  }

  @Test
  void missingLoaderIsToldFromALibraryThatCannotBeUnpacked() {
    assertThat(
            OpenClLibrary.explain(
                new UnsatisfiedLinkError(
                    "Could not initialize native OpenCL library. Implementation library could not"
                        + " be loaded")))
        .contains("no OpenCL loader library", "ocl-icd-libopencl1", "driver");
    UnsatisfiedLinkError unpacking = new UnsatisfiedLinkError("Error while loading\nat a.b(C)");
    unpacking.initCause(new java.io.IOException("failed to map segment"));
    assertThat(OpenClLibrary.explain(unpacking))
        .contains("cannot be unpacked to", "failed to map segment", "noexec", "libstdc++")
        .doesNotContain("at a.b(C)");
  }
}
