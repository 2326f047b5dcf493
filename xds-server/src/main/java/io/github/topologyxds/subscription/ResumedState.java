package io.github.topologyxds.subscription;

import io.github.topologyxds.subscription.InitialResponseCache.FirstRequest;
import io.github.topologyxds.xds.resource.XdsResource;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a state-of-the-world client has from an earlier stream. It tells that it has something, not
 * what; so until it has accepted what there is now, it may have any version of what it asked for
 * first. That matters when it refuses our first responses: what it has is better than less.
 *
 * <p>Owner: the stream's thread.
 */
final class ResumedState {
  /** A version that no content has. */
  private static final String UNKNOWN = "?";

  private @Nullable FirstRequest request;

  /** The client has some version of what it asks for here. */
  void of(FirstRequest first) {
    request = first;
  }

  /** It has accepted all that there is. */
  void replaced() {
    request = null;
  }

  /** Returns whether the client may still have it. */
  boolean isKept() {
    return request != null;
  }

  /** A refused response was the first to hold these: the client has earlier versions of them. */
  void keep(UnackedResponse refused, ClientState state) {
    FirstRequest first = request;
    if (first == null) {
      return;
    }
    Set<String> names = new HashSet<>(first.names());
    for (XdsResource resource : refused.fresh()) {
      Subscribers entry = state.find(resource.name());
      if (entry != null && !state.knows(entry) && names.contains(resource.name())) {
        state.startFrom(entry, UNKNOWN);
      }
    }
  }
}
