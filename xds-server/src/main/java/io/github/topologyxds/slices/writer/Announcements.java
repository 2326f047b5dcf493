package io.github.topologyxds.slices.writer;

import io.github.topologyxds.model.Finding;
import io.github.topologyxds.model.ObjectName;
import io.github.topologyxds.model.Reason;
import io.github.topologyxds.model.Severity;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells what people should know: in the log, and as Events on the Service. */
final class Announcements {
  private static final Logger LOG = LoggerFactory.getLogger(Announcements.class);

  /** Told in Kubernetes' own words when hints come and go (HintStability). */
  private static final Set<Reason> TOLD_AS_HINTS =
      EnumSet.of(
          Reason.HINTS_NODES_INSUFFICIENT, Reason.HINTS_TOO_FEW_ENDPOINTS, Reason.HINTS_OVERLOAD);

  private final ServiceEvent.Sink events;

  Announcements(ServiceEvent.Sink events) {
    this.events = events;
  }

  void plan(ObjectName service, ServiceWork work, HintMemory.Planned planned) {
    findings(service, work.news(planned.plan().findings()));
    planned.events().forEach(events::tell);
  }

  void findings(ObjectName service, List<Finding> news) {
    for (Finding finding : news) {
      LOG.warn("{} {}: {}", finding.reason(), finding.object(), finding.message());
      if (finding.severity() != Severity.INFO && !TOLD_AS_HINTS.contains(finding.reason())) {
        tell(service, finding.reason(), finding.object() + ": " + finding.message(), "");
      }
    }
  }

  void foughtOver(ObjectName service, long now) {
    String message =
        "slices of ours were changed or deleted by somebody else, and repaired five times within a"
            + " minute; they are left as they are for five minutes";
    LOG.warn("{} Service {}: {}", Reason.SLICE_FOUGHT_OVER, service, message);
    tell(service, Reason.SLICE_FOUGHT_OVER, message, Long.toString(now));
  }

  private void tell(ObjectName service, Reason reason, String message, String occasion) {
    events.tell(
        new ServiceEvent(service, ServiceEvent.Kind.Warning, reason.name(), message, occasion));
  }
}
