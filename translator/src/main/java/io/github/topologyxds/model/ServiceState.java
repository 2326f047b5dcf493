package io.github.topologyxds.model;

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
 */
public record ServiceState(
    ServiceModel service,
    @Nullable NamespaceModel namespace,
    List<SliceModel> slices,
    Set<String> seenReady,
    ClusterTopology topology) {
  public ServiceState {
    slices = List.copyOf(slices);
  }

  /** Returns the same with other slices. */
  public ServiceState with(List<SliceModel> others) {
    return new ServiceState(service, namespace, others, seenReady, topology);
  }

  /** Returns the same with another specification of the Service. */
  public ServiceState with(ServiceModel other) {
    return new ServiceState(other, namespace, slices, seenReady, topology);
  }
}
