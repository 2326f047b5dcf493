package io.github.topologyxds.slices.writer;

import io.github.topologyxds.kubernetes.events.ObjectEvent;
import io.github.topologyxds.model.ObjectName;
import io.github.topologyxds.model.finding.Finding;
import io.github.topologyxds.model.finding.ObjectKey;
import io.github.topologyxds.model.finding.Reason;
import io.github.topologyxds.model.finding.Severity;
import io.github.topologyxds.state.findings.FindingsLog;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Tells what people should know: in the log, in the metrics, and as Events on the Service. */
final class EventRecorder {
  /** Told in Kubernetes' own words when hints come and go (HintStability). */
  private static final Set<Reason> TOLD_AS_HINTS =
      EnumSet.of(
          Reason.HINTS_NODES_INSUFFICIENT, Reason.HINTS_TOO_FEW_ENDPOINTS, Reason.HINTS_OVERLOAD);

  private final ObjectEvent.Sink events;
  private final WriterMetrics metrics;

  EventRecorder(ObjectEvent.Sink events, WriterMetrics metrics) {
    this.events = events;
    this.metrics = metrics;
  }

  void plan(ObjectName service, ServiceWork work, HintMemory.HintedPlan hinted) {
    findings(service, work, hinted.plan().findings());
    hinted.events().forEach(events::tell);
  }

  /** The findings of a Service are these from now on; what is new among them is told. */
  void findings(ObjectName service, ServiceWork work, List<Finding> now) {
    List<Finding> before = work.findings();
    metrics.planned(before, now);
    work.findings(now);
    for (Finding finding : now) {
      if (!before.contains(finding)) {
        FindingsLog.log(List.of(finding));
        if (!TOLD_AS_HINTS.contains(finding.reason())) {
          tell(service, finding);
        }
      }
    }
  }

  /** Nobody looks at the Service any more. */
  void forget(ServiceWork work) {
    metrics.planned(work.findings(), List.of());
    work.findings(List.of());
  }

  /** Something is odd about an object that Services get endpoints from. */
  void read(Finding finding, Set<ObjectName> services) {
    FindingsLog.log(List.of(finding));
    services.forEach(service -> tell(service, finding));
  }

  /** A duplicate matters little to routing, but here it is a refusal. */
  private void tell(ObjectName service, Finding finding) {
    if (finding.severity() != Severity.INFO || finding.reason() == Reason.ENDPOINT_DUPLICATE) {
      tell(service, finding.reason(), finding.object() + ": " + finding.message(), "");
    }
  }

  /** Stands beside the plan's findings until the Service is hinted again. */
  void foughtOver(ObjectName service, ServiceWork work, long now) {
    String message =
        "slices of ours were changed or deleted by somebody else, and repaired five times within a"
            + " minute; they are left as they are for five minutes";
    Finding finding = Finding.of(Reason.SLICE_FOUGHT_OVER, ObjectKey.service(service), message);
    List<Finding> standing = new ArrayList<>(work.findings());
    standing.add(finding);
    metrics.planned(work.findings(), standing);
    work.findings(List.copyOf(standing));
    FindingsLog.log(List.of(finding));
    tell(service, Reason.SLICE_FOUGHT_OVER, message, Long.toString(now));
  }

  private void tell(ObjectName service, Reason reason, String message, String occasion) {
    events.tell(
        new ObjectEvent(
            ObjectKey.service(service),
            ObjectEvent.Kind.Warning,
            reason.name(),
            message,
            occasion));
  }
}
