package io.github.topologyxds.topology;

import io.github.topologyxds.topology.decision.Decision;
import java.util.Optional;

/**
 * The rules that decide a client's scope, in the order in which they are asked: the first that
 * applies decides. A push asks them for the decision alone; who wants to know why asks the same
 * ones what they found ({@link PortRouting#rules}). The names are stable: JSON prints them.
 */
public enum RoutingRule implements Rule {
  INTERNAL_TRAFFIC_POLICY(1),
  NO_ENDPOINT(2),
  NONE_READY(2),
  /** Told of only where it is asked for. */
  ZONE_WEIGHTS(10),
  HINTS_IGNORED(5),
  NODE_HINTS(3),
  ZONE_HINTS(3),
  LOCATION_UNKNOWN(6),
  TRAFFIC_DISTRIBUTION(4),
  PREFERENCE(5);

  private final int number;

  RoutingRule(int number) {
    this.number = number;
  }

  @Override
  public int number() {
    return number;
  }

  /** Returns what it decides; empty where it does not apply. */
  Optional<Decision> decide(RoutingCase asked) {
    return switch (this) {
      case INTERNAL_TRAFFIC_POLICY -> ScopeRules.local(asked);
      case NO_ENDPOINT -> ScopeRules.noEndpoint(asked);
      case NONE_READY -> ScopeRules.noneReady(asked);
      case ZONE_WEIGHTS -> ScopeRules.zoneWeights(asked);
      case HINTS_IGNORED -> ScopeRules.hintsIgnored(asked);
      case NODE_HINTS -> ScopeRules.nodeHints(asked);
      case ZONE_HINTS -> ScopeRules.zoneHints(asked);
      case LOCATION_UNKNOWN -> ScopeRules.locationUnknown(asked);
      case TRAFFIC_DISTRIBUTION -> ScopeRules.derived(asked);
      case PREFERENCE -> ScopeRules.preference(asked);
    };
  }

  /** Returns what it looks at, whether it applies or not. */
  RuleFacts facts(RoutingCase asked) {
    return switch (this) {
      case INTERNAL_TRAFFIC_POLICY -> RuleFacts.local(asked);
      case NO_ENDPOINT -> RuleFacts.noEndpoint(asked);
      case NONE_READY -> RuleFacts.noneReady(asked);
      case ZONE_WEIGHTS -> RuleFacts.zoneWeights(asked);
      case HINTS_IGNORED -> RuleFacts.hintsIgnored(asked);
      case NODE_HINTS -> RuleFacts.nodeHints(asked);
      case ZONE_HINTS -> RuleFacts.zoneHints(asked);
      case LOCATION_UNKNOWN -> RuleFacts.locationUnknown(asked);
      case TRAFFIC_DISTRIBUTION -> RuleFacts.derived(asked);
      case PREFERENCE -> RuleFacts.preference(asked);
    };
  }
}
