package org.oncilla.benchmarks.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WorkloadsTest {
  /** The sums of inputs × outputs + biases, worked out by hand. */
  @ParameterizedTest
  @CsvSource({
    "mlp_784_512_256_10, 535818",
    "mlp_4096_100_20_10, 411930",
    "lenet5, 61706",
    "alextable, 1664678",
    "vgg6, 3248202",
    "resnet20, 272474"
  })
  void networksHaveTheirParameters(String name, int parameters) {
    Network network =
        Workloads.networks().stream().filter(n -> n.name().equals(name)).findFirst().orElseThrow();
    assertThat(network.parameterCount()).isEqualTo(parameters);
  }

  @Test
  void trainingIsTheDefault() {
    assertThat(Workloads.matching(List.of()))
        .extracting(Workload::name)
        .containsExactly(
            "train/mlp_784_512_256_10/b128/adam",
            "train/mlp_4096_100_20_10/b64/sgd",
            "train/lenet5/b64/sgd",
            "train/alextable/b64/adam",
            "train/vgg6/b32/adam",
            "train/resnet20/b32/sgd");
  }

  @Test
  void namesAreUniqueAndFound() {
    assertThat(Workloads.all()).extracting(Workload::name).doesNotHaveDuplicates();
    for (Workload workload : Workloads.all()) {
      assertThat(Workloads.named(workload.name())).isSameAs(workload);
    }
  }

  @Test
  void partsOfNamesMatch() {
    assertThat(Workloads.matching(List.of("infer/lenet5", "gemm/512")))
        .extracting(Workload::name)
        .containsExactly("infer/lenet5/1", "infer/lenet5/batch", "gemm/512");
  }

  @Test
  void aNameThatThereIsNotGetsTheChoices() {
    assertThatThrownBy(() -> Workloads.matching(List.of("lenet5", "densenet")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no workload is called \"densenet\"")
        .hasMessageContaining("train/vgg6/b32/adam")
        .hasMessageContaining("conv_fwdbwd/8B_256x14_256_k1_s1_p0");
  }

  @Test
  void operationsAreCounted() {
    assertThat(Workloads.named("gemm/1000,37,513").flops()).isEqualTo(2.0 * 1000 * 37 * 513);
    // 32 images, 64 filters at 32×32 positions, 3·3·3 products and as many sums each
    assertThat(Workloads.named("conv_fwd/32B_3x32_64_k3_s1_p1").flops())
        .isEqualTo(32.0 * 64 * 1024 * 27 * 2);
    assertThat(Workloads.named("conv_fwdbwd/32B_3x32_64_k3_s1_p1").flops())
        .isEqualTo(3 * 32.0 * 64 * 1024 * 27 * 2);
    // 14×14 positions with 5×5 kernels leave 10×10
    assertThat(Workloads.named("conv_fwd/64B_6x14_16_k5_s1_p0").flops())
        .isEqualTo(64.0 * 16 * 100 * 6 * 25 * 2);
  }
}
