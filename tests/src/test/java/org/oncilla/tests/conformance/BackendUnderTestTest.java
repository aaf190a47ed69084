package org.oncilla.tests.conformance;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.oncilla.backend.Backend;
import org.oncilla.backend.ElementwiseKernels;
import org.oncilla.backend.Span;
import org.oncilla.tests.reference.ReferenceBackend;

/** The judge is judged: a backend with a fault must be found out, and told from one without. */
class BackendUnderTestTest {
  /** What a faulty kernel does besides its work. */
  private interface Fault {
    void commit(Backend backend, Span x, Span out);
  }

  private static final KernelCall CALL =
      KernelCall.of("twice x plus one, length=5")
          .input("x", new float[] {1, 2, 3, 4, 5})
          .output("out", 5, Tolerance.ulps(2))
          .run(
              (backend, on) ->
                  backend.elementwise().affine(on.span("x"), 2, 1, on.span("out"), false));

  @Test
  void acceptsAFaultlessBackend() {
    assertThatCode(() -> check((backend, x, out) -> {})).doesNotThrowAnyException();
  }

  @Test
  void findsAWrongElement() {
    assertThatThrownBy(() -> check((on, x, out) -> set(on, out, 3, 9.00001)))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("faulty: twice x plus one, length=5: out[3] is 9.00001")
        .hasMessageContaining("the reference 9.0")
        .hasMessageContaining("1 of 5 are wrong");
  }

  @Test
  void acceptsARoundingWithinTheTolerance() {
    assertThatCode(() -> check((on, x, out) -> set(on, out, 3, Math.nextUp(9f))))
        .doesNotThrowAnyException();
  }

  @Test
  void findsAnElementLeftUndefined() {
    assertThatThrownBy(() -> check((on, x, out) -> set(on, out, 0, Double.NaN)))
        .hasMessageContaining("out[0] is NaN, the reference 3.0");
  }

  @Test
  void findsAWriteBeyondTheEnd() {
    assertThatThrownBy(() -> check((on, x, out) -> set(on, out, 5, 0)))
        .hasMessageContaining("a guard of out, out[5], was changed from")
        .hasMessageContaining("to 0.0");
  }

  @Test
  void findsAChangedInput() {
    assertThatThrownBy(() -> check((on, x, out) -> set(on, x, 2, 0)))
        .hasMessageContaining("the input x[2], was changed from 3.0 to 0.0");
  }

  @Test
  void findsAReadBeyondTheEnd() {
    Fault fault =
        (on, x, out) -> {
          Span beyond = new Span(x.buffer(), x.offset() + x.length(), 1);
          Span last = new Span(out.buffer(), out.offset() + 4, 1);
          on.elementwise().affine(beyond, 0, 0, last, true);
        };
    assertThatThrownBy(() -> check(fault)).hasMessageContaining("out[4] is NaN");
  }

  @Test
  void findsAResultThatDoesNotRepeat() {
    int[] calls = {0};
    Fault fault = (on, x, out) -> set(on, out, 1, calls[0]++ == 0 ? 5 : Math.nextUp(5f));
    assertThatThrownBy(() -> check(fault))
        .hasMessageContaining("out[1] is 5.000000476837158")
        .hasMessageContaining("in one run and 5.0 in another");
  }

  @Test
  void findsABufferNotGivenBack() {
    assertThatThrownBy(() -> check((on, x, out) -> on.pool().acquire(on.floatType(), 3, "leak")))
        .hasMessageContaining("buffers live after the call");
  }

  @Test
  void tellsWhichCallThrew() {
    Fault fault =
        (on, x, out) -> {
          throw new IllegalStateException("out of order");
        };
    assertThatThrownBy(() -> check(fault))
        .hasMessageContaining("faulty: twice x plus one, length=5: ")
        .hasMessageContaining("out of order");
  }

  private static void set(Backend backend, Span span, int index, double value) {
    backend.elementwise().fill(new Span(span.buffer(), span.offset() + index, 1), value);
  }

  private static void check(Fault fault) {
    try (BackendUnderTest faulty =
        BackendUnderTest.of("faulty", () -> faulty(new ReferenceBackend(), fault))) {
      faulty.check(CALL);
    }
  }

  /** A backend whose affine kernel commits a fault after its work. */
  private static Backend faulty(Backend sound, Fault fault) {
    ElementwiseKernels kernels =
        proxy(
            ElementwiseKernels.class,
            sound.elementwise(),
            "affine",
            arguments -> {
              sound
                  .elementwise()
                  .affine(
                      (Span) arguments[0],
                      (double) arguments[1],
                      (double) arguments[2],
                      (Span) arguments[3],
                      (boolean) arguments[4]);
              fault.commit(sound, (Span) arguments[0], (Span) arguments[3]);
              return null;
            });
    return proxy(Backend.class, sound, "elementwise", arguments -> kernels);
  }

  /** An object that does one method differently. */
  private static <T> T proxy(
      Class<T> type, T delegate, String method, Function<Object[], Object> replacement) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (self, called, arguments) -> {
              if (called.getName().equals(method)) {
                return replacement.apply(arguments);
              }
              try {
                return called.invoke(delegate, arguments);
              } catch (InvocationTargetException thrown) {
                throw thrown.getCause();
              }
            }));
  }
}
