package io.github.topologyxds.slices.hints;

import io.github.topologyxds.model.Hints;
import io.github.topologyxds.slices.observed.PublishedEndpoint;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Hints for an endpoint's own place (k8s.io/endpointslice 0.36.3, trafficdist/trafficdist.go): no
 * safeguards, no look at the Nodes.
 */
public enum OwnPlace {
  ZONE,
  ZONE_AND_NODE;

  /** An endpoint that is not ready is left as it stands, stale hints included. */
  public PublishedEndpoint hint(PublishedEndpoint endpoint) {
    if (!endpoint.ready()) {
      return endpoint;
    }
    SortedSet<String> nodes =
        switch (this) {
          case ZONE -> Hints.NONE.nodes();
          case ZONE_AND_NODE -> known(endpoint.place().nodeName());
        };
    return endpoint.with(new Hints(known(endpoint.place().zone()), nodes));
  }

  private static SortedSet<String> known(String name) {
    SortedSet<String> names = new TreeSet<>();
    if (!name.isEmpty()) {
      names.add(name);
    }
    return names;
  }
}
