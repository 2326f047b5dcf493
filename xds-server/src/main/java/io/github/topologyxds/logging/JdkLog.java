package io.github.topologyxds.logging;

import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.slf4j.LoggerFactory;

/**
 * Leads what is logged to the JDK's own log, as gRPC does, into ours, where its rate is limited and
 * its level can be set, without credentials: the JDK's HTTP client can be told to log headers.
 * (This is jul-to-slf4j, as far as it is needed here.)
 */
public final class JdkLog extends Handler {
  private final Formatter formatter = new SimpleFormatter();

  private JdkLog() {}

  /** From now on nothing of it goes to stderr by itself. Idempotent. */
  public static synchronized void intoOurs() {
    Logger root = LogManager.getLogManager().getLogger("");
    for (Handler handler : root.getHandlers()) {
      if (handler instanceof JdkLog) {
        return;
      }
      root.removeHandler(handler);
    }
    root.addHandler(new JdkLog());
  }

  @Override
  public void publish(LogRecord line) {
    String name = line.getLoggerName() == null ? "java.util.logging" : line.getLoggerName();
    LoggerFactory.getLogger(name)
        .atLevel(level(line.getLevel().intValue()))
        .setCause(line.getThrown())
        .log(() -> MaskedCredentials.in(formatter.formatMessage(line)));
  }

  private static org.slf4j.event.Level level(int value) {
    if (value >= Level.SEVERE.intValue()) {
      return org.slf4j.event.Level.ERROR;
    }
    if (value >= Level.WARNING.intValue()) {
      return org.slf4j.event.Level.WARN;
    }
    if (value >= Level.INFO.intValue()) {
      return org.slf4j.event.Level.INFO;
    }
    return org.slf4j.event.Level.DEBUG;
  }

  @Override
  public void flush() {}

  @Override
  public void close() {}
}
