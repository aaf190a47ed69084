package org.oncilla.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KernelSourcesTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "pooling",
        "elementwise",
        "reduction",
        "softmax",
        "normalization",
        "indexing",
        "random",
        "update"
      })
  void everyFamilyHasKernelsBehindTheSharedFunctions(String family) {
    String source = KernelSources.of(family);
    assertThat(source).contains("__kernel");
    assertThat(source.indexOf("activate(")).isLessThan(source.indexOf("__kernel"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"matmul", "convolution"})
  void productsHaveTheirLoadersInFrontOfTheTileKernel(String family) {
    String source = KernelSources.product(family);
    assertThat(source.indexOf("} Geometry;")).isPositive().isLessThan(source.indexOf("} Product;"));
    assertThat(source).contains("void product(", "void sum_parts(");
  }

  /** The baseline is OpenCL C 1.2 without extensions, and results must not depend on luck. */
  @Test
  void sourcesUseNeitherExtensionsNorAtomicsNorFastMath() {
    for (String family :
        List.of("pooling", "elementwise", "reduction", "softmax", "normalization", "random")) {
      assertThat(KernelSources.of(family))
          .doesNotContainPattern("\\batom(ic)?_\\w+\\(")
          .doesNotContain("cl_khr_", "double ", "native_", "half_");
    }
    assertThat(KernelSources.product("convolution") + KernelSources.product("matmul"))
        .doesNotContainPattern("\\batom(ic)?_\\w+\\(")
        .doesNotContain("cl_khr_", "double ", "native_", "half_");
  }

  @Test
  void missingSourceIsNamed() {
    assertThatThrownBy(() -> KernelSources.of("fourier"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("fourier.cl")
        .hasMessageContaining("oncilla-kernels");
  }
}
