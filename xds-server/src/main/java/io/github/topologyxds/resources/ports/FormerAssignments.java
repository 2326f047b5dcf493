package io.github.topologyxds.resources.ports;

import com.google.common.collect.MapMaker;
import io.github.topologyxds.model.ServiceState;
import io.github.topologyxds.xds.resource.XdsResource;
import java.util.Optional;
import java.util.concurrent.ConcurrentMap;

/**
 * What load assignments were translated from that others have taken the place of: a client that has
 * not accepted the new one yet wants the old one explained. It is known for as long as a client has
 * the old one, and no longer: who has it holds the object, and here it is held weakly. Any thread.
 */
public final class FormerAssignments {
  /** By the object, not by its content. */
  private final ConcurrentMap<XdsResource, ServiceState> origins =
      new MapMaker().weakKeys().makeMap();

  /** A load assignment is not the latest any more. */
  void supersede(XdsResource assignment, ServiceState origin) {
    origins.put(assignment, origin);
  }

  /** The new one has turned out to be the same. */
  void stays(XdsResource assignment) {
    origins.remove(assignment);
  }

  /** Returns what it was translated from; empty when it is the latest, or was never ours. */
  public Optional<ServiceState> origin(XdsResource assignment) {
    return Optional.ofNullable(origins.get(assignment));
  }
}
