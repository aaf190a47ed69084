package org.oncilla.opencl;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.oncilla.backend.BackendException;

/**
 * Chooses a device by {@code -Doncilla.opencl.device=}: the index in the list that a probe shows,
 * {@code platform:device}, or a part of the device's name in any case. Nothing takes the first.
 */
final class DeviceChoice {
  /** The system property that narrows the choice. */
  static final String PROPERTY = "oncilla.opencl.device";

  private DeviceChoice() {}

  /** The property's value, or null where it says nothing. */
  static String wanted() {
    String text = System.getProperty(PROPERTY);
    return text == null || text.isBlank() ? null : text.trim();
  }

  /** The property as a user sets it, or null where it says nothing. */
  static String setting() {
    return wanted() == null ? null : "-D" + PROPERTY + "=" + wanted();
  }

  /**
   * The device that a text means.
   *
   * @param devices what was found, best first, at least one
   * @param text the property's value, or null
   * @throws BackendException if it means none of them, with the choices
   */
  static OpenClDevice choose(List<OpenClDevice> devices, String text) {
    if (text == null) {
      return devices.get(0);
    }
    if (text.matches("\\d{1,9}") && Integer.parseInt(text) < devices.size()) {
      return devices.get(Integer.parseInt(text));
    }
    String part = text.toLowerCase(Locale.ROOT);
    return devices.stream()
        .filter(d -> d.address().equals(text))
        .findFirst()
        .or(
            () ->
                devices.stream()
                    .filter(d -> d.info().name().toLowerCase(Locale.ROOT).contains(part))
                    .filter(d -> !text.matches("\\d+|\\d+:\\d+"))
                    .findFirst())
        .orElseThrow(() -> new BackendException(unknown(devices, text)));
  }

  private static String unknown(List<OpenClDevice> devices, String text) {
    String choices =
        IntStream.range(0, devices.size())
            .mapToObj(index -> index + " = " + devices.get(index))
            .collect(Collectors.joining(", "));
    return "no OpenCL device matches -D"
        + PROPERTY
        + "="
        + text
        + "; give a number of the list, platform:device, or a part of a device's name. The devices"
        + " are "
        + choices;
  }
}
