package io.github.topologyxds.delivery;

import io.github.topologyxds.model.Finding;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs a finding once, when it appears; not again while it stays. */
final class FindingsLog {
  private static final Logger LOG = LoggerFactory.getLogger("findings");

  /** One broken generator of objects must not bury everything else. */
  private static final int LINES_PER_BATCH = 50;

  private FindingsLog() {}

  /** Logs what is in {@code now} and not in {@code before}. */
  static void appeared(Collection<Finding> before, Collection<Finding> now) {
    Set<Finding> known = new HashSet<>(before);
    int lines = 0;
    int more = 0;
    for (Finding finding : now) {
      if (known.add(finding)) {
        if (lines < LINES_PER_BATCH) {
          log(finding);
          lines++;
        } else {
          more++;
        }
      }
    }
    if (more > 0) {
      LOG.warn("and {} findings more; `topology-xds translate` prints them all", more);
    }
  }

  private static void log(Finding finding) {
    switch (finding.severity()) {
      case INFO -> LOG.info("{} {}: {}", finding.reason(), finding.object(), finding.message());
      case WARNING, ERROR ->
          LOG.warn("{} {}: {}", finding.reason(), finding.object(), finding.message());
    }
  }
}
