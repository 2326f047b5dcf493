package io.github.topologyxds.state;

import io.github.topologyxds.model.Demand;
import io.github.topologyxds.model.ObjectName;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What clients tell of the demand on Services.
 *
 * @param ofAll of Services that are not named; unknown: the Nodes tell
 * @param ofServices of those that have one of their own
 */
public record KnownDemand(Demand ofAll, SortedMap<ObjectName, Demand> ofServices) {
  /** Clients have told nothing. */
  public static final KnownDemand NONE =
      new KnownDemand(Demand.UNKNOWN, Collections.emptySortedMap());

  public KnownDemand {
    ofServices = Collections.unmodifiableSortedMap(new TreeMap<>(ofServices));
  }

  /**
   * Returns the demand on a Service: the best that is known.
   *
   * @param ofNodes where nothing is
   */
  public Demand of(ObjectName service, Demand ofNodes) {
    Demand all = ofAll.source() == Demand.Source.UNKNOWN ? ofNodes : ofAll;
    return ofServices.getOrDefault(service, all);
  }
}
