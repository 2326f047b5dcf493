package io.github.topologyxds.grpc.connection;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.LoggerFactory;

/**
 * All that anybody in this process logs while this is open, as it is before the log cuts and limits
 * it. What gRPC writes to the JDK's log comes here too, since a server has been started.
 */
final class LogLines extends AppenderBase<ILoggingEvent> implements AutoCloseable {
  /** They tell of frames that are wrong, with a stack trace that the log cuts off. */
  private static final Set<String> ABOUT_CLIENTS =
      Set.of(
          "io.grpc.netty.NettyServerHandler",
          "io.grpc.netty.NettyServerStream",
          "io.grpc.netty.NettyServerTransport.connections");

  private final List<ILoggingEvent> events = new CopyOnWriteArrayList<>();
  private final Logger root = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);

  LogLines() {
    start();
    root.addAppender(this);
  }

  /** Lines that hold this text. */
  List<String> with(String text) {
    return events.stream()
        .map(ILoggingEvent::getFormattedMessage)
        .filter(line -> line.contains(text))
        .toList();
  }

  /** What nobody should see: stack traces and errors. */
  List<String> alarming() {
    return events.stream()
        .filter(e -> e.getThrowableProxy() != null || e.getLevel().isGreaterOrEqual(Level.ERROR))
        .filter(e ->
            e.getLevel().isGreaterOrEqual(Level.ERROR)
                || !ABOUT_CLIENTS.contains(e.getLoggerName()))
        .map(e -> e.getLoggerName() + ": " + e.getFormattedMessage())
        .toList();
  }

  @Override
  protected void append(ILoggingEvent event) {
    events.add(event);
  }

  @Override
  public void close() {
    root.detachAppender(this);
    stop();
  }
}
