package io.github.topologyxds.e2e.protocol;

/**
 * One endpoint as an Envoy has it, or as the rules want it.
 *
 * @param address ip:port, an IPv6 address without brackets
 * @param zone of its locality
 * @param health HEALTHY, UNHEALTHY or DRAINING
 */
public record SeenHost(String address, int priority, String zone, String health)
    implements Comparable<SeenHost> {
  @Override
  public int compareTo(SeenHost other) {
    return toString().compareTo(other.toString());
  }

  /** {@code P0 10.0.0.1:80 zone-a HEALTHY}. */
  @Override
  public String toString() {
    return "P" + priority + " " + address + " " + zone + " " + health;
  }

  /** The same without its health: all of it that {@code /config_dump} tells reliably. */
  String place() {
    return "P" + priority + " " + address + " " + zone;
  }
}
