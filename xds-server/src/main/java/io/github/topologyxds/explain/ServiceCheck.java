package io.github.topologyxds.explain;

import io.github.topologyxds.explain.CheckLine.Section;
import io.github.topologyxds.explain.CheckLine.State;
import io.github.topologyxds.explanation.ExplainedClient;
import io.github.topologyxds.explanation.ExplainedService;
import io.github.topologyxds.explanation.Explanation;
import io.github.topologyxds.explanation.ZoneSource;
import io.github.topologyxds.model.ClientView;
import io.github.topologyxds.model.ObjectName;
import io.github.topologyxds.model.ServiceState;
import io.github.topologyxds.topology.DecisionReason;
import io.github.topologyxds.topology.RoutingOptions;
import io.github.topologyxds.xds.PortTranslation;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/** Checks what the clients of all places get of each Service, one Service after the other. */
final class ServiceCheck {
  private final RoutingOptions options;
  private final ClientPlaces clients;
  private final EndpointSkew skew;

  private final Map<DecisionReason, SortedSet<ObjectName>> byReason =
      new EnumMap<>(DecisionReason.class);
  private final SortedSet<ObjectName> withoutHints = new TreeSet<>();
  private final List<CheckLine> hints = new ArrayList<>();
  private final List<CheckLine> skewed = new ArrayList<>();

  ServiceCheck(RoutingOptions options, ClientPlaces clients) {
    this.options = options;
    this.clients = clients;
    this.skew = new EndpointSkew(options, clients.byZone());
  }

  void add(ServiceState state) {
    ExplainedService service = ExplainedService.of(state, options);
    for (PortTranslation port : service.ports()) {
      Map<ClientView, Explanation> known = new HashMap<>();
      boolean told = false;
      for (ClientView place : clients.of(port).keySet()) {
        Explanation explanation =
            known.computeIfAbsent(
                port.reduce(place),
                view -> service.explain(port, new ExplainedClient(view, ZoneSource.NODE_LABEL)));
        byReason
            .computeIfAbsent(explanation.decision().reason(), reason -> new TreeSet<>())
            .add(service.name());
        if (explanation.decision().reason() == DecisionReason.TRAFFIC_DISTRIBUTION) {
          withoutHints.add(service.name());
        }
        if (!told && explanation.decision().reason() == DecisionReason.HINTS_INCOMPLETE) {
          hints.add(PartialHints.of(explanation));
          told = true;
        }
      }
    }
    skewed.addAll(skew.of(state));
  }

  /** Returns the lines: Services by reason, the worst first, then what stands out. */
  List<CheckLine> lines() {
    List<CheckLine> lines = new ArrayList<>();
    byReason.forEach((reason, services) -> {
      ReasonAdvice advice = ReasonAdvice.of(reason);
      lines.add(
          new CheckLine(
              Section.SERVICES,
              advice.state(),
              reason.name(),
              services.size()
                  + (services.size() == 1 ? " Service: " : " Services: ")
                  + reason.meaning()
                  + examples(services, advice.state()),
              advice.mend()));
    });
    lines.sort((a, b) -> b.state().compareTo(a.state()));
    lines.addAll(hints);
    if (!withoutHints.isEmpty()) {
      lines.add(absentHints());
    }
    lines.addAll(skewed);
    return lines;
  }

  /** Kubernetes sets hints for spec.trafficDistribution since 1.31 (KEP-4444, beta). */
  private CheckLine absentHints() {
    return new CheckLine(
        Section.SERVICES,
        State.NOTE,
        "HINTS_ABSENT",
        withoutHints.size()
            + (withoutHints.size() == 1 ? " Service asks" : " Services ask")
            + " by spec.trafficDistribution for hints that no slice has; their places are used instead"
            + examples(withoutHints, State.NOTE),
        "Kubernetes 1.31 and newer sets them: kubectl describe endpointslice");
  }

  /** Who has to look at them needs their names. */
  private static String examples(SortedSet<ObjectName> services, State state) {
    if (state == State.OK) {
      return "";
    }
    List<String> names =
        services.stream().limit(TopologyCheck.NAMED).map(ObjectName::toString).toList();
    int more = services.size() - names.size();
    return " (" + String.join(", ", names) + (more > 0 ? ", and " + more + " more" : "") + ")";
  }
}
