package io.github.topologyxds.resources.ports;

import io.github.topologyxds.model.ObjectName;
import io.github.topologyxds.model.finding.Finding;
import io.github.topologyxds.model.finding.ObjectKey;
import io.github.topologyxds.model.finding.Reason;
import io.github.topologyxds.state.findings.FindingRecorder;
import io.github.topologyxds.state.findings.FindingRecorder.Finder;
import io.github.topologyxds.state.findings.FindingRecorder.Subject;
import io.github.topologyxds.topology.settings.Visibility;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.LongAdder;

/**
 * What is told of a service port: what was built for it, why, and what could not be. Any thread.
 */
public final class PortRecords {
  private final String clusterName;
  private final OfService of;
  private final FormerAssignments former;

  /** Sorted; hardly any port has one. Guarded by this. */
  private List<Finding> failures = List.of();

  /**
   * What is told of a Service's ports together.
   *
   * @param visibility whose clients see it
   * @param translations counts the load assignments built
   */
  public record OfService(
      ObjectName service,
      Visibility visibility,
      LongAdder translations,
      FindingRecorder findings,
      ServiceDecisions decisions) {}

  /**
   * Nothing has happened yet.
   *
   * @param former knows the load assignments that others take the place of
   */
  PortRecords(String clusterName, OfService of, FormerAssignments former) {
    this.former = former;
    this.clusterName = clusterName;
    this.of = of;
  }

  /** Returns whose clients see the Service. */
  Visibility visibility() {
    return of.visibility();
  }

  /** A load assignment is built. */
  void translating() {
    of.translations().increment();
  }

  /** Returns what is known of load assignments that others take the place of. */
  FormerAssignments former() {
    return former;
  }

  /** Returns for which reasons clients were given what they have of the Service. */
  ServiceDecisions decisions() {
    return of.decisions();
  }

  /** A load assignment could not be built, and what is served instead is in the message. */
  synchronized void failed(Reason reason, String message) {
    Set<Finding> all = new TreeSet<>(failures);
    all.add(Finding.of(reason, ObjectKey.service(of.service()), message));
    failures = List.copyOf(all);
    of.findings().replace(subject(), failures);
  }

  /** Another translation has taken the port's place, or the port is gone: so have its failures. */
  synchronized void retire() {
    if (!failures.isEmpty()) {
      failures = List.of();
      of.findings().replace(subject(), failures);
    }
  }

  private Subject subject() {
    return new Subject(Finder.ASSIGNMENT, clusterName);
  }
}
