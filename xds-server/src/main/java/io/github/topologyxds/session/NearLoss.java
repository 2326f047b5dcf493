package io.github.topologyxds.session;

import io.github.topologyxds.xds.resource.XdsResource;
import java.util.IdentityHashMap;

/**
 * Whether a change takes the last healthy near endpoint away: of those that a client sends its
 * requests to, none is healthy and near any more, and it has to fall back to ones that were farther
 * away, or has none. Until it knows, its requests run into the dead.
 *
 * <p>A rollout that replaces all of them loses none: it would otherwise undo what holds its pushes
 * back.
 *
 * <p>Clients share what they have and what they get, so each pair is looked at once. Owner: the
 * sessions' thread; lives for one update.
 */
final class NearLoss {
  private final IdentityHashMap<XdsResource, IdentityHashMap<XdsResource, Boolean>> known =
      new IdentityHashMap<>();

  /** Returns whether a client that has the one is in trouble until it gets the other. */
  boolean isBetween(XdsResource has, XdsResource next) {
    return known
        .computeIfAbsent(has, h -> new IdentityHashMap<>())
        .computeIfAbsent(next, n -> has.endpoints().losesNear(n.endpoints()));
  }
}
