package io.github.topologyxds.delivery.grpc;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.stream.Stream;
import org.slf4j.LoggerFactory;

/** All that anybody in this process logs while this is open, gRPC to the JDK's log as well. */
final class LogLines extends AppenderBase<ILoggingEvent> implements AutoCloseable {
  private final List<ILoggingEvent> events = new CopyOnWriteArrayList<>();
  private final Logger root = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);

  private final List<LogRecord> jdkRecords = new CopyOnWriteArrayList<>();
  private final java.util.logging.Logger jdkRoot = java.util.logging.Logger.getLogger("");
  private final Handler jdkHandler = new Kept();

  LogLines() {
    start();
    root.addAppender(this);
    jdkRoot.addHandler(jdkHandler);
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
    Stream<String> ours =
        events.stream()
            .filter(
                e -> e.getThrowableProxy() != null || e.getLevel().isGreaterOrEqual(Level.ERROR))
            .map(e -> e.getLoggerName() + ": " + e.getFormattedMessage());
    Stream<String> others =
        jdkRecords.stream()
            .filter(r -> r.getThrown() != null)
            .map(r -> r.getLoggerName() + ": " + r.getMessage() + ": " + r.getThrown());
    return Stream.concat(ours, others).toList();
  }

  @Override
  protected void append(ILoggingEvent event) {
    events.add(event);
  }

  @Override
  public void close() {
    jdkRoot.removeHandler(jdkHandler);
    root.detachAppender(this);
    stop();
  }

  private final class Kept extends Handler {
    @Override
    public void publish(LogRecord line) {
      jdkRecords.add(line);
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }
}
