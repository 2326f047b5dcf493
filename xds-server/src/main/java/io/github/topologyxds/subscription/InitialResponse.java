package io.github.topologyxds.subscription;

import io.github.topologyxds.subscription.InitialResponseCache.FirstRequest;
import org.jspecify.annotations.Nullable;

/**
 * The answer to a client's first request of a type, while that is all that it has asked for: what
 * another client was answered to the same. Where there was none, the request is settled like any
 * other, and its answer is kept for those to come.
 *
 * <p>Owner: the stream's thread.
 */
final class InitialResponse {
  private final SubscriptionContext context;

  /** Null once it has been looked at. */
  private @Nullable FirstRequest request;

  InitialResponse(SubscriptionContext context) {
    this.context = context;
  }

  /** The client has asked for this, and brings nothing from an earlier stream. */
  void await(FirstRequest first) {
    request = cache().shared(first);
  }

  /** Returns what is still to be answered; null: nothing. */
  @Nullable FirstRequest request() {
    return request;
  }

  /** Returns whether this name is among what is still to be answered. */
  boolean covers(String name) {
    return request != null
        && (request.names().contains(name)
            || (request.isForAll() && context.resources().covers(context.type(), name)));
  }

  boolean isPending() {
    return request != null;
  }

  /** Returns how many resources the answer may hold; a guess at most. */
  static int count(FirstRequest request) {
    return request.isForAll() ? Integer.MAX_VALUE : request.names().size();
  }

  /** More is asked for, or no other client was answered the same: the request by itself. */
  void settle(SubscribedNames subscribedNames) {
    FirstRequest first = request;
    request = null;
    if (first != null) {
      if (first.isForAll()) {
        subscribedNames.subscribeToAll();
      }
      subscribedNames.subscribe(first.names());
    }
  }

  private InitialResponseCache cache() {
    return context.shared().initialResponses();
  }

  /** Returns what depends on nothing but what was asked, and from where. */
  InitialResponseCache.Key key(FirstRequest first) {
    return new InitialResponseCache.Key(
        context.type(), context.protocol(), first, context.resources().audience());
  }

  /** Returns what another client was answered, which then is this one's open response, or null. */
  @Nullable Push known(InitialResponseCache.Key key, ClientState state) {
    InitialResponseCache.Entry known = cache().find(key, context.shared().subscribers());
    if (known == null) {
      return null;
    }
    request = null;
    state.startAs(known);
    return known.push();
  }

  /** This client was the first to ask, and this was its answer. */
  void remember(InitialResponseCache.Key key, @Nullable Push push, ClientState state) {
    UnackedResponse open = state.unacked();
    if (push != null && open != null) {
      cache().remember(key, state.cacheEntry(open, push));
    }
  }
}
