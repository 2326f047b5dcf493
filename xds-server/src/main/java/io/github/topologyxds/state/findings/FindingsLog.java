package io.github.topologyxds.state.findings;

import io.github.topologyxds.model.finding.Finding;
import java.util.Collection;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * The one place that logs findings, each at its severity. Who finds something hands it to the
 * {@link FindingRecorder}, which logs it once.
 */
public final class FindingsLog {
  private static final Logger LOG = LoggerFactory.getLogger("io.github.topologyxds.findings");

  /** One broken generator of objects must not bury everything else. */
  private static final int LINES_PER_BATCH = 50;

  private FindingsLog() {}

  /** Logs the findings of one batch. */
  public static void log(Collection<Finding> findings) {
    findings.stream().limit(LINES_PER_BATCH).forEach(finding -> log(finding, null));
    if (findings.size() > LINES_PER_BATCH) {
      LOG.warn(
          "and {} findings more; `topology-xds translate` prints them all",
          findings.size() - LINES_PER_BATCH);
    }
  }

  /** Logs one, with the stack of what caused it, if there is one. */
  static void log(Finding finding, @Nullable Throwable cause) {
    Level level =
        switch (finding.severity()) {
          case INFO -> Level.INFO;
          case WARNING -> Level.WARN;
          case ERROR -> Level.ERROR;
        };
    LOG.atLevel(level)
        .setCause(cause)
        .log("{} {}: {}", finding.reason(), finding.object(), finding.message());
  }
}
