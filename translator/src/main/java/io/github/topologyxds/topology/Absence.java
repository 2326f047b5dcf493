package io.github.topologyxds.topology;

/**
 * Why a service port has no endpoint that takes requests: of all the ways in which slices and
 * endpoints were lost, the one that came nearest to being served, for that is what is left to mend.
 * Lives on one thread's stack.
 */
final class Absence {
  private DecisionReason furthest = DecisionReason.NO_SLICE;

  /** Something was lost, for this reason. */
  void lost(DecisionReason reason) {
    if (reason.compareTo(furthest) > 0) {
      furthest = reason;
    }
  }

  DecisionReason reason() {
    return furthest;
  }
}
