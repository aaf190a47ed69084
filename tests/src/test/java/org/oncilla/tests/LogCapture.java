package org.oncilla.tests;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.List;
import org.slf4j.LoggerFactory;

/** What the classes of the library say in the log, until it is closed. */
public final class LogCapture implements AutoCloseable {
  private final ListAppender<ILoggingEvent> said = new ListAppender<>();
  private final Logger logger;

  /** Listens to a class. */
  public LogCapture(Class<?> speaker) {
    this(speaker.getName());
  }

  /** Listens to a package, or to a class by its name. */
  public LogCapture(String name) {
    logger = (Logger) LoggerFactory.getLogger(name);
    said.start();
    logger.addAppender(said);
  }

  /** The texts that warn. */
  public List<String> warnings() {
    return texts(Level.WARN);
  }

  /** The texts that inform. */
  public List<String> informations() {
    return texts(Level.INFO);
  }

  private List<String> texts(Level level) {
    return said.list.stream()
        .filter(event -> event.getLevel() == level)
        .map(ILoggingEvent::getFormattedMessage)
        .toList();
  }

  @Override
  public void close() {
    logger.detachAppender(said);
  }
}
