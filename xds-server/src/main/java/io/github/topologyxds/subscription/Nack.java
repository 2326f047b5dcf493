package io.github.topologyxds.subscription;

import io.github.topologyxds.xds.resource.XdsResource;
import java.util.List;

/**
 * A response that a client has refused.
 *
 * @param fresh what was new to it in the response, sorted by name
 */
public record Nack(List<XdsResource> fresh, Consequence consequence) {
  /**
   * Whether clusters of a client may wait for their endpoints: Envoy accepts CDS only after that.
   */
  public enum ClusterWarming {
    /** The client has not answered its last clusters yet. */
    POSSIBLE,
    /** It has, or was sent none. */
    OVER
  }

  /** What is done about it. */
  enum Consequence {
    /** Nothing in it was new to the client: nothing is sent again. */
    NOTHING("nothing is sent again"),
    /** The bad one is found: its content is not sent again. */
    FOUND("it waits for other content"),
    /** The search for the bad one begins. */
    SEARCH("they are sent again in halves"),
    /** The search goes on. */
    SEARCH_ON("they are sent again in halves"),
    /** To leave half of the state out would delete that half. */
    KEEP("the client keeps what it has from before until something changes");

    private final String words;

    Consequence(String words) {
      this.words = words;
    }
  }

  static Nack of(UnackedResponse refused, Quarantine quarantine) {
    int count = refused.fresh().size();
    Consequence consequence =
        count == 0
            ? Consequence.NOTHING
            : count == 1
                ? Consequence.FOUND
                : quarantine.onTrial() != null ? Consequence.SEARCH_ON : Consequence.SEARCH;
    return new Nack(refused.fresh(), consequence);
  }

  /** Whether it says something that an earlier one did not. */
  public boolean isNews() {
    return consequence != Consequence.SEARCH_ON;
  }

  /** Whether the bad resource is found, or is searched for. */
  public boolean findsOne() {
    return switch (consequence) {
      case FOUND, SEARCH, SEARCH_ON -> true;
      case NOTHING, KEEP -> false;
    };
  }

  /** Returns what was refused, and what comes of it. */
  @Override
  public String toString() {
    String what = fresh.size() == 1 ? fresh.getFirst().name() : fresh.size() + " resources";
    return what + " (" + consequence.words + ")";
  }
}
