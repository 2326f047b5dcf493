package io.github.topologyxds.pipeline;

import com.google.common.base.Suppliers;
import com.google.common.collect.Maps;
import io.github.topologyxds.model.Demand;
import io.github.topologyxds.model.ObjectName;
import io.github.topologyxds.topology.decision.NearUse;
import io.github.topologyxds.xds.ServiceTranslation;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Function;
import java.util.function.Supplier;

/** The Services whose translation depends on the demand, and which that was. */
public final class DemandingServices {
  // Owner: the state thread.
  private final Map<ObjectName, Demand> demands = new TreeMap<>();

  /**
   * Written by the state thread, read by any. Worked out when somebody asks, and once: it takes a
   * walk over the endpoints of each port, which no push waits for.
   */
  private final NavigableMap<ObjectName, Supplier<Set<NearUse>>> uses =
      new ConcurrentSkipListMap<>();

  /** A Service was translated with this demand. */
  void put(ServiceTranslation translation, Demand demand) {
    if (translation.demandMatters()) {
      demands.put(translation.service(), demand);
      uses.put(translation.service(), Suppliers.memoize(translation::nearUses));
    } else {
      remove(translation.service());
    }
  }

  /** A Service is not served any more. */
  void remove(ObjectName service) {
    demands.remove(service);
    uses.remove(service);
  }

  /** Returns those whose demand is another one now. */
  List<ObjectName> differing(Function<ObjectName, Demand> now) {
    return demands.entrySet().stream()
        .filter(known -> !known.getValue().equals(now.apply(known.getKey())))
        .map(Map.Entry::getKey)
        .toList();
  }

  /** Returns how each uses the demand, as it is at any time. Any thread. */
  public Map<ObjectName, Set<NearUse>> uses() {
    return Maps.transformValues(uses, Supplier::get);
  }
}
