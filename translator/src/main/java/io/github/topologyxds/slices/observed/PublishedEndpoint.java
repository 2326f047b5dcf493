package io.github.topologyxds.slices.observed;

import io.github.topologyxds.model.Hints;
import java.util.List;
import java.util.TreeSet;

/**
 * One endpoint of a slice, all of it that we write; absent texts are "".
 *
 * @param addresses exactly one in slices of ours
 */
public record PublishedEndpoint(
    List<String> addresses, Conditions conditions, Place place, TargetRef target, Hints hints) {
  public PublishedEndpoint {
    addresses = List.copyOf(addresses);
  }

  /** Where an endpoint is, and what it is called there. */
  public record Place(String hostname, String nodeName, String zone) {}

  /** Returns its first address, which is all that proxies use; "" when it has none. */
  public String address() {
    return addresses.isEmpty() ? "" : addresses.getFirst();
  }

  /** Whether a producer of slices calls it ready. */
  public boolean ready() {
    return conditions.readyForProducer();
  }

  /** Returns the endpoint with these hints in place of its own. */
  public PublishedEndpoint with(Hints other) {
    return hints.equals(other)
        ? this
        : new PublishedEndpoint(addresses, conditions, place, target, other);
  }

  /** Returns the endpoint with these conditions in place of its own. */
  public PublishedEndpoint withConditions(Conditions other) {
    return new PublishedEndpoint(addresses, other, place, target, hints);
  }

  /** Returns the same endpoint, hinted for this zone alone. */
  public PublishedEndpoint forZone(String zone) {
    return with(new Hints(new TreeSet<>(List.of(zone)), Hints.NONE.nodes()));
  }

  /** Whether another one is the same but for its hints. */
  public boolean equalsBeyondHints(PublishedEndpoint other) {
    return addresses.equals(other.addresses)
        && conditions.equals(other.conditions)
        && place.equals(other.place)
        && target.equals(other.target);
  }
}
