package io.github.topologyxds.resources.ports;

import io.github.topologyxds.xds.PortTranslation;
import java.util.Collection;
import java.util.Collections;
import java.util.NavigableSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * All service ports that are served, by the name of their cluster. One thread writes, any reads.
 */
public final class PortTable {
  private final FormerAssignments former = new FormerAssignments();

  private final ConcurrentHashMap<String, PortResources> ports = new ConcurrentHashMap<>();

  /** The keys of {@code ports}, in order. A lookup there costs a tenth of one here. */
  private final ConcurrentSkipListSet<String> names = new ConcurrentSkipListSet<>();

  /** How many ports there are of which clients on different Nodes may see different endpoints. */
  private final AtomicInteger byNode = new AtomicInteger();

  /** Returns what is known of load assignments that others have taken the place of. */
  public FormerAssignments former() {
    return former;
  }

  /** Puts a port in place of what was there; returns whether any client's cluster is another. */
  public boolean put(PortTranslation port, PortRecords.OfService records) {
    String name = port.cluster().name();
    PortResources replaced = ports.get(name);
    PortResources next = new PortResources(port, replaced, records, former);
    byNode.addAndGet(next.byNode() ? 1 : 0);
    ports.put(name, next);
    byNode.addAndGet(replaced != null && replaced.byNode() ? -1 : 0);
    names.add(name);
    return replaced == null || !next.isClusterOf(replaced);
  }

  /** These are not served any more. */
  public void removeAll(Set<String> gone) {
    names.removeAll(gone);
    for (String name : gone) {
      PortResources removed = ports.remove(name);
      byNode.addAndGet(removed != null && removed.byNode() ? -1 : 0);
      if (removed != null) {
        removed.retire();
      }
    }
  }

  /** Returns the port of a cluster; null when there is none of that name. */
  public @Nullable PortResources get(String clusterName) {
    return ports.get(clusterName);
  }

  /** Returns all ports, in no order. */
  public Collection<PortResources> all() {
    return ports.values();
  }

  /** Returns the names of all clusters, sorted. */
  public NavigableSet<String> names() {
    return Collections.unmodifiableNavigableSet(names);
  }

  /** Returns whether there is any port of which a client's Node matters beside its zone. */
  public boolean anyNodeMatters() {
    return byNode.get() > 0;
  }
}
