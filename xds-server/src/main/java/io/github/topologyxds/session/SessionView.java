package io.github.topologyxds.session;

import io.github.topologyxds.load.ReportingClient;
import io.github.topologyxds.model.ObjectName;
import io.github.topologyxds.resources.ClientResources;
import io.github.topologyxds.resources.node.ServiceScope;
import io.github.topologyxds.session.status.ClientUse;
import io.github.topologyxds.subscription.HeldResources;
import io.github.topologyxds.subscription.Subscription;
import io.github.topologyxds.xds.resource.ResourceNames;
import io.github.topologyxds.xds.resource.ResourceType;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * A discovery stream as others look at it: its client's load reports are held against it, and who
 * asks is told what the client has. Owner: the stream's thread.
 *
 * @param subscriptions the stream's, as they are at any time
 */
record SessionView(ClientResources resources, Map<ResourceType, Subscription> subscriptions)
    implements ReportingClient {
  @Override
  public String zone() {
    return resources.nodeZone();
  }

  @Override
  public boolean subscribes(String assignment) {
    return any(ResourceType::isAwaited, endpoints -> endpoints.subscribes(assignment));
  }

  /** Returns whether a subscription to such a type is like this. */
  boolean any(Predicate<ResourceType> types, Predicate<Subscription> like) {
    for (Map.Entry<ResourceType, Subscription> one : subscriptions.entrySet()) {
      if (types.test(one.getKey()) && like.test(one.getValue())) {
        return true;
      }
    }
    return false;
  }

  /** Returns whether the client has asked for anything that names endpoints. */
  boolean hasAskedForEndpoints() {
    return any(ResourceType::isAwaited, endpoints -> true);
  }

  /** Returns what the client has of a type; empty: it has not asked for it. */
  Optional<HeldResources> held(ResourceType type) {
    return Optional.ofNullable(subscriptions.get(type)).map(Subscription::held);
  }

  /**
   * Returns which Services the client may send requests to, by what it asks for.
   *
   * @param id the client's
   */
  ClientUse use(String id) {
    return new ClientUse(id, resources.place().zone(), services());
  }

  private ClientUse.Services services() {
    ServiceScope scope = resources.scope();
    if (!scope.isAll()) {
      return new ClientUse.Scoped(scope);
    }
    boolean all = !resources.isOnDemand() && any(ResourceType::isWarming, Subscription::isWildcard);
    return all ? new ClientUse.Any() : new ClientUse.Named(named());
  }

  private Set<ObjectName> named() {
    Set<ObjectName> named = new HashSet<>();
    subscriptions.forEach((type, subscription) -> {
      if (type.isAwaited()) {
        subscription.held().names().stream()
            .map(ResourceNames::service)
            .flatMap(Optional::stream)
            .forEach(named::add);
      }
    });
    return named;
  }
}
