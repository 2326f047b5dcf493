package io.github.topologyxds.topology;

import java.util.Optional;
import java.util.function.Function;

/**
 * The rules that decide a client's scope, in the order in which they are asked: the first that
 * applies decides. A push asks them for the decision alone; who wants to know why asks the same
 * ones what they found ({@link PortRouting#rules}). The names are stable: JSON prints them.
 */
public enum RoutingRule {
  INTERNAL_TRAFFIC_POLICY(1, ScopeRules::local, RuleFacts::local),
  NO_ENDPOINT(2, ScopeRules::noEndpoint, RuleFacts::noEndpoint),
  NONE_READY(2, ScopeRules::noneReady, RuleFacts::noneReady),
  HINTS_IGNORED(5, ScopeRules::hintsIgnored, RuleFacts::hintsIgnored),
  NODE_HINTS(3, ScopeRules::nodeHints, RuleFacts::nodeHints),
  ZONE_HINTS(3, ScopeRules::zoneHints, RuleFacts::zoneHints),
  LOCATION_UNKNOWN(6, ScopeRules::locationUnknown, RuleFacts::locationUnknown),
  TRAFFIC_DISTRIBUTION(4, ScopeRules::derived, RuleFacts::derived),
  PREFERENCE(5, ScopeRules::preference, RuleFacts::preference);

  private final int number;
  private final Function<RoutingCase, Optional<Decision>> decision;
  private final Function<RoutingCase, RuleFacts> facts;

  RoutingRule(
      int number,
      Function<RoutingCase, Optional<Decision>> decision,
      Function<RoutingCase, RuleFacts> facts) {
    this.number = number;
    this.decision = decision;
    this.facts = facts;
  }

  /** Returns the rule's number in docs/routing.md, 1..6. */
  public int number() {
    return number;
  }

  /** Returns what it decides; empty where it does not apply. */
  Optional<Decision> decide(RoutingCase asked) {
    return decision.apply(asked);
  }

  /** Returns what it looks at, whether it applies or not. */
  RuleFacts facts(RoutingCase asked) {
    return facts.apply(asked);
  }
}
