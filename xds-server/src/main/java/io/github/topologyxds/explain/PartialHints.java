package io.github.topologyxds.explain;

import io.github.topologyxds.explain.CheckLine.Section;
import io.github.topologyxds.explain.CheckLine.State;
import io.github.topologyxds.explanation.ExplainedEndpoint;
import io.github.topologyxds.explanation.Explanation;
import io.github.topologyxds.topology.DecisionReason;
import io.github.topologyxds.topology.EndpointCondition;
import java.util.List;

/** Names the slices whose ready endpoints have no hints, beside others that have. */
final class PartialHints {
  private PartialHints() {}

  static CheckLine of(Explanation explanation) {
    List<ExplainedEndpoint> ready =
        explanation.endpoints().stream()
            .filter(e -> e.endpoint().condition() == EndpointCondition.READY)
            .toList();
    // Of the two kinds of hints the one that comes nearest to being complete.
    long withoutZone = ready.stream().filter(e -> e.endpoint().hints().zones().isEmpty()).count();
    long withoutNode = ready.stream().filter(e -> e.endpoint().hints().nodes().isEmpty()).count();
    boolean byZone = withoutZone <= withoutNode;
    List<ExplainedEndpoint> lacking =
        ready.stream()
            .filter(e ->
                byZone
                    ? e.endpoint().hints().zones().isEmpty()
                    : e.endpoint().hints().nodes().isEmpty())
            .toList();
    String slice = lacking.isEmpty() ? "" : lacking.getFirst().slice().toString();
    return new CheckLine(
        Section.SERVICES,
        State.WARNING,
        DecisionReason.HINTS_INCOMPLETE.name(),
        explanation.cluster()
            + ": "
            + lacking.size()
            + " of "
            + ready.size()
            + " ready endpoints have no "
            + (byZone ? "zone" : "node")
            + " hint (EndpointSlice "
            + slice
            + ")",
        "kubectl describe endpointslice -n "
            + explanation.cluster().substring(0, explanation.cluster().indexOf('/'))
            + " "
            + slice.substring(slice.indexOf('/') + 1)
            + " (its managed-by says who has to set them)");
  }
}
