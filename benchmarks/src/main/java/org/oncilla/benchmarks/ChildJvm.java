package org.oncilla.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Another JVM of the same kind, with this one's options and class path, that speaks in lines. */
final class ChildJvm implements AutoCloseable {
  private final String what;
  private final Process process;
  private final BufferedReader output;

  /**
   * Starts it.
   *
   * @param what it is, for messages
   * @param environment variables added to this process's
   * @param main the class to run
   */
  ChildJvm(String what, Map<String, String> environment, Class<?> main, List<String> arguments) {
    this.what = what;
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    // What the JVM has to say, even when native code crashes it, is no answer.
    command.addAll(List.of("-XX:+DisplayVMOutputToStderr", "-XX:+ErrorFileToStderr"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    command.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().putAll(environment);
    builder.redirectError(ProcessBuilder.Redirect.INHERIT);
    try {
      process = builder.start();
    } catch (IOException failure) {
      throw new UncheckedIOException("cannot start " + command.get(0), failure);
    }
    output =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  /** Sends a line. */
  void say(String line) {
    try {
      process.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
      process.getOutputStream().flush();
    } catch (IOException failure) {
      throw new IllegalStateException(ended(), failure);
    }
  }

  /**
   * Waits for a line.
   *
   * @throws IllegalStateException if the process ended instead
   */
  String hear() {
    String line;
    try {
      line = output.readLine();
    } catch (IOException failure) {
      throw new IllegalStateException(ended(), failure);
    }
    if (line == null) {
      throw new IllegalStateException(ended());
    }
    return line;
  }

  private String ended() {
    return what + " ended with status " + await() + "; its messages are above";
  }

  /** Lets the process end, which it does when it has nothing more to hear. */
  @Override
  public void close() {
    try {
      process.getOutputStream().close();
    } catch (IOException alreadyGone) {
      process.destroy();
    }
    await();
  }

  private int await() {
    try {
      return process.waitFor();
    } catch (InterruptedException interrupted) {
      process.destroy();
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for " + what, interrupted);
    }
  }
}
