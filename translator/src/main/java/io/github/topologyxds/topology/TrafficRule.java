package io.github.topologyxds.topology;

/**
 * The rules that change what a decision has selected, in the order in which they act. Each is told
 * of only where somebody asks for it. The names are stable: JSON prints them.
 */
public enum TrafficRule implements Rule {
  FAILOVER(9),
  SPILL_BELOW(12);

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
      case SPILL_BELOW ->
          !asked.reach().localOnly()
              && !asked.policy().traffic().spillBelow().value().equals(SpillBelow.ENVOYS_DEFAULT);
    };
  }

  /** Returns what it looks at. */
  RuleFacts facts(RoutingCase asked) {
    return switch (this) {
      case FAILOVER -> RuleFacts.failover(asked);
      case SPILL_BELOW -> RuleFacts.spillBelow(asked);
    };
  }
}
