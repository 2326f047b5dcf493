package io.github.topologyxds.session;

import io.github.topologyxds.resources.ClientResources;
import io.github.topologyxds.resources.NameCount;
import io.github.topologyxds.subscription.DeltaSubscriptionRequest;
import io.github.topologyxds.subscription.InitialResponseCache.FirstRequest;
import io.github.topologyxds.subscription.InitialResponseCache.FirstRequest.Extent;
import io.github.topologyxds.subscription.PushLimits;
import io.github.topologyxds.subscription.SotwSubscriptionRequest;
import io.github.topologyxds.subscription.SotwSubscriptionRequest.Earlier;
import io.github.topologyxds.subscription.Subscription;
import io.github.topologyxds.xds.resource.ResourceType;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * What a stream's requests say of its subscriptions, in either variant of the protocol.
 *
 * <p>Owner: the stream's thread.
 */
final class SubscriptionRequests {
  private final Map<ResourceType, Subscription> subscriptions;
  private final SendingOrder order;
  private final Function<ResourceType, Subscription> empty;
  private final ClientResources resources;
  private final PushLimits limits;

  /** State-of-the-world: the types of which the client has named any resource, or {@code *}. */
  private final Set<ResourceType> named = EnumSet.noneOf(ResourceType.class);

  /** Delta: the types that the client has asked for itself. */
  private final Set<ResourceType> asked = EnumSet.noneOf(ResourceType.class);

  /**
   * Has asked for nothing yet.
   *
   * @param subscriptions the stream's, to be added to
   * @param empty makes one that is in the index
   */
  SubscriptionRequests(
      Map<ResourceType, Subscription> subscriptions,
      SendingOrder order,
      Function<ResourceType, Subscription> empty,
      ClientResources resources,
      PushLimits limits) {
    this.subscriptions = subscriptions;
    this.order = order;
    this.empty = empty;
    this.resources = resources;
    this.limits = limits;
  }

  /**
   * State-of-the-world: the client wants these names. None means all, until it has named some on
   * this stream; from then on none is the end of the subscription (xDS protocol, "how the client
   * specifies what resources to return").
   *
   * @return why the stream must end; empty: it goes on
   */
  Optional<String> want(ResourceType type, SotwSubscriptionRequest request) {
    List<String> names = request.names();
    if (!limits.allow(NameCount.of(names))) {
      return Optional.of(limits.tooManyNames());
    }
    if (!names.isEmpty()) {
      named.add(type);
    }
    boolean unnamed = type.isWildcard() && !named.contains(type);
    Extent extent =
        unnamed || names.contains(DeltaSubscriptionRequest.WILDCARD) ? Extent.ALL : Extent.NAMED;
    Subscription known = subscriptions.get(type);
    if (known == null) {
      Subscription begun = begin(type, new FirstRequest(extent, resourceNames(names)));
      if (request.earlier() == Earlier.SOME_VERSION) {
        begun.resumes();
      }
      return Optional.empty();
    }
    known.subscribedNames().replaceNames(resourceNames(names));
    if (extent == Extent.ALL && !known.isWildcard()) {
      known.subscribedNames().subscribeToAll();
    } else if (extent == Extent.NAMED && known.isWildcard()) {
      known.subscribedNames().unsubscribeFromAll();
    }
    return Optional.empty();
  }

  /**
   * Delta: the client's first request of a type may say what it has from an earlier stream. If it
   * names nothing, not even to unsubscribe from it, it wants all.
   *
   * @return why the stream must end; empty: it goes on
   */
  Optional<String> want(ResourceType type, DeltaSubscriptionRequest request) {
    PushLimits allowed = limits(type);
    NameCount more = NameCount.of(request.subscribe());
    if (!allowed.allow(more) || !allowed.allow(NameCount.of(request.initialVersions().keySet()))) {
      return Optional.of(allowed.tooManyNames());
    }
    Subscription known = subscriptions.get(type);
    boolean first = asked.add(type);
    boolean unnamed = first && request.namesNothing() && type.isWildcard();
    Extent extent =
        unnamed || request.subscribe().contains(DeltaSubscriptionRequest.WILDCARD)
            ? Extent.ALL
            : Extent.NAMED;
    if (known == null && request.unsubscribe().isEmpty() && request.initialVersions().isEmpty()) {
      var unused = begin(type, new FirstRequest(extent, resourceNames(request.subscribe())));
      return Optional.empty();
    }
    Subscription subscription = known == null ? add(type) : known;
    if (extent == Extent.ALL) {
      subscription.subscribedNames().subscribeToAll();
    }
    if (request.unsubscribe().contains(DeltaSubscriptionRequest.WILDCARD)) {
      subscription.subscribedNames().unsubscribeFromAll();
    }
    subscription.subscribedNames().subscribe(resourceNames(request.subscribe()));
    if (first) {
      subscription.subscribedNames().startFrom(request.initialVersions());
    }
    askedFor(type, subscription);
    subscription.subscribedNames().unsubscribe(resourceNames(request.unsubscribe()));
    // Asked for again is asked for once: only now it is known how many there are.
    return allowed.allow(subscription.named())
        ? Optional.empty()
        : Optional.of(allowed.tooManyNames());
  }

  private PushLimits limits(ResourceType type) {
    return resources.bringsAssignments(type) ? limits.forMadeUpNames() : limits;
  }

  private Subscription begin(ResourceType type, FirstRequest request) {
    Subscription subscription = add(type);
    subscription.begin(request);
    askedFor(type, subscription);
    return subscription;
  }

  private Subscription add(ResourceType type) {
    Subscription subscription = empty.apply(type);
    subscriptions.put(type, subscription);
    return subscription;
  }

  private void askedFor(ResourceType type, Subscription subscription) {
    if (type.isAwaited()) {
      order.askedForEndpoints(subscription);
    }
  }

  /** The names that a resource may have; Envoy refuses one with an empty name. */
  private static List<String> resourceNames(List<String> names) {
    return names.stream()
        .filter(name -> !name.isEmpty() && !name.equals(DeltaSubscriptionRequest.WILDCARD))
        .toList();
  }
}
