package io.github.topologyxds.subscription;

import java.util.List;
import java.util.Map;

/**
 * What a delta request says of its subscriptions.
 *
 * @param initialVersions what the client has from an earlier stream, by resource name
 */
public record DeltaSubscriptionRequest(
    List<String> subscribe, List<String> unsubscribe, Map<String, String> initialVersions) {
  /** The name that stands for all resources of a type. */
  public static final String WILDCARD = "*";

  /** Returns whether it asks for no resource and gives none up. */
  public boolean namesNothing() {
    return subscribe.isEmpty() && unsubscribe.isEmpty();
  }
}
