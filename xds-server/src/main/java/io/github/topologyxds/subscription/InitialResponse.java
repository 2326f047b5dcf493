package io.github.topologyxds.subscription;

import io.github.topologyxds.resources.ClientResources;
import io.github.topologyxds.subscription.InitialResponseCache.Answer;
import io.github.topologyxds.subscription.InitialResponseCache.FirstRequest;
import io.github.topologyxds.subscription.InitialResponseCache.Question;
import io.github.topologyxds.xds.ResourceType;
import io.github.topologyxds.xds.XdsProtocol;
import org.jspecify.annotations.Nullable;

/**
 * The answer to a client's first request of a type, while that is all that it has asked for: what
 * another client was answered to the same. Where there was none, the request is settled like any
 * other, and its answer is kept for those to come.
 *
 * <p>Owner: the stream's thread.
 */
final class InitialResponse {
  private final ResourceType type;
  private final XdsProtocol variant;
  private final ClientResources resources;
  private final SharedIndex index;

  /** Null once it has been looked at. */
  private @Nullable FirstRequest request;

  InitialResponse(
      ResourceType type, XdsProtocol variant, ClientResources resources, SharedIndex index) {
    this.type = type;
    this.variant = variant;
    this.resources = resources;
    this.index = index;
  }

  /** The client has asked for this, and brings nothing from an earlier stream. */
  void await(FirstRequest first) {
    request = index.firstResponses().shared(first);
  }

  /** Returns what is still to be answered; null: nothing. */
  @Nullable FirstRequest request() {
    return request;
  }

  /** Returns whether this name is among what is still to be answered. */
  boolean covers(String name) {
    return request != null
        && (request.names().contains(name) || (request.all() && resources.covers(type, name)));
  }

  boolean isPending() {
    return request != null;
  }

  /** Returns how many resources the answer may hold; a guess at most. */
  static int count(FirstRequest request) {
    return request.all() ? Integer.MAX_VALUE : request.names().size();
  }

  /** More is asked for, or no other client was answered the same: the request by itself. */
  void settle(SubscribedNames interest) {
    FirstRequest first = request;
    request = null;
    if (first != null) {
      if (first.all()) {
        interest.subscribeToAll();
      }
      interest.subscribe(first.names());
    }
  }

  /** Returns what depends on nothing but what was asked, and from where. */
  Question question(FirstRequest first) {
    return new Question(type, variant, first, resources.scope(), resources.sharedView());
  }

  /** Returns what another client was answered, which then is this one's open response, or null. */
  @Nullable Push known(Question question, ClientState holdings) {
    Answer known = index.firstResponses().find(question, index.topics());
    if (known == null) {
      return null;
    }
    request = null;
    holdings.startAs(known);
    return known.push();
  }

  /** This client was the first to ask, and this was its answer. */
  void remember(Question question, @Nullable Push push, ClientState holdings) {
    UnackedResponse open = holdings.open();
    if (push != null && open != null) {
      index.firstResponses().remember(question, holdings.answer(open, push));
    }
  }
}
