package io.github.topologyxds.slices.hints;

import io.github.topologyxds.model.finding.Reason;
import io.github.topologyxds.slices.hints.ZoneAllocator.Candidate;
import io.github.topologyxds.slices.hints.ZoneAllocator.Result;
import io.github.topologyxds.slices.observed.PublishedEndpoint;
import java.util.ArrayList;
import java.util.List;

/**
 * What Kubernetes' allocator leaves to be wished, put right above it: its answer is repeated until
 * it stays the same, so that a plan that is applied is not followed by another one; and where
 * {@code HintStability} says so, a refusal because of counts takes nothing away yet.
 */
public final class AutoHints {
  private static final int MAX_ROUNDS = 4;

  /** Whether a refusal because of counts takes effect at once. */
  public enum Refusal {
    AT_ONCE,
    HELD
  }

  private AutoHints() {}

  /**
   * Allocates the zones of the endpoints of all slices.
   *
   * @param refusal what a refusal because of counts takes away
   */
  public static Result allocate(ZoneShares shares, List<Candidate> slices, Refusal refusal) {
    Result result = ZoneAllocator.allocate(shares, slices);
    if (result.decision() instanceof HintDecision.Refused refused) {
      return refusal == Refusal.HELD && refused.becauseOfCounts()
          ? hold(refused, slices, result)
          : result;
    }
    boolean same = slices.stream().noneMatch(Candidate::changed);
    List<List<PublishedEndpoint>> present = slices.stream().map(Candidate::endpoints).toList();
    if (same && result.endpoints().equals(present)) {
      return result;
    }
    Result fromScratch = ZoneAllocator.allocate(shares, as(present, Freshness.CHANGED));
    if (same && fromScratch.endpoints().equals(present)) {
      return fromScratch;
    }
    for (int round = 0; round < MAX_ROUNDS; round++) {
      Result next = ZoneAllocator.allocate(shares, as(result.endpoints(), Freshness.UNCHANGED));
      if (next.endpoints().equals(result.endpoints())) {
        return result;
      }
      result = next;
    }
    return fromScratch;
  }

  private enum Freshness {
    CHANGED,
    UNCHANGED
  }

  private static List<Candidate> as(List<List<PublishedEndpoint>> slices, Freshness freshness) {
    return slices.stream()
        .map(endpoints -> new Candidate(endpoints, freshness == Freshness.CHANGED))
        .toList();
  }

  /** A hint stays, and a ready endpoint without one gets its own zone: all must have one. */
  private static Result hold(
      HintDecision.Refused refused, List<Candidate> slices, Result withoutHints) {
    List<List<PublishedEndpoint>> held = new ArrayList<>();
    for (Candidate slice : slices) {
      List<PublishedEndpoint> endpoints = new ArrayList<>();
      for (PublishedEndpoint endpoint : slice.endpoints()) {
        String zone = endpoint.place().zone();
        if (!endpoint.ready() || !endpoint.hints().zones().isEmpty()) {
          endpoints.add(endpoint);
        } else if (zone.isEmpty()) {
          String message = "One or more endpoints do not have a zone specified";
          return new Result(
              new HintDecision.Refused(Reason.HINTS_ZONE_MISSING, message),
              withoutHints.endpoints());
        } else {
          endpoints.add(endpoint.forZone(zone));
        }
      }
      held.add(endpoints);
    }
    return new Result(new HintDecision.Held(refused), held);
  }
}
