package io.github.topologyxds.delivery;

import io.github.topologyxds.xds.ResourceType;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
  private final PushLimits limits;

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
      PushLimits limits) {
    this.subscriptions = subscriptions;
    this.order = order;
    this.empty = empty;
    this.limits = limits;
  }

  /**
   * State-of-the-world: the client wants these names. None in its first request means all, until it
   * names some.
   *
   * @param resumes whether it says that it has some version of what it asks for
   * @return why the stream must end; empty: it goes on
   */
  Optional<String> want(ResourceType type, List<String> names, boolean resumes) {
    if (!limits.allow(NameCount.of(names))) {
      return Optional.of(limits.tooManyNames());
    }
    Subscription known = subscriptions.get(type);
    boolean unnamed =
        names.isEmpty() && isWildcardType(type) && (known == null || known.isWildcard());
    boolean all = unnamed || names.contains(DeltaSubscription.WILDCARD);
    if (known == null) {
      begin(type, all, names).resumes(resumes);
      return Optional.empty();
    }
    known.interest().replaceNames(withoutWildcard(names));
    if (all && !known.isWildcard()) {
      known.interest().subscribeToAll();
    } else if (!all && known.isWildcard()) {
      known.interest().unsubscribeFromAll();
    }
    return Optional.empty();
  }

  /**
   * Delta: the client's first request of a type may say what it has from an earlier stream.
   *
   * @return why the stream must end; empty: it goes on
   */
  Optional<String> want(ResourceType type, DeltaSubscription request) {
    NameCount more = NameCount.of(request.subscribe());
    if (!limits.allow(more) || !limits.allow(NameCount.of(request.initialVersions().keySet()))) {
      return Optional.of(limits.tooManyNames());
    }
    Subscription known = subscriptions.get(type);
    boolean legacyWildcard = known == null && request.subscribe().isEmpty() && isWildcardType(type);
    if (known == null && request.unsubscribe().isEmpty() && request.initialVersions().isEmpty()) {
      boolean all = legacyWildcard || request.subscribe().contains(DeltaSubscription.WILDCARD);
      var unused = begin(type, all, request.subscribe());
      return Optional.empty();
    }
    Subscription subscription = known == null ? add(type) : known;
    if (legacyWildcard || request.subscribe().contains(DeltaSubscription.WILDCARD)) {
      subscription.interest().subscribeToAll();
    }
    if (request.unsubscribe().contains(DeltaSubscription.WILDCARD)) {
      subscription.interest().unsubscribeFromAll();
    }
    subscription.interest().subscribe(withoutWildcard(request.subscribe()));
    if (known == null) {
      subscription.interest().startFrom(request.initialVersions());
    }
    askedFor(type, subscription);
    subscription.interest().unsubscribe(withoutWildcard(request.unsubscribe()));
    // Asked for again is asked for once: only now it is known how many there are.
    return limits.allow(subscription.named())
        ? Optional.empty()
        : Optional.of(limits.tooManyNames());
  }

  private Subscription begin(ResourceType type, boolean all, List<String> names) {
    Subscription subscription = add(type);
    subscription.begin(new FirstResponses.FirstRequest(all, withoutWildcard(names)));
    askedFor(type, subscription);
    return subscription;
  }

  private Subscription add(ResourceType type) {
    Subscription subscription = empty.apply(type);
    subscriptions.put(type, subscription);
    return subscription;
  }

  private void askedFor(ResourceType type, Subscription subscription) {
    if (type == ResourceType.ENDPOINT) {
      order.askedForEndpoints(subscription);
    }
  }

  private static List<String> withoutWildcard(List<String> names) {
    return names.stream().filter(name -> !name.equals(DeltaSubscription.WILDCARD)).toList();
  }

  private static boolean isWildcardType(ResourceType type) {
    return type == ResourceType.CLUSTER || type == ResourceType.LISTENER;
  }
}
