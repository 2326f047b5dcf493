package io.github.topologyxds.xds;

import java.util.Optional;

/** The xDS resource types that we serve, in the order in which Envoy wants to learn of changes. */
public enum ResourceType {
  CLUSTER("envoy.config.cluster.v3.Cluster"),
  ENDPOINT("envoy.config.endpoint.v3.ClusterLoadAssignment"),
  LISTENER("envoy.config.listener.v3.Listener"),
  ROUTE("envoy.config.route.v3.RouteConfiguration");

  private final String typeUrl;

  ResourceType(String messageName) {
    this.typeUrl = "type.googleapis.com/" + messageName;
  }

  public String typeUrl() {
    return typeUrl;
  }

  /** Returns the type with this URL; empty for one that we do not serve. */
  public static Optional<ResourceType> of(String typeUrl) {
    for (ResourceType type : values()) {
      if (type.typeUrl.equals(typeUrl)) {
        return Optional.of(type);
      }
    }
    return Optional.empty();
  }
}
