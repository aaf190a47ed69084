package org.oncilla.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;

/** Runs the command in this JVM. */
final class Cli {
  /**
   * What a command did.
   *
   * @param exit status
   * @param out standard output
   * @param err what the command said on standard error
   * @param log what was logged to standard error
   */
  record Result(int exit, String out, String err, String log) {
    /** All that was said. */
    String all() {
      return out + err + log;
    }

    /** Demands success. */
    Result ok() {
      assertThat(exit).as("exit status; it said: %s%s", out, err).isZero();
      return this;
    }

    /** Demands a failure that is told in words. */
    Result failed(int status, String... parts) {
      assertThat(exit).as("exit status; it said: %s%s", out, err).isEqualTo(status);
      assertThat(err).startsWith("oncilla: ").contains(parts).doesNotContain("\tat ");
      return this;
    }
  }

  private Cli() {}

  static Result run(Object... args) {
    String[] words = new String[args.length];
    for (int i = 0; i < args.length; i++) {
      words[i] = args[i].toString();
    }
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    ByteArrayOutputStream log = new ByteArrayOutputStream();
    PrintStream before = System.err;
    System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
    try {
      int exit = Main.execute(new PrintWriter(out, true), new PrintWriter(err, true), words);
      return new Result(exit, out.toString(), err.toString(), log.toString(StandardCharsets.UTF_8));
    } finally {
      System.setErr(before);
    }
  }
}
