package org.oncilla.datasets;

import java.io.File;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Runs other programs. */
final class Commands {
  private static final int LONGEST_OUTPUT = 2000;

  private final String searchPath;

  /** Finds programs in the folders of a search path, such as the PATH of the environment. */
  Commands(String searchPath) {
    this.searchPath = searchPath;
  }

  /** The program of that name, if it is installed. */
  Optional<Path> find(String program) {
    for (String folder : searchPath.split(File.pathSeparator)) {
      for (String ending : List.of("", ".cmd", ".exe")) {
        Path file = Path.of(folder, program + ending);
        if (!folder.isEmpty() && Files.isRegularFile(file) && Files.isExecutable(file)) {
          return Optional.of(file);
        }
      }
    }
    return Optional.empty();
  }

  /**
   * Runs a program to its end.
   *
   * @param folder to run it in; also holds its output meanwhile
   * @param limit after which it is ended
   * @throws IOException if it is not installed, fails or takes too long, with what it printed
   */
  void run(Path folder, Duration limit, String program, List<String> arguments)
      throws IOException, InterruptedException {
    Path executable =
        find(program).orElseThrow(() -> new IOException(program + " is not installed"));
    Path output = folder.resolve(program + ".out");
    ProcessBuilder builder = new ProcessBuilder();
    builder.command().add(executable.toString());
    builder.command().addAll(arguments);
    builder.environment().put("PATH", searchPath);
    builder.environment().put("LC_ALL", "C");
    Process process =
        builder
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    process.getOutputStream().close();
    try {
      if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new IOException(
            program
                + " did not end within "
                + limit.toMillis() / 1000.0
                + " s; it printed: "
                + tail(output));
      }
    } finally {
      end(process);
    }
    if (process.exitValue() != 0) {
      throw new IOException(
          program + " failed with exit code " + process.exitValue() + ": " + tail(output));
    }
  }

  private static void end(Process process) {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }

  private static String tail(Path output) throws IOException {
    String text = new String(Files.readAllBytes(output), Charset.defaultCharset()).strip();
    String end = text.substring(Math.max(0, text.length() - LONGEST_OUTPUT));
    return end.isEmpty() ? "(nothing)" : end.replaceAll("\\s*\\R\\s*", " | ");
  }
}
