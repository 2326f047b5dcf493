package io.github.topologyxds.xds.resource;

import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Sets;
import java.util.List;
import java.util.Optional;

/**
 * The xDS resource types that we serve, in the order in which a client wants to learn of changes
 * (xDS protocol, "eventual consistency considerations"), each with what is special about it. What
 * clients get of a type is the server's to say.
 */
public enum ResourceType {
  /** CDS. */
  CLUSTER(
      "cds",
      "envoy.config.cluster.v3.Cluster",
      Trait.FULL_STATE,
      Trait.WILDCARD,
      Trait.LARGE,
      Trait.WARMS,
      Trait.ROUTED_TO),
  /** EDS. */
  ENDPOINT("eds", "envoy.config.endpoint.v3.ClusterLoadAssignment", Trait.AWAITED, Trait.ROUTED_TO),
  /** LDS. */
  LISTENER("lds", "envoy.config.listener.v3.Listener", Trait.FULL_STATE, Trait.WILDCARD),
  /** RDS. */
  ROUTE("rds", "envoy.config.route.v3.RouteConfiguration", Trait.LARGE, Trait.ROUTES);

  /** What may be special about a type. */
  private enum Trait {
    FULL_STATE,
    WILDCARD,
    LARGE,
    WARMS,
    AWAITED,
    ROUTED_TO,
    ROUTES
  }

  private final String label;
  private final String typeUrl;
  private final ImmutableSet<Trait> traits;

  ResourceType(String label, String messageName, Trait... traits) {
    this.label = label;
    this.typeUrl = "type.googleapis.com/" + messageName;
    this.traits = Sets.immutableEnumSet(List.of(traits));
  }

  /** Returns the short name that the xDS protocol has for the service of this type. */
  public String label() {
    return label;
  }

  /** Returns the type URL that requests and responses carry. */
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

  /**
   * Returns whether a response must hold all that the client wants, because it deletes what is not
   * in it: CDS and LDS in state-of-the-world (xDS protocol, "grouping resources into responses").
   */
  public boolean isFullState(XdsProtocol protocol) {
    return protocol == XdsProtocol.STATE_OF_THE_WORLD && traits.contains(Trait.FULL_STATE);
  }

  /** Returns whether a client that names nothing wants everything: CDS and LDS alone. */
  public boolean isWildcard() {
    return traits.contains(Trait.WILDCARD);
  }

  /**
   * Returns whether a response is long however little is different: one route configuration holds
   * all Services (521 kB of 1,000), and a full state of clusters all of those.
   */
  public boolean isLarge(XdsProtocol protocol) {
    return traits.contains(Trait.LARGE)
        && (isFullState(protocol) || !traits.contains(Trait.FULL_STATE));
  }

  /**
   * Returns whether a resource that is sent is in use only once what it waits for has come: a
   * cluster warms until its endpoints are there, and is acknowledged then.
   */
  public boolean isWarming() {
    return traits.contains(Trait.WARMS);
  }

  /**
   * Returns whether something at the client waits until the resource comes, changed or not: a
   * cluster that is sent again warms until it hears of its endpoints again. Requests go to what
   * such a resource names, so one that takes the last of that away is urgent.
   */
  public boolean isAwaited() {
    return traits.contains(Trait.AWAITED);
  }

  /** Returns whether routes lead to it: what is gone stays until no route names it any more. */
  public boolean isRoutedTo() {
    return traits.contains(Trait.ROUTED_TO);
  }

  /** Returns whether it names clusters, and so waits until the client has them warm. */
  public boolean isRouting() {
    return traits.contains(Trait.ROUTES);
  }
}
