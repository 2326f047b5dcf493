package io.github.topologyxds.demo.envoy;

/**
 * One endpoint of a cluster as an Envoy sees it ({@code /clusters?format=json}).
 *
 * @param address ip:port
 * @param zone of the endpoint's locality
 * @param priority 0 is the nearest
 * @param edsHealth HEALTHY, UNHEALTHY, DRAINING ...; HEALTHY also where EDS says nothing
 * @param requests how many this Envoy sent to it ({@code rq_total})
 */
public record HostState(
    String address, String zone, int priority, String edsHealth, long requests) {
  /** Returns whether EDS says that the host is HEALTHY, or says nothing. */
  public boolean healthy() {
    return edsHealth.equals("HEALTHY");
  }
}
