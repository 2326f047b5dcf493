package io.github.topologyxds.state.budget;

import io.github.topologyxds.model.ObjectName;
import io.github.topologyxds.model.ServiceModel;
import io.github.topologyxds.model.finding.Reason;
import io.github.topologyxds.topology.settings.ServiceLimits;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Which Services there is room for. The oldest first; one that does not fit into what is left is
 * left out, and younger ones that do fit are served: so whoever comes with a huge Service is left
 * out himself, and no other. A pure function of what there is: equal on every replica and after
 * every restart, whatever the order of events.
 *
 * <p>Objects that are not served are held all the same, as they may be served later. A Service is
 * charged for its own; what a newcomer brings and is left out with takes nothing from those who
 * were there before, until all that is held leaves less room than the heap has. Then serving gets
 * what is left, and a quarter of the budget in any case.
 *
 * <p>Not thread-safe: owned by the state thread.
 */
public final class ServiceBudget {
  /**
   * Clusters that are served at most, and so names of one type that a stream may ask for: a client
   * that wants all must be able to ask for all. Five ports of each of the 10,000 Services that a
   * Kubernetes cluster may have are as many.
   */
  public static final int NAMES = 50_000;

  /**
   * The most characters of all cluster names together. A client that asks for more could not do so
   * in one request.
   */
  public static final long NAME_CHARACTERS = 4 << 20;

  private static final int LEAST_SHARE = 4;

  /**
   * Of the heap. The rest is for streams, buffers, what is being read, and room for the collector.
   */
  private static final double SHARE_OF_HEAP = 0.6;

  private final long bytes;
  private final ServiceLimits.OfNamespace limits;

  /** Of the budget: so far it may be exceeded by objects of Services that are left out. */
  private static final double WITH_WHAT_IS_LEFT_OUT = 1.25;

  private final TreeMap<ServiceModel, ServingCost> costs = new TreeMap<>(ServiceModel.BY_AGE);
  private final Map<ObjectName, ServiceModel> byName = new HashMap<>();
  private Map<ObjectName, Reason> leftOut = Map.of();
  private ServingCost total = ServingCost.NONE;
  private final Map<String, ServingCost> byNamespace = new HashMap<>();

  /** Namespaces of which there is more than is served of one. */
  private final Set<String> beyond = new HashSet<>();

  /** One for the heap that this JVM was started with, with the usual limits of a Namespace. */
  public static ServiceBudget ofHeap() {
    return ofHeap(ServiceLimits.DEFAULT.namespace());
  }

  /** One for the heap that this JVM was started with. */
  public static ServiceBudget ofHeap(ServiceLimits.OfNamespace limits) {
    return new ServiceBudget((long) (SHARE_OF_HEAP * Runtime.getRuntime().maxMemory()), limits);
  }

  /**
   * Begins without Services.
   *
   * @param bytes for everything together
   * @param limits of the Services of one Namespace
   */
  public ServiceBudget(long bytes, ServiceLimits.OfNamespace limits) {
    this.bytes = bytes;
    this.limits = limits;
  }

  /** A Service is there, or different. */
  public void put(ServiceModel service, ServingCost cost) {
    remove(service.name());
    byName.put(service.name(), service);
    costs.put(service, cost);
    charge(service.name().namespace(), cost);
  }

  /** A Service is gone, if it was there. */
  public void remove(ObjectName name) {
    ServiceModel before = byName.remove(name);
    ServingCost cost = before == null ? null : costs.remove(before);
    if (cost != null) {
      charge(name.namespace(), ServingCost.NONE.minus(cost));
    }
  }

  private void charge(String namespace, ServingCost more) {
    total = total.plus(more);
    ServingCost now = byNamespace.merge(namespace, more, ServingCost::plus);
    if (now.equals(ServingCost.NONE)) {
      byNamespace.remove(namespace);
    }
    if (now.within(limits)) {
      beyond.remove(namespace);
    } else {
      beyond.add(namespace);
    }
  }

  /**
   * Decides anew.
   *
   * @param held what all objects take, served or not, in bytes
   * @return the Services that were served and are left out now, or the other way round
   */
  public Set<ObjectName> settle(long held) {
    Map<ObjectName, Reason> before = leftOut;
    leftOut = excess(Math.max((long) (bytes * WITH_WHAT_IS_LEFT_OUT) - held, bytes / LEAST_SHARE));
    Set<ObjectName> changed = new TreeSet<>(before.keySet());
    changed.addAll(leftOut.keySet());
    changed.removeIf(name -> before.get(name) == leftOut.get(name));
    return changed;
  }

  /** Returns whom there is no room for where serving may take so many bytes. */
  private Map<ObjectName, Reason> excess(long forServing) {
    if (beyond.isEmpty() && lacking(total, forServing) == null) {
      return Map.of();
    }
    Map<ObjectName, Reason> excess = new HashMap<>();
    ServingCost used = ServingCost.NONE;
    Map<String, ServingCost> usedBy = new HashMap<>();
    for (Map.Entry<ServiceModel, ServingCost> entry : costs.entrySet()) {
      ObjectName name = entry.getKey().name();
      ServingCost with = used.plus(entry.getValue());
      ServingCost own =
          beyond.contains(name.namespace())
              ? usedBy.getOrDefault(name.namespace(), ServingCost.NONE).plus(entry.getValue())
              : ServingCost.NONE;
      Reason reason = own.within(limits) ? lacking(with, forServing) : Reason.NAMESPACE_LIMIT;
      if (reason != null) {
        excess.put(name, reason);
      } else {
        used = with;
        usedBy.put(name.namespace(), own);
      }
    }
    return excess;
  }

  /** Returns what there would be too little of with all that; null: nothing. */
  private @Nullable Reason lacking(ServingCost with, long forServing) {
    if (with.names() > NAMES || with.characters() > NAME_CHARACTERS) {
      return Reason.CLUSTERS_LIMIT;
    }
    return with.held() + with.serving() > bytes || with.serving() > forServing
        ? Reason.MEMORY_BUDGET
        : null;
  }

  /** Returns whether there is no room for this Service. */
  public boolean leavesOut(ObjectName service) {
    return leftOut.containsKey(service);
  }

  /** Returns what there is too little of for a Service that is left out. */
  public Optional<Reason> lacking(ObjectName service) {
    return Optional.ofNullable(leftOut.get(service));
  }

  /** Returns how many Services there is no room for. */
  public int leftOut() {
    return leftOut.size();
  }

  /** Returns what serving all Services would take, in bytes. */
  public long wanted() {
    return total.serving();
  }

  /** Returns what there is for everything together, in bytes. */
  public long bytes() {
    return bytes;
  }
}
