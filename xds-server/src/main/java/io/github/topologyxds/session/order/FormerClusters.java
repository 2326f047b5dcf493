package io.github.topologyxds.session.order;

import com.google.common.collect.Sets;
import io.github.topologyxds.model.ObjectName;
import io.github.topologyxds.resources.ClientResources;
import io.github.topologyxds.subscription.KeptResources;
import io.github.topologyxds.subscription.Subscription;
import io.github.topologyxds.xds.resource.ResourceNames;
import io.github.topologyxds.xds.resource.ResourceType;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The clusters that a gRPC library's targets led to before, and that are gone. A call goes on to
 * the cluster that it was given when it began, wherever its target leads since, and the library
 * names that cluster until the last such call is over (gRPC proposal A31). What it has accepted of
 * new ones says nothing of those calls. So it keeps what it has of an old one, cluster and
 * endpoints as they were last, as long as it names either.
 *
 * <p>Where no target leads to the Service any more there is nothing to go over to, and the cluster
 * goes once the client has its targets as they are now.
 *
 * <p>Owner: the stream's thread.
 */
public final class FormerClusters {
  /** A client that gives up no name keeps no more than these. */
  public static final int MAX_CLUSTERS = 256;

  private final Map<ResourceType, Subscription> subscriptions;
  private final ClientResources resources;

  /** The oldest first: those stay when there are too many. */
  private final Set<String> kept = new LinkedHashSet<>();

  /**
   * There are none yet.
   *
   * @param subscriptions the stream's, as they are at any time
   */
  public FormerClusters(Map<ResourceType, Subscription> subscriptions, ClientResources resources) {
    this.subscriptions = subscriptions;
    this.resources = resources;
  }

  /** Returns those that the client keeps now; what it kept before, and does not now, is due. */
  public Set<String> of(Subscription clusters) {
    kept.addAll(clusters.kept().gone());
    if (kept.isEmpty()) {
      return Set.of();
    }
    Set<String> before = Set.copyOf(kept);
    kept.removeIf(
        name -> clusters.kept().exists(name) || routedTo().noneMatch(type -> type.isHeld(name)));
    if (!clusters.isResuming() && !targetsLag()) {
      Set<ObjectName> services = targeted();
      kept.removeIf(name -> ResourceNames.service(name).filter(services::contains).isEmpty());
      kept.removeAll(kept.stream().skip(MAX_CLUSTERS).toList());
    }
    Set<String> now = Set.copyOf(kept);
    routedTo().forEach(type -> type.release(Sets.difference(before, now)));
    return now;
  }

  /** What could be sent has been sent: what is kept is not due. */
  public void flushed() {
    if (!kept.isEmpty()) {
      routedTo().forEach(type -> type.keep(kept));
    }
  }

  private boolean targetsLag() {
    return subscriptions(resources::isMadeOfRoutes).anyMatch(Subscription::isBehind);
  }

  /** Returns the Services that the client's targets lead to now. */
  private Set<ObjectName> targeted() {
    Set<ObjectName> services = new HashSet<>();
    subscriptions.forEach((type, targets) -> {
      if (resources.isMadeOfRoutes(type)) {
        targets.held().names().stream()
            .map(name -> resources.leadsTo(type, name))
            .filter(Objects::nonNull)
            .flatMap(cluster -> ResourceNames.service(cluster).stream())
            .forEach(services::add);
      }
    });
    return services;
  }

  /** Of clusters and endpoints. */
  private Stream<KeptResources> routedTo() {
    return subscriptions(ResourceType::isRoutedTo).map(Subscription::kept);
  }

  private Stream<Subscription> subscriptions(Predicate<ResourceType> types) {
    return subscriptions.entrySet().stream()
        .filter(one -> types.test(one.getKey()))
        .map(Map.Entry::getValue);
  }
}
