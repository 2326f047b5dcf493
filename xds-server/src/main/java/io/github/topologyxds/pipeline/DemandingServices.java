package io.github.topologyxds.pipeline;

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
import java.util.stream.DoubleStream;
import org.jspecify.annotations.Nullable;

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
  private static final class Use {
    private final ServiceTranslation translation;
    private @Nullable Set<NearUse> near;
    private @Nullable OptionalDouble ratio;

    Use(ServiceTranslation translation) {
      this.translation = translation;
    }

    synchronized Set<NearUse> near() {
      if (near == null) {
        near = translation.nearUses();
      }
      return near;
    }

    synchronized OptionalDouble ratio() {
      if (ratio == null) {
        ratio = translation.nearRatio();
      }
      return ratio;
    }
  }

  /** A Service was translated with this demand. */
  void put(ServiceTranslation translation, Demand demand) {
    if (translation.demandMatters()) {
      demands.put(translation.service(), demand);
      uses.put(translation.service(), new Use(translation));
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
    return Maps.transformValues(uses, Use::near);
  }

  /**
   * Returns what the fullest endpoint of each carries, in means, where that is known. Any thread.
   */
  public DoubleStream nearRatios() {
    return uses.values().stream().map(Use::ratio).flatMapToDouble(OptionalDouble::stream);
  }
}
