package io.github.topologyxds.topology;

import io.github.topologyxds.model.Demand;
import io.github.topologyxds.model.finding.Finding;
import io.github.topologyxds.topology.decision.FairShares;
import io.github.topologyxds.topology.decision.Scope;
import io.github.topologyxds.topology.settings.TrafficPolicy;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What fair near routing looked at, for people and for programs. */
final class BalanceFacts {
  private static final int PERCENT = 100;

  private BalanceFacts() {}

  /** Returns the facts of a case on which it acts. */
  static RuleFacts of(RoutingCase asked) {
    TrafficPolicy traffic = asked.policy().traffic();
    String zone = asked.view().zone();
    SortedMap<String, Double> capacity = BalanceRule.capacity(FailoverRule.within(asked));
    SortedMap<String, Double> demand = BalanceRule.demand(asked);
    SortedMap<String, Integer> shares =
        BalanceRule.apply(asked, ScopeRules.decide(asked)).scope() instanceof Scope.FairZones fair
            ? fair.shares()
            : new TreeMap<>();
    int own = (int) Math.round(capacity.getOrDefault(zone, 0.0));
    int all = (int) Math.round(sum(capacity));
    String known =
        demand.isEmpty()
            ? "demand: " + asked.demand().source().label()
            : "%s of the demand (%s)"
                .formatted(
                    percent(demand.getOrDefault(zone, 0.0) / sum(demand)), asOf(asked.demand()));
    return new RuleFacts(
            "balance fair (%s), overload-threshold %s (%s): %s has %d of %d ready endpoints and %s; its requests go to %s"
                .formatted(
                    traffic.balance().origin().label(),
                    traffic.overloadThreshold().value().label(),
                    traffic.overloadThreshold().origin().label(),
                    Finding.quote(zone),
                    own,
                    all,
                    known,
                    shares.entrySet().stream()
                        .map(to ->
                            percent((double) to.getValue() / FairShares.SCALE)
                                + " "
                                + Finding.quote(to.getKey()))
                        .collect(Collectors.joining(", "))),
            new TreeMap<>())
        .and("ready", all)
        .and("inZone", own);
  }

  private static String asOf(Demand demand) {
    return demand.source().label() + (demand.asOf().isEmpty() ? "" : ", as of " + demand.asOf());
  }

  private static double sum(SortedMap<String, Double> numbers) {
    return numbers.values().stream().mapToDouble(number -> number).sum();
  }

  private static String percent(double part) {
    return String.format(Locale.ROOT, "%.1f %%", part * PERCENT);
  }
}
