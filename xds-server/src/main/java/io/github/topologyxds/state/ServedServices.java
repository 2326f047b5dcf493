package io.github.topologyxds.state;

import io.github.topologyxds.model.NodeModel;
import io.github.topologyxds.model.ObjectName;
import io.github.topologyxds.model.ServiceState;
import io.github.topologyxds.shifts.ShiftVerdict;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * What the Services that are served were translated from, for those who want it explained: the
 * objects themselves, which the state holds anyway. One thread writes ("state"); any thread reads.
 */
public final class ServedServices {
  private final ConcurrentSkipListMap<ObjectName, ServiceState> services =
      new ConcurrentSkipListMap<>();
  private volatile SortedMap<String, NodeModel> nodes = Collections.emptySortedMap();
  private volatile ShiftVerdict shifts = ShiftVerdict.NONE;
  private volatile long revision;

  /** A Service was translated from this. Owner: the state thread. */
  public void put(ServiceState state) {
    services.put(state.service().name(), state);
  }

  /** A Service is not served any more. Owner: the state thread. */
  public void remove(ObjectName name) {
    services.remove(name);
  }

  /** Nodes are these now. Owner: the state thread. */
  public void nodes(Map<String, NodeModel> now) {
    nodes = Collections.unmodifiableSortedMap(new TreeMap<>(now));
  }

  /** ZonalShifts come to this now. Owner: the state thread. */
  public void shifts(ShiftVerdict now) {
    shifts = now;
  }

  /** Returns what the ZonalShifts come to. */
  public ShiftVerdict shifts() {
    return shifts;
  }

  /** What was put or removed is in force now. Owner: the state thread. */
  @SuppressWarnings("NonAtomicVolatileUpdate") // one thread writes
  public void settled() {
    revision++;
  }

  /** Returns a number that grows whenever something else may be to be told. */
  public long revision() {
    return revision;
  }

  /** Returns the names of the Services, sorted. */
  public SortedSet<ObjectName> names() {
    return new TreeSet<>(services.keySet());
  }

  /** Returns what a Service was translated from; empty when there is none, or it is left out. */
  public Optional<ServiceState> service(ObjectName name) {
    return Optional.ofNullable(services.get(name));
  }

  /** Returns the Nodes by name. */
  public SortedMap<String, NodeModel> nodes() {
    return nodes;
  }
}
