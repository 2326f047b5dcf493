package io.github.topologyxds.topology.decision;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How a service port uses the demand: what shares are made of beside it.
 *
 * @param ready endpoints by zone, together positive
 * @param threshold how much more than the mean an endpoint of the own zone may carry, 0..1
 */
public record NearUse(SortedMap<String, Double> ready, double threshold) {
  /**
   * So much worse than new shares, in parts of the mean load and of all requests, the ones in force
   * may be. With 0.1, 2,000 comings and goings made 11 publications; with 0.05 it was 38
   * (simulated).
   */
  private static final double SLACK = 0.1;

  public NearUse {
    ready = Collections.unmodifiableSortedMap(new TreeMap<>(ready));
  }

  /**
   * What shares come to.
   *
   * @param fullest the load of the fullest endpoint, in means
   * @param crossing the part of all requests that leaves its zone, 0..1
   */
  public record Outcome(double fullest, double crossing) {}

  /** Returns whether shares of an earlier demand are too bad for the one of now. */
  public boolean isStale(SortedMap<String, Double> earlier, SortedMap<String, Double> now) {
    if (FairShares.parts(now).isEmpty()) {
      return false;
    }
    Outcome ours = outcome(earlier, now);
    Outcome theirs = outcome(now, now);
    return ours.fullest() > Math.max(1 + threshold, theirs.fullest()) + SLACK
        || ours.crossing() > theirs.crossing() + SLACK;
  }

  /**
   * Returns what the shares of one demand come to under another.
   *
   * @param shared by the zone of the clients, in any unit
   * @param now likewise
   */
  public Outcome outcome(SortedMap<String, Double> shared, SortedMap<String, Double> now) {
    SortedMap<String, Double> capacity = FairShares.parts(ready);
    SortedMap<String, Double> load = new TreeMap<>();
    double crossing = 0;
    for (var from : FairShares.parts(now).entrySet()) {
      for (var to : FairShares.ofZone(from.getKey(), shared, ready, threshold).entrySet()) {
        double part = from.getValue() * to.getValue() / FairShares.SCALE;
        load.merge(to.getKey(), part, Double::sum);
        crossing += to.getKey().equals(from.getKey()) ? 0 : part;
      }
    }
    double fullest = 0;
    for (var zone : capacity.entrySet()) {
      fullest = Math.max(fullest, load.getOrDefault(zone.getKey(), 0.0) / zone.getValue());
    }
    return new Outcome(fullest, crossing);
  }
}
