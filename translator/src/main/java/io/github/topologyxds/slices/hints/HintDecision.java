package io.github.topologyxds.slices.hints;

import io.github.topologyxds.model.finding.Reason;

/** What became of the hints of a Service, in one address family. */
public sealed interface HintDecision {
  /** Nobody asks for them: none. */
  record NotAsked() implements HintDecision {}

  /** Each endpoint for its own place ({@code trafficDistribution}); never refused. */
  record OwnPlace() implements HintDecision {}

  /** Another manager's endpoints decide: hinted as theirs are. */
  record LikeOthers(boolean hinted) implements HintDecision {}

  /** Auto, and Kubernetes' algorithm considers it safe. */
  record Allocated() implements HintDecision {}

  /**
   * Auto, but not safe.
   *
   * @param message Kubernetes' own words for its Event, without the address type
   */
  record Refused(Reason reason, String message) implements HintDecision {
    /** A refusal that scaling up and down by one may bring and take away again. */
    public boolean becauseOfCounts() {
      return reason == Reason.HINTS_TOO_FEW_ENDPOINTS || reason == Reason.HINTS_OVERLOAD;
    }
  }

  /** Auto, refused because of counts only just now: what is hinted stays so for a while. */
  record Held(Refused refusal) implements HintDecision {}
}
