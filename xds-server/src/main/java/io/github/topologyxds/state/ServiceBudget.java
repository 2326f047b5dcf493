package io.github.topologyxds.state;

import io.github.topologyxds.model.ObjectName;
import io.github.topologyxds.model.ServiceModel;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Which Services there is room for. The oldest first; one that does not fit into what is left is
 * left out, and younger ones that do fit are served: so whoever comes with a huge Service is left
 * out himself, and no other. A pure function of what there is: equal on every replica and after
 * every restart, whatever the order of events.
 *
 * <p>Objects that are not served are held all the same, as they may be served later. So they are
 * counted first; a quarter of the budget stays for serving, however much they are.
 *
 * <p>Not thread-safe: owned by the state thread.
 */
public final class ServiceBudget {
  private static final int LEAST_SHARE = 4;

  /**
   * Of the heap. The rest is for streams, buffers, what is being read, and room for the collector.
   */
  private static final double SHARE_OF_HEAP = 0.6;

  private final long bytes;
  private final TreeMap<ServiceModel, Long> costs = new TreeMap<>(ServiceModel.BY_AGE);
  private final Map<ObjectName, ServiceModel> byName = new HashMap<>();
  private Set<ObjectName> leftOut = Set.of();
  private long total;

  /** One for the heap that this JVM was started with. */
  public static ServiceBudget ofHeap() {
    return new ServiceBudget((long) (SHARE_OF_HEAP * Runtime.getRuntime().maxMemory()));
  }

  /**
   * Begins without Services.
   *
   * @param bytes for everything together
   */
  public ServiceBudget(long bytes) {
    this.bytes = bytes;
  }

  /**
   * A Service is there, or different.
   *
   * @param cost of serving it, in bytes
   */
  public void put(ServiceModel service, long cost) {
    remove(service.name());
    byName.put(service.name(), service);
    costs.put(service, cost);
    total += cost;
  }

  /** A Service is gone, if it was there. */
  public void remove(ObjectName name) {
    ServiceModel before = byName.remove(name);
    Long cost = before == null ? null : costs.remove(before);
    total -= cost == null ? 0 : cost;
  }

  /**
   * Decides anew.
   *
   * @param held what all objects take, served or not, in bytes
   * @return the Services that were served and are left out now, or the other way round
   */
  public Set<ObjectName> settle(long held) {
    Set<ObjectName> before = leftOut;
    leftOut = excess(Math.max(bytes - held, bytes / LEAST_SHARE));
    Set<ObjectName> changed = new TreeSet<>(before);
    changed.removeAll(leftOut);
    leftOut.stream().filter(name -> !before.contains(name)).forEach(changed::add);
    return changed;
  }

  private Set<ObjectName> excess(long room) {
    Set<ObjectName> excess = new HashSet<>();
    if (total <= room) {
      return excess;
    }
    long used = 0;
    for (Map.Entry<ServiceModel, Long> entry : costs.entrySet()) {
      if (used + entry.getValue() <= room) {
        used += entry.getValue();
      } else {
        excess.add(entry.getKey().name());
      }
    }
    return excess;
  }

  /** Returns whether there is no room for this Service. */
  public boolean leavesOut(ObjectName service) {
    return leftOut.contains(service);
  }

  /** Returns how many Services there is no room for. */
  public int leftOut() {
    return leftOut.size();
  }

  /** Returns what serving all Services would take, in bytes. */
  public long wanted() {
    return total;
  }

  /** Returns what there is for everything together, in bytes. */
  public long bytes() {
    return bytes;
  }
}
