package io.github.topologyxds.model;

import io.github.topologyxds.model.shift.ShiftedZones;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * All that the translation of one Service depends on. Equal states give equal bytes.
 *
 * @param namespace the Service's Namespace; null when it is not known (files need not hold it)
 * @param slices the slices of all managers that name this Service, sorted by name
 * @param seenReady the {@link EndpointModel#readinessKey()}s of endpoints that were ready before
 * @param topology where the Nodes are
 * @param demand where its requests come from
 * @param shifts the zones that traffic keeps away from
 */
public record ServiceState(
    ServiceModel service,
    @Nullable NamespaceModel namespace,
    List<SliceModel> slices,
    Set<String> seenReady,
    ClusterTopology topology,
    Demand demand,
    ShiftedZones shifts) {
  public ServiceState {
    slices = List.copyOf(slices);
  }

  /** One whose demand is not known, where all zones get their share. */
  public ServiceState(
      ServiceModel service,
      @Nullable NamespaceModel namespace,
      List<SliceModel> slices,
      Set<String> seenReady,
      ClusterTopology topology) {
    this(service, namespace, slices, seenReady, topology, Demand.UNKNOWN, ShiftedZones.NONE);
  }

  /** Returns the same with another specification of the Service. */
  public ServiceState with(ServiceModel other) {
    return new ServiceState(other, namespace, slices, seenReady, topology, demand, shifts);
  }

  /** Returns the same with other slices. */
  public ServiceState withSlices(List<SliceModel> other) {
    return new ServiceState(service, namespace, other, seenReady, topology, demand, shifts);
  }

  /** Returns the same with other endpoints that were ready before. */
  public ServiceState withSeenReady(Set<String> other) {
    return new ServiceState(service, namespace, slices, other, topology, demand, shifts);
  }

  /** Returns the same with another demand. */
  public ServiceState with(Demand other) {
    return new ServiceState(service, namespace, slices, seenReady, topology, other, shifts);
  }

  /** Returns the same where traffic keeps away from other zones. */
  public ServiceState with(ShiftedZones other) {
    return new ServiceState(service, namespace, slices, seenReady, topology, demand, other);
  }
}
