package io.github.topologyxds.topology.settings;

/**
 * What applies to a Service's traffic beside how near its endpoints are: the settings of sections 9
 * and on of docs/routing.md.
 *
 * @param failover how far the tiers may go
 * @param zoneWeights how zones share
 * @param spillBelow when load leaves a tier
 * @param balance how near traffic is spread
 * @param overloadThreshold what near endpoints may carry, where the balance is fair
 * @param zonalShift whether zones are emptied for it
 * @param maxConnectionAge how old its TCP connections become
 */
public record TrafficPolicy(
    Setting<Failover> failover,
    Setting<ZoneWeights> zoneWeights,
    Setting<SpillBelow> spillBelow,
    Setting<Balance> balance,
    Setting<OverloadThreshold> overloadThreshold,
    Setting<ZonalShiftUse> zonalShift,
    Setting<MaxConnectionAge> maxConnectionAge) {
  /** Nothing is asked for. */
  public static final TrafficPolicy DEFAULT = ofServer(Failover.ANYWHERE);

  /** Returns a server's own settings, for Services that ask for nothing themselves. */
  public static TrafficPolicy ofServer(Failover failover) {
    return ofServer(failover, Balance.STRICT, OverloadThreshold.DEFAULT);
  }

  /** Returns a server's own settings, for Services that ask for nothing themselves. */
  public static TrafficPolicy ofServer(
      Failover failover, Balance balance, OverloadThreshold threshold) {
    return new TrafficPolicy(
        Setting.ofServer(failover),
        Setting.ofServer(ZoneWeights.NONE),
        Setting.ofServer(SpillBelow.ENVOYS_DEFAULT),
        Setting.ofServer(balance),
        Setting.ofServer(threshold),
        Setting.ofServer(ZonalShiftUse.FOLLOW),
        Setting.ofServer(MaxConnectionAge.NONE));
  }

  /** Resolves what applies to a Service; a value that is not allowed is a finding. */
  public static TrafficPolicy of(WrittenSettings written, TrafficPolicy server) {
    return new TrafficPolicy(
        written.first(WrittenSettings.FAILOVER, Failover::parse, server.failover()),
        written.first(WrittenSettings.ZONE_WEIGHTS, ZoneWeights::parse, server.zoneWeights()),
        written.first(WrittenSettings.SPILL_BELOW, SpillBelow::parse, server.spillBelow()),
        written.first(WrittenSettings.BALANCE, Balance::parse, server.balance()),
        written.first(
            WrittenSettings.OVERLOAD_THRESHOLD,
            OverloadThreshold::parse,
            server.overloadThreshold()),
        written.first(WrittenSettings.ZONAL_SHIFT, ZonalShiftUse::parse, server.zonalShift()),
        written.first(
            WrittenSettings.MAX_CONNECTION_AGE,
            MaxConnectionAge::parse,
            server.maxConnectionAge()));
  }
}
