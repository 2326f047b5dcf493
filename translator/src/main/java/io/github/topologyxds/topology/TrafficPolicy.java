package io.github.topologyxds.topology;

/**
 * What applies to a Service's traffic beside how near its endpoints are: the settings of sections 9
 * and on of docs/routing.md.
 *
 * @param failover how far the tiers may go
 */
public record TrafficPolicy(Setting<Failover> failover) {
  /** Nothing is asked for. */
  public static final TrafficPolicy DEFAULT =
      new TrafficPolicy(Setting.ofServer(Failover.ANYWHERE));

  /** Returns a server's own settings, for Services that ask for nothing themselves. */
  public static TrafficPolicy ofServer(Failover failover) {
    return new TrafficPolicy(Setting.ofServer(failover));
  }

  /** Resolves what applies to a Service; a value that is not allowed is a finding. */
  static TrafficPolicy of(WrittenSettings written, TrafficPolicy server) {
    return new TrafficPolicy(
        written.first(WrittenSettings.FAILOVER, Failover::parse, server.failover()));
  }
}
