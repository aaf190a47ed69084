package org.oncilla.tests.conformance;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.ArgumentsProvider;
import org.junit.jupiter.params.support.ParameterDeclarations;
import org.oncilla.tests.TestBackends;

/** The backends of {@link TestBackends}, as what conformance tests take. */
final class BackendsUnderTest implements ArgumentsProvider {
  private static final List<BackendUnderTest> ALL =
      TestBackends.all().stream()
          .map(each -> BackendUnderTest.of(each.toString(), each::backend))
          .toList();

  @Override
  public Stream<? extends Arguments> provideArguments(
      ParameterDeclarations parameters, ExtensionContext context) {
    boolean referenceToo =
        context.getRequiredTestMethod().getAnnotation(OnEveryBackend.class).referenceToo();
    return ALL.stream().skip(referenceToo ? 0 : 1).map(Arguments::of);
  }
}
