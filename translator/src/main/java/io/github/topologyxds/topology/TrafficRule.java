package io.github.topologyxds.topology;

import io.github.topologyxds.topology.decision.Decision;
import io.github.topologyxds.topology.settings.SpillBelow;
import io.github.topologyxds.topology.shift.ZonalShiftFacts;
import java.util.TreeMap;

/**
 * The rules that change what a decision has selected, in the order in which they act. Each is told
 * of only where somebody asks for it. The names are stable: JSON prints them.
 */
public enum TrafficRule implements Rule {
  FAILOVER(9),
  BALANCE(11),
  SPILL_BELOW(12),
  ZONAL_SHIFT(13),
  MAX_CONNECTION_AGE(14);

  private final int number;

  TrafficRule(int number) {
    this.number = number;
  }

  @Override
  public int number() {
    return number;
  }

  /** True where the Service, its Namespace or the server asks for it, and it can act. */
  boolean acts(RoutingCase asked) {
    return switch (this) {
      case FAILOVER -> asked.reach().restricted();
      case BALANCE -> {
        Decision decided = ScopeRules.decide(asked);
        yield !BalanceRule.apply(asked, decided).equals(decided);
      }
      case SPILL_BELOW ->
          !asked.reach().localOnly()
              && !asked.policy().traffic().spillBelow().value().equals(SpillBelow.ENVOYS_DEFAULT);
      case ZONAL_SHIFT -> shiftFacts(asked).shifted() > 0;
      case MAX_CONNECTION_AGE -> asked.policy().traffic().maxConnectionAge().value().limited();
    };
  }

  /** Returns what it looks at. */
  RuleFacts facts(RoutingCase asked) {
    return switch (this) {
      case FAILOVER -> RuleFacts.failover(asked);
      case BALANCE -> BalanceFacts.of(asked);
      case SPILL_BELOW -> RuleFacts.spillBelow(asked);
      case ZONAL_SHIFT ->
          new RuleFacts(shiftFacts(asked).text(), new TreeMap<>())
              .and("endpoints", asked.endpoints().endpoints().size())
              .and("shifted", shiftFacts(asked).shifted());
      case MAX_CONNECTION_AGE -> RuleFacts.maxConnectionAge(asked);
    };
  }

  private static ZonalShiftFacts shiftFacts(RoutingCase asked) {
    return ZonalShiftFacts.of(asked.endpoints().endpoints(), asked.shifts());
  }
}
