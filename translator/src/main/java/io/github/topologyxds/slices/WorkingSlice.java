package io.github.topologyxds.slices;

import io.github.topologyxds.slices.observed.ObservedSlice;
import io.github.topologyxds.slices.observed.PortSet;
import io.github.topologyxds.slices.observed.PublishedEndpoint;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A slice while it is planned; lives on one thread's stack. */
final class WorkingSlice {
  private final PortSet ports;
  private @Nullable ObservedSlice observed;
  private List<PublishedEndpoint> endpoints;
  private boolean changed;

  private WorkingSlice(
      PortSet ports, @Nullable ObservedSlice observed, List<PublishedEndpoint> endpoints) {
    this.ports = ports;
    this.observed = observed;
    this.endpoints = endpoints;
    this.changed = observed == null || !observed.endpoints().equals(endpoints);
  }

  static WorkingSlice existing(ObservedSlice observed, List<PublishedEndpoint> kept) {
    return new WorkingSlice(new PortSet(observed.ports()), observed, new ArrayList<>(kept));
  }

  static WorkingSlice created(PortSet ports) {
    return new WorkingSlice(ports, null, new ArrayList<>());
  }

  PortSet ports() {
    return ports;
  }

  /** Returns the slice that is to be changed; null for a new one. */
  @Nullable ObservedSlice observed() {
    return observed;
  }

  List<PublishedEndpoint> endpoints() {
    return endpoints;
  }

  /** Whether it has to be written whatever becomes of its hints. */
  boolean changed() {
    return changed;
  }

  void add(PublishedEndpoint endpoint) {
    endpoints.add(endpoint);
    changed = true;
  }

  /** Takes the place of a slice that would be deleted otherwise: one write instead of two. */
  void reuse(ObservedSlice emptied) {
    observed = emptied;
  }

  void hinted(List<PublishedEndpoint> withHints) {
    endpoints = withHints;
  }
}
