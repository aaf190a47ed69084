package org.oncilla.opencl;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
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
    StringBuilder choices = new StringBuilder();
    for (int index = 0; index < devices.size(); index++) {
      choices.append(index == 0 ? "" : ", ").append(index).append(" = ").append(devices.get(index));
    }
    return "no OpenCL device matches -D"
        + PROPERTY
        + "="
        + text
        + "; give an index, platform:device or a part of a name of "
        + devices.stream().map(d -> "\"" + d.info().name() + "\"").collect(Collectors.joining(", "))
        + ": "
        + choices;
  }
}
