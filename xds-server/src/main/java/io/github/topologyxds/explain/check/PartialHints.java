package io.github.topologyxds.explain.check;

import io.github.topologyxds.explain.check.CheckLine.Section;
import io.github.topologyxds.explain.check.CheckLine.State;
import io.github.topologyxds.explanation.ExplainedEndpoint;
import io.github.topologyxds.explanation.Explanation;
import io.github.topologyxds.model.ObjectName;
import io.github.topologyxds.topology.decision.DecisionReason;
import io.github.topologyxds.topology.endpoint.EndpointCondition;
import java.util.List;
import java.util.Optional;

/** Names the slices whose ready endpoints have no hints, beside others that have. */
final class PartialHints {
  private PartialHints() {}

  private static String advice(ObjectName slice) {
    return "kubectl describe endpointslice -n %s %s (its managed-by says who has to set them)"
        .formatted(slice.namespace(), slice.name());
  }

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
    Optional<ObjectName> slice = lacking.stream().findFirst().map(ExplainedEndpoint::slice);
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
            + " hint"
            + slice.map(name -> " (EndpointSlice " + name + ")").orElse(""),
        slice.map(PartialHints::advice).orElse(""));
  }
}
