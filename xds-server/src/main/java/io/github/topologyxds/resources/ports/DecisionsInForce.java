package io.github.topologyxds.resources.ports;

import io.github.topologyxds.model.ObjectName;
import io.github.topologyxds.topology.decision.DecisionReason;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * For which reasons clients were given what they have of each Service, and how many Services there
 * are by reason. The state thread writes; any thread counts.
 */
public final class DecisionsInForce {
  private final DecisionCounts counts = new DecisionCounts();

  // Owner: the state thread.
  private final Map<ObjectName, ServiceDecisions> byService = new HashMap<>();

  /** What clients were given of the Service before is not in force any more. */
  public ServiceDecisions renew(ObjectName service) {
    ServiceDecisions next = new ServiceDecisions(counts);
    retire(byService.put(service, next));
    return next;
  }

  /** The Service is gone. */
  public void remove(ObjectName service) {
    retire(byService.remove(service));
  }

  /** Returns how many Services there are with a decision for this reason. Any thread. */
  public long count(DecisionReason reason) {
    return counts.of(reason);
  }

  private static void retire(@Nullable ServiceDecisions before) {
    if (before != null) {
      before.retire();
    }
  }
}
