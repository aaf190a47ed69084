package org.oncilla.tests.tensor;

import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Every operation of the Tensor API and every loss, as the sources of parameterized tests. */
final class OperationCases {
  private static final List<Supplier<List<OperationCase>>> FAMILIES =
      List.of(
          MatmulCases::all,
          ConvolutionCases::all,
          TransposedConvolutionCases::all,
          SequenceCases::all,
          PoolingCases::all,
          ResamplingCases::all,
          ElementwiseCases::all,
          ReductionCases::all,
          IndexingCases::all,
          NormalizationCases::all,
          DropoutCases::all);

  private OperationCases() {}

  /** Single operations. */
  static Stream<OperationCase> single() {
    return FAMILIES.stream().flatMap(family -> family.get().stream());
  }

  static Stream<OperationCase> singleDifferentiable() {
    return single().filter(OperationCase::differentiable);
  }

  /** Single operations, and losses, which are several. */
  static Stream<OperationCase> all() {
    return Stream.concat(single(), LossCases.all().stream());
  }

  static Stream<OperationCase> differentiable() {
    return all().filter(OperationCase::differentiable);
  }
}
