package io.github.topologyxds.resources.ports;

import io.github.topologyxds.topology.decision.DecisionReason;
import java.util.EnumSet;
import java.util.Set;

/**
 * The reasons for which clients were given what they have of one Service, since it last changed.
 * Several clients and ports may have the same: the Service counts once for each reason. Any thread.
 */
final class ServiceDecisions {
  private final DecisionCounts counts;

  // Guarded by this.
  private final Set<DecisionReason> given = EnumSet.noneOf(DecisionReason.class);
  private boolean retired;

  ServiceDecisions(DecisionCounts counts) {
    this.counts = counts;
  }

  /** A client was given a load assignment for this reason. */
  synchronized void give(DecisionReason reason) {
    if (!retired && given.add(reason)) {
      counts.add(reason, 1);
    }
  }

  /** The Service has changed, or is gone; who is still being answered counts no more. */
  synchronized void retire() {
    retired = true;
    given.forEach(reason -> counts.add(reason, -1));
    given.clear();
  }
}
