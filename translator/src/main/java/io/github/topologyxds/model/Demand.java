package io.github.topologyxds.model;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How many requests a Service gets from each zone, as far as it is known: an input of fair shares.
 *
 * @param source what was counted
 * @param byZone counts by the zone of the clients, not negative, in the unit of the source; only
 *     what they are to each other matters
 * @param asOf when they were counted, as people read it; "" where that does not matter
 */
public record Demand(Source source, SortedMap<String, Long> byZone, String asOf) {
  /** Nobody knows: clients are taken to be where the endpoints are. */
  public static final Demand UNKNOWN = new Demand(Source.UNKNOWN, new TreeMap<>(), "");

  /** What demand is told from, the best first. The names are stable: JSON prints them. */
  public enum Source {
    /** Requests to this Service, as proxies report them (LRS). */
    MEASURED_REQUESTS("measured requests"),
    /** Connected clients that ask for this Service. */
    CLIENTS_OF_SERVICE("connected clients that use it"),
    /** All connected clients. */
    CLIENTS("connected clients"),
    /** The CPU of the Nodes, or their number where none tells its CPU. */
    NODE_CPU("the Nodes' CPU"),
    UNKNOWN("not known: as the endpoints are");

    private final String label;

    Source(String label) {
      this.label = label;
    }

    /** Returns what it is, for people. */
    public String label() {
      return label;
    }
  }

  public Demand {
    byZone = Collections.unmodifiableSortedMap(new TreeMap<>(byZone));
  }
}
