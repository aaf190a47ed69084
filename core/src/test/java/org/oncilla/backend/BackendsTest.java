package org.oncilla.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.lang.reflect.Proxy;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** Which backend is taken, of providers that find and refuse what each test says. */
class BackendsTest {
  private static final DeviceInfo GPU = device("Big GPU");
  private static final DeviceInfo PROCESSOR = device("Small CPU");
  private static final BackendProvider CPU = new Found("cpu", PROCESSOR, true, null, null);

  private final ListAppender<ILoggingEvent> log = new ListAppender<>();

  @BeforeEach
  void listen() {
    log.start();
    ((Logger) LoggerFactory.getLogger(Backends.class)).addAppender(log);
  }

  @AfterEach
  void stopListening() {
    ((Logger) LoggerFactory.getLogger(Backends.class)).detachAppender(log);
  }

  private static DeviceInfo device(String name) {
    return new DeviceInfo(name, "kind", 7, 1 << 30, "driver", "details of " + name);
  }

  /**
   * A provider in one situation.
   *
   * @param name of the backend
   * @param device what the probe finds, or null
   * @param automatic whether auto takes it
   * @param askedFor the setting that asks for its device, or null
   * @param refusal why it does not open, or null
   */
  private record Found(
      String name, DeviceInfo device, boolean automatic, String askedFor, String refusal)
      implements BackendProvider {
    @Override
    public Probe probe() {
      return device == null
          ? new Probe(List.of(), "no driver; install one", automatic, askedFor)
          : new Probe(List.of(device), null, automatic, askedFor);
    }

    @Override
    public Backend open() {
      if (refusal != null) {
        throw new BackendException(refusal);
      }
      return (Backend)
          Proxy.newProxyInstance(
              Backend.class.getClassLoader(),
              new Class<?>[] {Backend.class},
              (proxy, method, arguments) ->
                  switch (method.getName()) {
                    case "name" -> name;
                    case "device" -> device;
                    default -> throw new UnsupportedOperationException(method.getName());
                  });
    }
  }

  private static Backends.Selection auto(BackendProvider... providers) {
    return Backends.select("auto", List.of(providers));
  }

  private List<String> warnings() {
    return log.list.stream()
        .filter(event -> event.getLevel() == Level.WARN)
        .map(ILoggingEvent::getFormattedMessage)
        .toList();
  }

  @Test
  void aGpuIsTaken() {
    Backends.Selection selection = auto(CPU, new Found("opencl", GPU, true, null, null));
    assertThat(selection.backend().name()).isEqualTo("opencl");
    assertThat(selection.reason())
        .isEqualTo("Big GPU, 7 units, details of Big GPU, a GPU was found");
    assertThat(warnings()).isEmpty();
  }

  @Test
  void aGpuThatDoesNotOpenIsPassedOverAloud() {
    Backends.Selection selection =
        auto(CPU, new Found("opencl", GPU, true, null, "cannot open a context: CL_OUT_OF_X (-5)"));
    assertThat(selection.backend().name()).isEqualTo("cpu");
    assertThat(selection.reason())
        .isEqualTo(
            "Small CPU, 7 units, details of Small CPU (opencl: Big GPU does not open: cannot open"
                + " a context: CL_OUT_OF_X (-5))");
    assertThat(warnings())
        .containsExactly(
            "backend opencl: Big GPU was found but does not open, so another is taken: cannot open"
                + " a context: CL_OUT_OF_X (-5)");
  }

  @Test
  void aDeviceThatIsNoGpuIsForThoseWhoAsk() {
    Backends.Selection selection = auto(new Found("opencl", PROCESSOR, false, null, null), CPU);
    assertThat(selection.backend().name()).isEqualTo("cpu");
    assertThat(selection.reason())
        .endsWith("(opencl: no GPU, only Small CPU, used when asked for by name)");
  }

  @Test
  void noDeviceIsExplained() {
    assertThat(auto(new Found("opencl", null, false, null, null), CPU).reason())
        .endsWith("(opencl: no driver; install one)");
  }

  @Test
  void aDeviceThatASettingAsksForIsTakenWhateverItIs() {
    Backends.Selection selection =
        auto(
            CPU,
            new Found("other", GPU, true, null, null),
            new Found("opencl", PROCESSOR, false, "-Dx=1", null));
    assertThat(selection.backend().name()).isEqualTo("opencl");
    assertThat(selection.reason())
        .isEqualTo("Small CPU, 7 units, details of Small CPU, asked for by -Dx=1");
  }

  /** Whether there is a device or none, of this kind or that: the answer is the provider's. */
  @Test
  void aSettingThatCannotBeMetIsAnError() {
    for (DeviceInfo device : new DeviceInfo[] {GPU, PROCESSOR, null}) {
      for (boolean automatic : new boolean[] {true, false}) {
        Found asked = new Found("opencl", device, automatic, "-Dx=9", "-Dx=9: choices are 0, 1");
        assertThatThrownBy(() -> auto(CPU, asked))
            .isInstanceOf(BackendException.class)
            .hasMessage("-Dx=9: choices are 0, 1");
      }
    }
    assertThat(warnings()).isEmpty();
  }

  @Test
  void aBackendOfThatNameIsOpenedOrAnError() {
    Found refusing = new Found("opencl", GPU, true, null, "it is asleep");
    assertThat(Backends.select("cpu", List.of(refusing, CPU)).reason())
        .isEqualTo("Small CPU, 7 units, details of Small CPU, asked for by name");
    assertThatThrownBy(() -> Backends.select("opencl", List.of(refusing, CPU)))
        .isInstanceOf(BackendException.class)
        .hasMessage("it is asleep");
    assertThatThrownBy(() -> Backends.select("cuda", List.of(refusing, CPU)))
        .isInstanceOf(BackendException.class)
        .hasMessage("unknown backend \"cuda\"; the choices are auto, cpu, opencl");
  }

  @Test
  void withoutAFallbackTheReasonsAreAnError() {
    assertThatThrownBy(() -> auto(new Found("opencl", GPU, true, null, "it is asleep")))
        .isInstanceOf(BackendException.class)
        .hasMessage(
            "no backend for auto: opencl: Big GPU does not open: it is asleep; add oncilla-cpu to"
                + " the class path");
    assertThatThrownBy(() -> auto())
        .isInstanceOf(BackendException.class)
        .hasMessageContaining("there is none on the class path");
  }
}
