package io.github.topologyxds.delivery;

import java.util.List;
import java.util.Map;

/**
 * What a delta request says of its subscriptions.
 *
 * @param initialVersions what the client has from an earlier stream, by resource name
 */
public record DeltaSubscription(
    List<String> subscribe, List<String> unsubscribe, Map<String, String> initialVersions) {
  /** The name that stands for all resources of a type. */
  static final String WILDCARD = "*";

  /** Returns whether it asks for no resource and gives none up. */
  boolean namesNothing() {
    return subscribe.isEmpty() && unsubscribe.isEmpty();
  }
}
