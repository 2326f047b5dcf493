package io.github.topologyxds.subscription;

import java.util.List;

/**
 * What a state-of-the-world request says of its subscriptions.
 *
 * @param names all that the client wants by name; may hold {@link
 *     DeltaSubscriptionRequest#WILDCARD}
 * @param earlier what it says to have already of what it asks for
 */
public record SotwSubscriptionRequest(List<String> names, Earlier earlier) {
  /** Whether a client has something from an earlier stream: it tells a version, not of what. */
  public enum Earlier {
    /** It has nothing. */
    NOTHING,
    /** Some version of it. */
    SOME_VERSION
  }

  /** Returns the request of a client that tells this version ({@code version_info}). */
  public static SotwSubscriptionRequest of(List<String> names, String version) {
    return new SotwSubscriptionRequest(
        names, version.isEmpty() ? Earlier.NOTHING : Earlier.SOME_VERSION);
  }

  /** Returns the request of a client that has nothing. */
  public static SotwSubscriptionRequest first(List<String> names) {
    return new SotwSubscriptionRequest(names, Earlier.NOTHING);
  }
}
