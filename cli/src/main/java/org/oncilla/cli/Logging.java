package org.oncilla.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.filter.Filter;
import ch.qos.logback.core.spi.ContextAwareBase;
import ch.qos.logback.core.spi.FilterReply;
import java.util.Set;
import org.oncilla.backend.Backends;
import org.slf4j.LoggerFactory;

/**
 * The log of the command: what the library says, on standard error, in lines without a date. In
 * code, because reading a configuration file takes a tenth of a second at every start.
 */
public final class Logging extends ContextAwareBase implements Configurator {
  private static final String LIBRARY = "org.oncilla";

  /** Where the library says what the command prints anyway. */
  private static final Set<String> PRINTED =
      Set.of(
          Backends.class.getName() + "backend {}: {}",
          "org.oncilla.cpu.CpuBackendcpu: {} threads, {}",
          "org.oncilla.datasets.DataSources{}: from {}");

  @Override
  public ExecutionStatus configure(LoggerContext context) {
    PatternLayoutEncoder encoder = new PatternLayoutEncoder();
    encoder.setContext(context);
    encoder.setPattern("%replace(%level: ){'INFO: ', ''}%msg%n%nopex");
    encoder.start();
    ConsoleAppender<ILoggingEvent> appender = new ConsoleAppender<>();
    appender.setContext(context);
    appender.setTarget("System.err");
    appender.setEncoder(encoder);
    appender.addFilter(new NotPrintedYet());
    appender.start();
    context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME).setLevel(Level.WARN);
    context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME).addAppender(appender);
    context.getLogger(LIBRARY).setLevel(Level.INFO);
    return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
  }

  /** Says how much the library logs. */
  static void level(Level level) {
    if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
      context.getLogger(LIBRARY).setLevel(level);
    }
  }

  private static final class NotPrintedYet extends Filter<ILoggingEvent> {
    @Override
    public FilterReply decide(ILoggingEvent event) {
      return PRINTED.contains(event.getLoggerName() + event.getMessage())
          ? FilterReply.DENY
          : FilterReply.NEUTRAL;
    }
  }
}
