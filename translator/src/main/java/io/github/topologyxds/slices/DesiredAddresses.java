package io.github.topologyxds.slices;

import io.github.topologyxds.model.Family;
import io.github.topologyxds.slices.observed.Conditions;
import io.github.topologyxds.slices.observed.ObservedSlice;
import io.github.topologyxds.slices.observed.PortSet;
import io.github.topologyxds.slices.observed.PublishedEndpoint;
import io.github.topologyxds.slices.observed.PublishedPort;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a plan wants published: under which ports each address stands, and whether it is ready. Who
 * keeps that of an earlier plan can tell what is gone from what somebody else wrote.
 */
public final class DesiredAddresses {
  public static final DesiredAddresses NONE = new DesiredAddresses(Map.of());

  private final Map<Published, Conditions> conditions;
  private final Set<String> addresses = new HashSet<>();

  private record Published(List<PublishedPort> ports, String address) {}

  private DesiredAddresses(Map<Published, Conditions> conditions) {
    this.conditions = conditions;
    conditions.keySet().forEach(published -> addresses.add(published.address()));
  }

  static DesiredAddresses of(DesiredEndpoints desired) {
    Map<Published, Conditions> conditions = new HashMap<>();
    for (Family family : Family.values()) {
      desired
          .of(family)
          .forEach((ports, endpoints) ->
              endpoints.forEach((address, endpoint) ->
                  conditions.put(new Published(ports.ports(), address), endpoint.conditions())));
    }
    return new DesiredAddresses(conditions);
  }

  /**
   * Takes away from a slice what was desired before and is no more, and marks what was ready and is
   * not. Everything else stays as somebody wrote it.
   *
   * @param slice with endpoints of one address each, as ours are; others are left as they are
   * @return the endpoints that stay; as many and the same ones if nothing is gone
   */
  List<PublishedEndpoint> keep(ObservedSlice slice, DesiredAddresses before) {
    List<PublishedPort> ports = new PortSet(slice.ports()).ports();
    List<PublishedEndpoint> kept = new ArrayList<>();
    for (PublishedEndpoint endpoint : slice.endpoints()) {
      Published published = new Published(ports, endpoint.address());
      Conditions was = before.conditions.get(published);
      Conditions is = conditions.get(published);
      boolean goneHere = is == null && was != null;
      boolean goneEverywhere =
          !addresses.contains(endpoint.address()) && before.addresses.contains(endpoint.address());
      if (is != null && was != null && was.readyForProducer() && !is.readyForProducer()) {
        kept.add(endpoint.ready() ? endpoint.withConditions(is) : endpoint);
      } else if (!goneHere && !goneEverywhere) {
        kept.add(endpoint);
      }
    }
    return kept;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof DesiredAddresses that && conditions.equals(that.conditions);
  }

  @Override
  public int hashCode() {
    return conditions.hashCode();
  }
}
