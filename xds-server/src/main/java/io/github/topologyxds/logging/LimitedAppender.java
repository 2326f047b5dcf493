package io.github.topologyxds.logging;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.AppenderBase;
import ch.qos.logback.core.spi.AppenderAttachable;
import ch.qos.logback.core.spi.AppenderAttachableImpl;
import io.github.topologyxds.lifecycle.Periodic;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.Iterator;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Stands in front of the appenders that write (docs/decisions/0020). Here, and not at a logger that
 * is known to be loud: the next version of a library has another one.
 */
public final class LimitedAppender extends AppenderBase<ILoggingEvent>
    implements AppenderAttachable<ILoggingEvent> {
  /** Between two looks for what was left out and has not been told. */
  private static final Duration PAUSE = Duration.ofSeconds(1);

  private final AppenderAttachableImpl<ILoggingEvent> behind = new AppenderAttachableImpl<>();
  private final LongSupplier clock;
  private final Duration pause;

  // Owner: the lock of this object, which doAppend holds.
  private final LineBudget budget;
  private @Nullable Periodic telling;

  /** As logback's configuration makes it. */
  public LimitedAppender() {
    this(System::nanoTime, PAUSE);
  }

  LimitedAppender(LongSupplier clock, Duration pause) {
    this.clock = clock;
    this.pause = pause;
    this.budget = new LineBudget(clock.getAsLong());
  }

  @Override
  public void start() {
    super.start();
    // Logback's own timer would forget it for ever when an appender fails once.
    telling = Periodic.every(pause, "log-summaries", this::tell);
  }

  @Override
  protected void append(ILoggingEvent event) {
    SocketAddress client = CurrentClient.address();
    String logger = event.getLoggerName();
    if (budget.admits(logger, event.getLevel(), client, clock.getAsLong())) {
      behind.appendLoopOnAppenders(
          Share.isOurs(logger) ? event : ShortLine.of(event, client, context()));
    } else {
      DroppedLines.count(event.getLevel());
    }
  }

  /** Says how many lines were left out, as the logger and at the level that they were of. */
  synchronized void tell() {
    for (LineBudget.Dropped dropped : budget.due(clock.getAsLong())) {
      String text = "(" + dropped.lines() + " more lines of this source were left out)";
      Logger logger = context().getLogger(dropped.source().logger());
      behind.appendLoopOnAppenders(
          new LoggingEvent(
              Logger.class.getName(), logger, dropped.source().level(), text, null, null));
    }
  }

  private LoggerContext context() {
    return (LoggerContext) getContext();
  }

  @Override
  public void stop() {
    if (telling != null) {
      var unused = telling.finish(PAUSE);
    }
    tell();
    super.stop();
    behind.detachAndStopAllAppenders();
  }

  @Override
  public void addAppender(Appender<ILoggingEvent> appender) {
    behind.addAppender(appender);
  }

  @Override
  public Iterator<Appender<ILoggingEvent>> iteratorForAppenders() {
    return behind.iteratorForAppenders();
  }

  @Override
  public @Nullable Appender<ILoggingEvent> getAppender(String name) {
    return behind.getAppender(name);
  }

  @Override
  public boolean isAttached(Appender<ILoggingEvent> appender) {
    return behind.isAttached(appender);
  }

  @Override
  public void detachAndStopAllAppenders() {
    behind.detachAndStopAllAppenders();
  }

  @Override
  public boolean detachAppender(Appender<ILoggingEvent> appender) {
    return behind.detachAppender(appender);
  }

  @Override
  public boolean detachAppender(String name) {
    return behind.detachAppender(name);
  }
}
