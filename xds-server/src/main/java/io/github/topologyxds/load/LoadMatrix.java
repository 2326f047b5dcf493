package io.github.topologyxds.load;

import java.util.Collections;
import java.util.Comparator;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Measured load, zone by zone.
 *
 * @param seconds over which it was counted
 * @param cells what was counted, sorted; a cell without anything is absent
 * @param otherRequests requests of all Services together that are not kept apart any more: this
 *     Service may have had some of them; 0 for the matrix of all Services, where they count
 */
public record LoadMatrix(long seconds, SortedMap<Cell, LoadCounts> cells, long otherRequests) {
  private static final double MILLIS = 1000;

  /** Clients, endpoints, and the priority that these had for those. */
  public record Cell(String fromZone, String toZone, int priority) implements Comparable<Cell> {
    private static final Comparator<Cell> ORDER =
        Comparator.comparing(Cell::fromZone)
            .thenComparing(Cell::toZone)
            .thenComparingInt(Cell::priority);

    @Override
    public int compareTo(Cell other) {
      return ORDER.compare(this, other);
    }

    /** Returns whether both zones are known, and differ. */
    public boolean crosses() {
      return isPlaced() && !fromZone.equals(toZone);
    }

    private boolean isPlaced() {
      return !fromZone.equals(LoadKey.UNKNOWN) && !toZone.equals(LoadKey.UNKNOWN);
    }
  }

  public LoadMatrix {
    cells = Collections.unmodifiableSortedMap(new TreeMap<>(cells));
  }

  /** Returns all zones of clients and endpoints, sorted; {@link LoadKey#UNKNOWN} may be one. */
  public SortedSet<String> zones() {
    SortedSet<String> zones = new TreeSet<>();
    cells
        .keySet()
        .forEach(cell -> {
          zones.add(cell.fromZone());
          zones.add(cell.toZone());
        });
    return zones;
  }

  /** Returns what went from clients of one zone to endpoints of another, whatever the priority. */
  public LoadCounts between(String fromZone, String toZone) {
    return cells
        .subMap(new Cell(fromZone, toZone, 0), new Cell(fromZone, toZone, Integer.MAX_VALUE))
        .values()
        .stream()
        .reduce(LoadCounts.NONE, LoadCounts::plus);
  }

  /** Returns all that went from clients of this zone: their demand, however it was routed. */
  public LoadCounts from(String zone) {
    return cells.entrySet().stream()
        .filter(cell -> cell.getKey().fromZone().equals(zone))
        .map(Map.Entry::getValue)
        .reduce(LoadCounts.NONE, LoadCounts::plus);
  }

  /** Returns everything together. */
  public LoadCounts total() {
    return cells.values().stream().reduce(LoadCounts.NONE, LoadCounts::plus);
  }

  /**
   * Returns which part (0 to 1) of the requests went to another zone, of those whose both zones are
   * known; 0 if there are none.
   */
  public double crossZoneShare() {
    long placed = 0;
    long crossing = 0;
    for (Map.Entry<Cell, LoadCounts> cell : cells.entrySet()) {
      placed += cell.getKey().isPlaced() ? cell.getValue().requests() : 0;
      crossing += cell.getKey().crosses() ? cell.getValue().requests() : 0;
    }
    return placed == 0 ? 0 : (double) crossing / placed;
  }

  /** Returns what was counted here and there, of different clients over the same time. */
  public LoadMatrix plus(LoadMatrix other) {
    SortedMap<Cell, LoadCounts> both = new TreeMap<>(cells);
    other.cells.forEach((cell, counts) -> both.merge(cell, counts, LoadCounts::plus));
    return new LoadMatrix(
        Math.max(seconds, other.seconds), both, otherRequests + other.otherRequests);
  }

  /** Returns how many requests of these were under way at a time, on average. */
  public double inFlight(LoadCounts counts) {
    return seconds == 0 ? 0 : counts.inFlightMillis() / (MILLIS * seconds);
  }
}
