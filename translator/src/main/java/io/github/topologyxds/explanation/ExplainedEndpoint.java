package io.github.topologyxds.explanation;

import io.github.topologyxds.model.ObjectName;
import io.github.topologyxds.topology.endpoint.Health;
import io.github.topologyxds.topology.endpoint.UsableEndpoint;
import io.github.topologyxds.topology.settings.Nearness;
import io.github.topologyxds.xds.IpPort;

/**
 * An endpoint that a client gets.
 *
 * @param endpoint what is known of it: place, hints, condition
 * @param slice that it comes from
 * @param tier Envoy's priority, 0 is nearest
 * @param health what Envoy is told
 * @param nearness why it is as near as it is
 * @param share of the client's requests that it can expect, 0..1
 * @param why one line for people: why it stands there
 */
public record ExplainedEndpoint(
    IpPort address,
    UsableEndpoint endpoint,
    ObjectName slice,
    int tier,
    Health health,
    Nearness nearness,
    double share,
    String why) {
  /** Returns the zone that the endpoint runs in; "" when it is not known. */
  public String zone() {
    return endpoint.location().zone();
  }

  /** Returns the Node that the endpoint runs on; "" when it is not known. */
  public String node() {
    return endpoint.location().node();
  }
}
