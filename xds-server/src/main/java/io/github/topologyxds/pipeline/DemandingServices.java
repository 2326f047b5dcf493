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
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.DoubleStream;

/** The Services whose translation depends on the demand, and which that was. */
public final class DemandingServices {
  // Owner: the state thread.
  private final Map<ObjectName, Demand> demands = new TreeMap<>();

  /**
   * Written by the state thread, read by any. Worked out when somebody asks, and once: it takes a
   * walk over the endpoints of each port, which no push waits for.
   */
  private final NavigableMap<ObjectName, Use> uses = new ConcurrentSkipListMap<>();

  /** How a Service uses the demand, and what its fullest endpoint carries by it. */
  private record Use(Supplier<Set<NearUse>> near, Supplier<OptionalDouble> ratio) {}

  /** A Service was translated with this demand. */
  void put(ServiceTranslation translation, Demand demand) {
    if (translation.demandMatters()) {
      demands.put(translation.service(), demand);
      uses.put(
          translation.service(),
          new Use(
              Suppliers.memoize(translation::nearUses), Suppliers.memoize(translation::nearRatio)));
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
    return Maps.transformValues(uses, use -> use.near().get());
  }

  /**
   * Returns what the fullest endpoint of each carries, in means, where that is known. Any thread.
   */
  public DoubleStream nearRatios() {
    return uses.values().stream()
        .map(use -> use.ratio().get())
        .flatMapToDouble(OptionalDouble::stream);
  }
}
