package io.github.topologyxds.state.budget;

import io.github.topologyxds.model.ObjectName;
import io.github.topologyxds.topology.ports.ServiceSize;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How large the Services are, also those that are left out. One thread writes; any thread reads.
 */
public final class ServiceSizes {
  /** What has a limit. */
  public enum Measure {
    PORTS,
    PORT_ENDPOINTS,
    BYTES
  }

  /** The largest Service by some measure. */
  public record Largest(ObjectName service, long value) {}

  private record Size(int ports, long portEndpoints, long cost) {
    long of(Measure measure) {
      return switch (measure) {
        case PORTS -> ports;
        case PORT_ENDPOINTS -> portEndpoints;
        case BYTES -> cost;
      };
    }
  }

  private final Map<ObjectName, Size> sizes = new ConcurrentHashMap<>();
  private volatile long held;
  private volatile long wanted;
  private volatile int leftOut;
  private volatile long budget;

  /** A Service is new or different. */
  public void put(ObjectName service, ServiceSize size) {
    sizes.put(service, new Size(size.ports(), size.portEndpoints(), size.cost()));
  }

  /** A Service is gone. */
  public void remove(ObjectName service) {
    sizes.remove(service);
  }

  /**
   * The budget has been settled.
   *
   * @param heldBytes what the objects themselves take
   */
  public void settled(ServiceBudget by, long heldBytes) {
    held = heldBytes;
    wanted = by.wanted();
    leftOut = by.leftOut();
    budget = by.bytes();
  }

  /** Returns the largest Service, looking at all; empty when there is none. */
  public Optional<Largest> largest(Measure measure) {
    return sizes.entrySet().stream()
        .map(entry -> new Largest(entry.getKey(), entry.getValue().of(measure)))
        .max(Comparator.comparingLong(Largest::value).thenComparing(Largest::service));
  }

  /** Returns what all objects, and serving all Services, would take: computed, in bytes. */
  public long cost() {
    return held + wanted;
  }

  /** Returns what there is for that, in bytes; 0 before the first batch. */
  public long budget() {
    return budget;
  }

  /** Returns how many Services are left out because there is no room for them. */
  public int leftOut() {
    return leftOut;
  }
}
