package org.oncilla.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import org.oncilla.backend.Backend;
import org.oncilla.backend.BackendException;
import org.oncilla.backend.BackendProvider;
import org.oncilla.backend.Backends;
import org.oncilla.backend.DeviceInfo;
import picocli.CommandLine.Command;

/** Lists what each backend found. */
@Command(
    name = "devices",
    description = "Lists the devices that each backend found, or why it found none.",
    footer = {"  oncilla devices", "  oncilla devices -Doncilla.opencl.device=gpu"})
final class DevicesCommand extends BaseCommand {
  private static final double GIB = 1L << 30;

  /** The device that {@code auto} takes, with its backend's name. */
  private record Automatic(String backend, DeviceInfo device) {}

  @Override
  void run(PrintWriter out, PropertyScope scope) {
    BackendOptions.requireKnown(this, "-D" + Backends.PROPERTY + "=");
    Automatic automatic = null;
    BackendException failure = null;
    try (Backend backend = Backends.open(Backends.AUTO)) {
      automatic = new Automatic(backend.name(), backend.device());
    } catch (BackendException nothing) {
      failure = nothing;
    }
    for (BackendProvider provider : Backends.providers()) {
      print(out, provider.name(), provider.probe(), automatic);
    }
    if (failure != null) {
      out.flush();
      throw new CommandException(
          "--backend auto finds nothing to take: " + failure.getMessage(), failure);
    }
    out.println("* what --backend auto takes; choose another with --backend NAME");
  }

  private static void print(
      PrintWriter out, String backend, BackendProvider.Probe probe, Automatic automatic) {
    out.println(backend);
    List<DeviceInfo> devices = probe.devices();
    if (devices.isEmpty()) {
      out.println("    none: " + probe.problem().replace("\n", "\n    "));
    }
    for (DeviceInfo device : devices) {
      boolean taken =
          automatic != null
              && backend.equals(automatic.backend())
              && device.equals(automatic.device());
      out.printf("  %s %s%n", taken ? "*" : " ", device.name());
      out.printf(
          Locale.ROOT,
          "      %s, %d units, %.1f GiB for buffers%n",
          device.kind(),
          device.computeUnits(),
          device.memoryBytes() / GIB);
      out.printf("      %s%n", device.driver());
      out.printf("      %s%n", device.details());
    }
    out.println();
  }
}
