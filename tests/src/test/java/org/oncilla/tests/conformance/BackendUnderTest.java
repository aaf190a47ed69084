package org.oncilla.tests.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.Supplier;
import org.oncilla.backend.Backend;
import org.oncilla.tests.reference.ReferenceBackend;

/** One backend in one configuration, opened at its first use. */
final class BackendUnderTest implements AutoCloseable {
  private final String label;
  private final Supplier<Backend> opener;
  private Backend backend;

  private BackendUnderTest(String label, Supplier<Backend> opener) {
    this.label = label;
    this.opener = opener;
  }

  /**
   * A backend to be opened.
   *
   * @param opener may skip the test, where the machine does not have it
   */
  static BackendUnderTest of(String label, Supplier<Backend> opener) {
    return new BackendUnderTest(label, opener);
  }

  /** The backend, opened at the first call. */
  Backend backend() {
    if (backend == null) {
      backend = opener.get();
    }
    return backend;
  }

  /**
   * Runs a call on the reference and twice on this backend, and fails unless the results are the
   * reference's within their tolerances, bitwise the same both times, and all buffers are back in
   * the pool.
   */
  void check(KernelCall call) {
    int liveBefore = backend().pool().statistics().liveBuffers();
    Results actual = compare(call);
    complain(call, attempt(call).bitsUnlike(actual));
    assertThat(backend.pool().statistics().liveBuffers())
        .as("%s: %s: buffers live after the call", label, call.description())
        .isEqualTo(liveBefore);
  }

  /** Runs a call once, and fails unless the results are the reference's within their tolerances. */
  Results compare(KernelCall call) {
    Results actual = attempt(call);
    complain(call, actual.differenceFrom(resultsOnReference(call)));
    return actual;
  }

  /** Fails unless two backends give the same bits. */
  void checkSameBits(KernelCall call, BackendUnderTest other) {
    String difference = call.on(backend()).bitsUnlike(call.on(other.backend()));
    complain(call, difference == null ? null : "unlike " + other + ": " + difference);
  }

  @Override
  public String toString() {
    return label;
  }

  @Override
  public void close() {
    if (backend != null) {
      backend.close();
    }
  }

  private static Results resultsOnReference(KernelCall call) {
    try (ReferenceBackend reference = new ReferenceBackend()) {
      return call.on(reference);
    }
  }

  private Results attempt(KernelCall call) {
    try {
      return call.on(backend());
    } catch (RuntimeException | LinkageError failure) {
      throw new AssertionError(label + ": " + call.description() + ": " + failure, failure);
    }
  }

  private void complain(KernelCall call, String problem) {
    if (problem != null) {
      throw new AssertionError(label + ": " + call.description() + ": " + problem);
    }
  }
}
