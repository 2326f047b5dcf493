package io.github.topologyxds.topology.ports;

import io.github.topologyxds.topology.decision.DecisionReason;

/**
 * Why a service port has no endpoint that takes requests: of all the ways in which slices and
 * endpoints were lost, the one that came nearest to being served, for that is what is left to mend.
 * Lives on one thread's stack.
 */
public final class Absence {
  private DecisionReason furthest = DecisionReason.NO_SLICE;

  /** Something was lost, for this reason. */
  public void lost(DecisionReason reason) {
    if (reason.compareTo(furthest) > 0) {
      furthest = reason;
    }
  }

  /** Returns why there is nothing: what came nearest to an endpoint. */
  public DecisionReason reason() {
    return furthest;
  }
}
