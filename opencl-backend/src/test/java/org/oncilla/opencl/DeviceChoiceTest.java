package org.oncilla.opencl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.oncilla.backend.BackendException;
import org.oncilla.backend.DeviceInfo;

class DeviceChoiceTest {
  private static final List<OpenClDevice> DEVICES =
      List.of(
          device(1, 0, OpenClDevice.Type.GPU, "GeForce RTX 2070"),
          device(1, 1, OpenClDevice.Type.GPU, "GeForce GTX 1050"),
          device(0, 0, OpenClDevice.Type.CPU, "pthread-zen5"));

  private static OpenClDevice device(int platform, int index, OpenClDevice.Type type, String name) {
    return new OpenClDevice(
        platform,
        index,
        null,
        null,
        type,
        new DeviceInfo(name, type.label(), 8, 1 << 30, "driver 1", "details"),
        new OpenClDevice.Limits(256, 1 << 15, 1 << 30, 1 << 28, 4),
        name);
  }

  @ParameterizedTest
  @CsvSource({
    "0, GeForce RTX 2070",
    "2, pthread-zen5",
    "1, GeForce GTX 1050",
    "0:0, pthread-zen5",
    "1:1, GeForce GTX 1050",
    "geforce, GeForce RTX 2070",
    "gtx, GeForce GTX 1050",
    "ZEN5, pthread-zen5"
  })
  void anIndexAnAddressOrAPartOfANameChooses(String wanted, String name) {
    assertThat(DeviceChoice.choose(DEVICES, wanted).info().name()).isEqualTo(name);
  }

  @Test
  void nothingChoosesTheBest() {
    assertThat(DeviceChoice.choose(DEVICES, null)).isSameAs(DEVICES.get(0));
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "null",
      value = {"null, null", "' ', null", "' 1 ', 1", "GeForce, GeForce"})
  void thePropertyIsReadWithoutBlanks(String property, String wanted) {
    String before = System.getProperty(DeviceChoice.PROPERTY);
    try {
      set(property);
      assertThat(DeviceChoice.wanted()).isEqualTo(wanted);
      assertThat(DeviceChoice.setting())
          .isEqualTo(wanted == null ? null : "-Doncilla.opencl.device=" + wanted);
    } finally {
      set(before);
    }
  }

  private static void set(String property) {
    if (property == null) {
      System.clearProperty(DeviceChoice.PROPERTY);
    } else {
      System.setProperty(DeviceChoice.PROPERTY, property);
    }
  }

  /** 2070 is a part of a name, but a number means an index. */
  @ParameterizedTest
  @ValueSource(strings = {"3", "2:0", "1:2", "radeon", "2070", "-1", "99999999999"})
  void unknownChoicesListWhatThereIs(String wanted) {
    assertThatThrownBy(() -> DeviceChoice.choose(DEVICES, wanted))
        .isInstanceOf(BackendException.class)
        .hasMessageContaining("-Doncilla.opencl.device=" + wanted)
        .hasMessageEndingWith(
            "; give a number of the list, platform:device, or a part of a device's name. The"
                + " devices are 0 = 1:0 GeForce RTX 2070 (GPU), 1 = 1:1 GeForce GTX 1050 (GPU),"
                + " 2 = 0:0 pthread-zen5 (CPU)");
  }
}
