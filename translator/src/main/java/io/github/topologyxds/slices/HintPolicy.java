package io.github.topologyxds.slices;

import io.github.topologyxds.model.Family;
import io.github.topologyxds.model.Hints;
import io.github.topologyxds.model.finding.Finding;
import io.github.topologyxds.model.finding.Reason;
import io.github.topologyxds.slices.hints.AutoHints;
import io.github.topologyxds.slices.hints.HintDecision;
import io.github.topologyxds.slices.hints.OwnPlace;
import io.github.topologyxds.slices.hints.ZoneAllocator;
import io.github.topologyxds.slices.hints.ZoneAllocator.Candidate;
import io.github.topologyxds.slices.observed.PublishedEndpoint;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Decides the hints of our slices, for one family of a Service: consistent with the whole Service,
 * since kube-proxy ignores all hints as soon as one ready endpoint lacks them
 * (pkg/proxy/topology.go). Beside ready endpoints of another manager we do as they do; else the
 * Service's own wish counts, Auto before trafficDistribution.
 */
final class HintPolicy {
  private final PlanningInput input;
  private final OthersSlices others;
  private final List<Finding> findings;

  HintPolicy(PlanningInput input, OthersSlices others, List<Finding> findings) {
    this.input = input;
    this.others = others;
    this.findings = findings;
  }

  HintDecision apply(Family family, List<WorkingSlice> slices) {
    if (slices.isEmpty()) {
      return new HintDecision.NotAsked();
    }
    if (others.count(family)) {
      return likeOthers(family, slices);
    }
    return switch (input.service().hints()) {
      case AUTO -> auto(family, slices);
      case OWN_ZONE -> ownPlace(slices, OwnPlace.ZONE);
      case OWN_ZONE_AND_NODE -> ownPlace(slices, OwnPlace.ZONE_AND_NODE);
      case NONE -> {
        each(slices, endpoint -> endpoint.with(Hints.NONE));
        yield new HintDecision.NotAsked();
      }
    };
  }

  private HintDecision likeOthers(Family family, List<WorkingSlice> slices) {
    boolean hinted = others.allForZones(family);
    if (hinted) {
      ownPlace(slices, others.allForNodes(family) ? OwnPlace.ZONE_AND_NODE : OwnPlace.ZONE);
    } else {
      each(slices, endpoint -> endpoint.with(Hints.NONE));
    }
    return new HintDecision.LikeOthers(hinted);
  }

  private HintDecision ownPlace(List<WorkingSlice> slices, OwnPlace place) {
    each(slices, place::hint);
    for (WorkingSlice slice : slices) {
      for (PublishedEndpoint endpoint : slice.endpoints()) {
        if (endpoint.ready() && endpoint.hints().zones().isEmpty()) {
          findings.add(
              Finding.ofEndpoint(
                  Reason.HINTS_ZONE_MISSING,
                  input.service().object(),
                  endpoint.address(),
                  endpoint.address()
                      + " is ready and has no zone, so that kube-proxy uses no zone hint of the"
                      + " Service"));
        }
      }
    }
    return new HintDecision.OwnPlace();
  }

  private HintDecision auto(Family family, List<WorkingSlice> slices) {
    List<Candidate> candidates =
        slices.stream().map(slice -> new Candidate(slice.endpoints(), slice.changed())).toList();
    AutoHints.Refusal refusal =
        input.memory().held().contains(family) ? AutoHints.Refusal.HELD : AutoHints.Refusal.AT_ONCE;
    ZoneAllocator.Result result = AutoHints.allocate(input.nodes().shares(), candidates, refusal);
    for (int i = 0; i < slices.size(); i++) {
      slices.get(i).hinted(result.endpoints().get(i));
    }
    if (result.decision() instanceof HintDecision.Refused refused) {
      findings.add(
          Finding.of(
              refused.reason(),
              input.service().object(),
              refused.message() + ", addressType: " + family.label()));
    }
    return result.decision();
  }

  private static void each(List<WorkingSlice> slices, UnaryOperator<PublishedEndpoint> change) {
    slices.forEach(slice -> slice.hinted(slice.endpoints().stream().map(change).toList()));
  }
}
