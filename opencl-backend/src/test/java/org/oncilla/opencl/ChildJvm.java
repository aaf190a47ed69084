package org.oncilla.opencl;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A JVM with an environment of its own that runs {@link ChildMain}: drivers read theirs once. */
final class ChildJvm {
  private final Process process;

  private ChildJvm(Process process) {
    this.process = process;
  }

  /**
   * How a child ended.
   *
   * @param status exit status, 0 for a success
   * @param output what it printed, errors too
   */
  record Outcome(int status, String output) {}

  static ChildJvm start(
      Map<String, String> environment, Map<String, String> properties, String... arguments)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    properties.forEach((name, value) -> command.add("-D" + name + "=" + value));
    command.add("-cp");
    command.add(
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
    command.add(ChildMain.class.getName());
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().putAll(environment);
    return new ChildJvm(builder.start());
  }

  static Outcome run(
      Map<String, String> environment, Map<String, String> properties, String... arguments)
      throws IOException, InterruptedException {
    return start(environment, properties, arguments).await();
  }

  Outcome await() throws IOException, InterruptedException {
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (!process.waitFor(120, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new IOException("the child JVM hangs; it printed " + output);
    }
    return new Outcome(process.exitValue(), output);
  }
}
