package io.github.topologyxds.logging;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.LoggingEvent;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * A library's line as we write it: what it says, of which exception only the class and the message,
 * and whose bytes it is about. Whole stack traces of gRPC were 99 % of what a flood of wrong frames
 * wrote, and say nothing that the message does not.
 */
final class ShortLine {
  private static final int MAX_LENGTH = 160;

  private ShortLine() {}

  static ILoggingEvent of(
      ILoggingEvent event, @Nullable SocketAddress client, LoggerContext context) {
    StringBuilder text = new StringBuilder(cut(String.valueOf(event.getFormattedMessage())));
    IThrowableProxy thrown = event.getThrowableProxy();
    if (thrown != null) {
      String name = thrown.getClassName();
      text.append(": ").append(name.substring(name.lastIndexOf('.') + 1));
      if (thrown.getMessage() != null) {
        text.append(": ").append(cut(thrown.getMessage()));
      }
    }
    if (client != null) {
      text.append(" (client ").append(client).append(')');
    }
    Logger logger = context.getLogger(event.getLoggerName());
    LoggingEvent line =
        new LoggingEvent(
            Logger.class.getName(), logger, event.getLevel(), text.toString(), null, null);
    line.setThreadName(event.getThreadName());
    return line;
  }

  /** Text of a client may be in it: it must not look like another line. */
  private static String cut(String text) {
    return text.substring(0, Math.min(MAX_LENGTH, text.length())).replaceAll("\\p{Cntrl}+", " ");
  }
}
