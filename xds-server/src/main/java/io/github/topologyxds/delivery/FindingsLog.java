package io.github.topologyxds.delivery;

import io.github.topologyxds.model.Finding;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs a finding once, when it appears; not again while it stays. */
final class FindingsLog {
  private static final Logger LOG = LoggerFactory.getLogger("io.github.topologyxds.findings");

  /** One broken generator of objects must not bury everything else. */
  private static final int LINES_PER_BATCH = 50;

  private FindingsLog() {}

  /** Returns what is in {@code now} and not in {@code before}. */
  static List<Finding> difference(List<Finding> before, List<Finding> now) {
    if (before.equals(now)) {
      return List.of();
    }
    Set<Finding> known = new HashSet<>(before);
    return now.stream().filter(known::add).toList();
  }

  /** Logs the findings of one batch. */
  static void log(List<Finding> findings) {
    findings.stream().limit(LINES_PER_BATCH).forEach(FindingsLog::log);
    if (findings.size() > LINES_PER_BATCH) {
      LOG.warn(
          "and {} findings more; `topology-xds translate` prints them all",
          findings.size() - LINES_PER_BATCH);
    }
  }

  private static void log(Finding finding) {
    switch (finding.severity()) {
      case INFO -> LOG.info("{} {}: {}", finding.reason(), finding.object(), finding.message());
      case WARNING -> LOG.warn("{} {}: {}", finding.reason(), finding.object(), finding.message());
      case ERROR -> LOG.error("{} {}: {}", finding.reason(), finding.object(), finding.message());
    }
  }
}
