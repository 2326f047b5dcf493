package io.github.topologyxds.demand;

import java.time.Duration;

/** Whose clients tell the demand in a live cluster. */
public sealed interface CountedClients {
  /** Nobody's: the Nodes' CPU does. */
  record Nobodys() implements CountedClients {}

  /** This replica's, which is the only one. */
  record Own() implements CountedClients {}

  /**
   * Those of all replicas, which tell each other by Leases.
   *
   * @param namespace of the Leases
   * @param between no replica writes its Lease more often
   */
  record OfAllReplicas(String namespace, Duration between) implements CountedClients {
    /** A write of each replica twice a minute at most, whatever there is to tell. */
    private static final Duration USUAL = Duration.ofSeconds(30);

    /** As a server does it. */
    public OfAllReplicas(String namespace) {
      this(namespace, USUAL);
    }
  }
}
