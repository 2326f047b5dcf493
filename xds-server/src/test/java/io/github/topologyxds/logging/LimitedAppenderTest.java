package io.github.topologyxds.logging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.UnsynchronizedAppenderBase;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Summaries of what was left out go on, whatever the appenders behind do. */
class LimitedAppenderTest {
  private static final String LOUD = "some.library.Loud";
  private static final long SECOND = 1_000_000_000;

  private final LoggerContext context = new LoggerContext();
  private final AtomicLong nanos = new AtomicLong();
  private final LimitedAppender limited = new LimitedAppender(nanos::get, Duration.ofMillis(5));

  @Test
  void anAppenderThatFailsOnceCostsNoLaterSummary() {
    Failing behind = new Failing();
    behind.setContext(context);
    behind.start();
    limited.setContext(context);
    limited.addAppender(behind);
    limited.start();
    try {
      flood();
      behind.fails.set(1);
      nanos.addAndGet(60 * SECOND);
      await().until(() -> behind.fails.get() == 0);
      flood();
      nanos.addAndGet(60 * SECOND);
      await()
          .untilAsserted(
              () -> assertThat(behind.lines).anyMatch(line -> line.contains("more lines of this")));
    } finally {
      limited.stop();
    }
  }

  private void flood() {
    Logger logger = context.getLogger(LOUD);
    for (int i = 0; i < 1000; i++) {
      limited.doAppend(
          new LoggingEvent(Logger.class.getName(), logger, Level.WARN, "loud", null, null));
    }
  }

  /** Fails so many times as it is told to, as one whose disk is full may. */
  private static final class Failing extends UnsynchronizedAppenderBase<ILoggingEvent> {
    private final AtomicInteger fails = new AtomicInteger();
    private final List<String> lines = new CopyOnWriteArrayList<>();

    @Override
    public void doAppend(ILoggingEvent event) {
      if (fails.getAndUpdate(n -> Math.max(0, n - 1)) > 0) {
        throw new IllegalStateException("the disk is full");
      }
      lines.add(event.getFormattedMessage());
    }

    @Override
    protected void append(ILoggingEvent event) {
      throw new UnsupportedOperationException("doAppend does it all");
    }
  }
}
