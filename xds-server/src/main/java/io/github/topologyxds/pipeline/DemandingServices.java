package io.github.topologyxds.pipeline;

import io.github.topologyxds.model.Demand;
import io.github.topologyxds.model.ObjectName;
import io.github.topologyxds.xds.ServiceTranslation;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** The Services whose translation depends on the demand, and which that was. */
final class DemandingServices {
  // Owner: the state thread.
  private final Map<ObjectName, Demand> demands = new TreeMap<>();

  /** A Service was translated with this demand. */
  void put(ServiceTranslation translation, Demand demand) {
    if (translation.demandMatters()) {
      demands.put(translation.service(), demand);
    } else {
      demands.remove(translation.service());
    }
  }

  /** A Service is not served any more. */
  void remove(ObjectName service) {
    demands.remove(service);
  }

  /** Returns those whose demand is another one now. */
  List<ObjectName> differing(Function<ObjectName, Demand> now) {
    return demands.entrySet().stream()
        .filter(known -> !known.getValue().equals(now.apply(known.getKey())))
        .map(Map.Entry::getKey)
        .toList();
  }
}
