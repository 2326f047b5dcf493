package io.github.topologyxds.explain;

import io.github.topologyxds.explanation.ExplainedEndpoint;
import io.github.topologyxds.topology.endpoint.Omission;
import java.util.List;
import java.util.SortedMap;

/**
 * The endpoints of one Service port, and what the clients of each place get of each.
 *
 * @param cluster {@code namespace/service:port}
 * @param places the clients' places, in the order of the columns
 * @param endpoints by address
 * @param leftOut what takes no part for any of the clients
 */
public record EndpointView(
    String cluster, List<String> places, List<Row> endpoints, List<Omission> leftOut) {
  public EndpointView {
    places = List.copyOf(places);
    endpoints = List.copyOf(endpoints);
    leftOut = List.copyOf(leftOut);
  }

  /**
   * One endpoint.
   *
   * @param any as one of the clients gets it: what is the same for all
   * @param byPlace as the clients of each place get it; absent where they do not
   */
  public record Row(ExplainedEndpoint any, SortedMap<String, ExplainedEndpoint> byPlace) {}
}
