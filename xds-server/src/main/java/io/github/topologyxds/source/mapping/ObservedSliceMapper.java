package io.github.topologyxds.source.mapping;

import io.fabric8.kubernetes.api.model.ObjectReference;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.discovery.v1.Endpoint;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointConditions;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.github.topologyxds.model.Hints;
import io.github.topologyxds.model.SliceModel;
import io.github.topologyxds.model.finding.ObjectKey;
import io.github.topologyxds.slices.observed.Conditions;
import io.github.topologyxds.slices.observed.ObservedSlice;
import io.github.topologyxds.slices.observed.PublishedEndpoint;
import io.github.topologyxds.slices.observed.PublishedPort;
import io.github.topologyxds.slices.observed.TargetRef;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** An EndpointSlice as planning compares it: nothing that we would write is left out. */
public final class ObservedSliceMapper {
  private ObservedSliceMapper() {}

  /**
   * Maps.
   *
   * @param model the same slice as routing reads it
   */
  public static ObservedSlice map(EndpointSlice slice, SliceModel model) {
    return new ObservedSlice(
        new ObservedSlice.Identity(
            model.name(),
            KubernetesMapper.orEmpty(slice.getMetadata().getUid()),
            KubernetesMapper.orEmpty(slice.getMetadata().getResourceVersion())),
        PlanningMapper.texts(KubernetesMapper.labels(slice.getMetadata())),
        PlanningMapper.texts(KubernetesMapper.annotations(slice.getMetadata())),
        owner(slice),
        model.addressType(),
        ports(slice, ObjectKey.slice(model.name())),
        endpoints(slice, model));
  }

  private static ObservedSlice.@Nullable Owner owner(EndpointSlice slice) {
    List<OwnerReference> owners = slice.getMetadata().getOwnerReferences();
    if (owners == null) {
      return null;
    }
    for (OwnerReference owner : owners) {
      if (owner != null
          && "v1".equals(owner.getApiVersion())
          && "Service".equals(owner.getKind())) {
        return new ObservedSlice.Owner(
            KubernetesMapper.orEmpty(owner.getName()), KubernetesMapper.orEmpty(owner.getUid()));
      }
    }
    return null;
  }

  /** What is odd about a port was said when the slice was mapped for routing. */
  private static List<PublishedPort> ports(EndpointSlice slice, ObjectKey key) {
    return PortMapper.SLICE.map(
        slice.getPorts(),
        PortMapper.Field.of(new Remarks(key, Places.NOWHERE), "ports"),
        (port, common) ->
            new PublishedPort(
                common.name(),
                common.number(),
                common.protocol(),
                KubernetesMapper.orEmpty(port.getAppProtocol())));
  }

  private static List<PublishedEndpoint> endpoints(EndpointSlice slice, SliceModel model) {
    List<PublishedEndpoint> endpoints = new ArrayList<>();
    if (slice.getEndpoints() == null) {
      return endpoints;
    }
    for (Endpoint endpoint : slice.getEndpoints()) {
      if (endpoint != null) {
        // The routing model has the same endpoints in the same order, nulls left out.
        endpoints.add(endpoint(endpoint, model.endpoints().get(endpoints.size()).hints()));
      }
    }
    return endpoints;
  }

  private static PublishedEndpoint endpoint(Endpoint endpoint, Hints hints) {
    List<String> addresses =
        endpoint.getAddresses() == null
            ? List.of()
            : endpoint.getAddresses().stream().map(KubernetesMapper::orEmpty).toList();
    EndpointConditions conditions =
        Objects.requireNonNullElseGet(endpoint.getConditions(), EndpointConditions::new);
    return new PublishedEndpoint(
        addresses,
        new Conditions(conditions.getReady(), conditions.getServing(), conditions.getTerminating()),
        new PublishedEndpoint.Place(
            KubernetesMapper.orEmpty(endpoint.getHostname()),
            KubernetesMapper.orEmpty(endpoint.getNodeName()),
            KubernetesMapper.orEmpty(endpoint.getZone())),
        target(endpoint.getTargetRef()),
        hints);
  }

  static TargetRef target(@Nullable ObjectReference reference) {
    return reference == null
        ? TargetRef.NONE
        : new TargetRef(
            KubernetesMapper.orEmpty(reference.getKind()),
            KubernetesMapper.orEmpty(reference.getNamespace()),
            KubernetesMapper.orEmpty(reference.getName()),
            KubernetesMapper.orEmpty(reference.getUid()));
  }
}
