package io.github.topologyxds.logging;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.OutputStreamAppender;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.LoggerFactory;

/**
 * What the process would write to its log while this is open: the same appender with the same
 * pattern as in {@link LogConfigurator}, and a clock of the test's.
 */
public final class WrittenLog implements AutoCloseable {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final AtomicLong nanos = new AtomicLong();
  private final LimitedAppender limited = new LimitedAppender(nanos::get, Duration.ofHours(1));
  private final Logger root = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);

  public WrittenLog() {
    LoggerContext context = root.getLoggerContext();
    PatternLayoutEncoder encoder = new PatternLayoutEncoder();
    encoder.setContext(context);
    encoder.setPattern(shippedPattern());
    encoder.start();
    OutputStreamAppender<ILoggingEvent> written = new OutputStreamAppender<>();
    written.setContext(context);
    written.setEncoder(encoder);
    written.setOutputStream(bytes);
    written.start();
    limited.setContext(context);
    limited.addAppender(written);
    limited.start();
    root.addAppender(limited);
  }

  private String shippedPattern() {
    LimitedAppender shipped = (LimitedAppender) root.getAppender("LIMITED");
    OutputStreamAppender<ILoggingEvent> behind =
        (OutputStreamAppender<ILoggingEvent>) Objects.requireNonNull(shipped.getAppender("STDERR"));
    return ((PatternLayoutEncoder) behind.getEncoder()).getPattern();
  }

  /** So much time has passed. */
  public void pass(long more) {
    nanos.addAndGet(more);
    limited.tell();
  }

  public int size() {
    return bytes.size();
  }

  public String text() {
    return bytes.toString(StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    root.detachAppender(limited);
    limited.stop();
  }
}
