package io.github.topologyxds.source.mapping;

import io.fabric8.kubernetes.api.model.EndpointAddress;
import io.fabric8.kubernetes.api.model.EndpointPort;
import io.fabric8.kubernetes.api.model.EndpointSubset;
import io.fabric8.kubernetes.api.model.Endpoints;
import io.github.topologyxds.model.ObjectName;
import io.github.topologyxds.model.names.LabelNames;
import io.github.topologyxds.slices.observed.ExternalWorkload;
import io.github.topologyxds.slices.observed.LegacyEndpoints;
import io.github.topologyxds.slices.observed.PublishedPort;
import io.github.topologyxds.slices.observed.WorkloadPort;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The null rules of ExternalWorkloads and legacy Endpoints: where endpoints of ours come from. */
public final class WorkloadMapper {
  private WorkloadMapper() {}

  /**
   * Returns an ExternalWorkload as planning reads it.
   *
   * @param remarks hears of ports that are left out
   */
  public static ExternalWorkload map(
      ObjectName name, ExternalWorkloadObject object, Remarks remarks) {
    ExternalWorkloadObject.Spec spec =
        Objects.requireNonNullElseGet(object.spec(), ExternalWorkloadObject.Spec::new);
    List<String> addresses =
        spec.addresses == null
            ? List.of()
            : spec.addresses.stream().map(KubernetesMapper::orEmpty).toList();
    return new ExternalWorkload(
        name,
        KubernetesMapper.orEmpty(object.getMetadata().getUid()),
        PlanningMapper.texts(KubernetesMapper.labels(object.getMetadata())),
        addresses,
        ports(spec, remarks),
        KubernetesMapper.orEmpty(spec.zone),
        KubernetesMapper.orEmpty(spec.nodeName),
        KubernetesMapper.orEmpty(spec.hostname),
        ready(object.status()));
  }

  /** Nobody need check a workload's health: without a condition it is ready. */
  private static boolean ready(ExternalWorkloadObject.@Nullable Status status) {
    return status == null
        || status.conditions == null
        || status.conditions.stream()
            .filter(condition -> "Ready".equals(condition.getType()))
            .allMatch(condition -> "True".equals(condition.getStatus()));
  }

  private static List<WorkloadPort> ports(ExternalWorkloadObject.Spec spec, Remarks remarks) {
    return PortMapper.WORKLOAD.map(
        spec.ports,
        PortMapper.Field.of(remarks, "spec", "ports"),
        (port, common) -> new WorkloadPort(common.name(), common.number(), common.protocol()));
  }

  /**
   * Returns Endpoints as planning reads them.
   *
   * @param remarks hears of ports that are left out
   */
  public static LegacyEndpoints map(ObjectName name, Endpoints endpoints, Remarks remarks) {
    List<LegacyEndpoints.Subset> subsets = new ArrayList<>();
    List<EndpointSubset> written = endpoints.getSubsets();
    for (int i = 0; written != null && i < written.size(); i++) {
      EndpointSubset subset = written.get(i);
      if (subset != null) {
        PortMapper.Field field =
            PortMapper.Field.of(remarks, "subsets", String.valueOf(i), "ports");
        subsets.add(
            new LegacyEndpoints.Subset(
                addresses(subset.getAddresses()),
                addresses(subset.getNotReadyAddresses()),
                ports(subset.getPorts(), field)));
      }
    }
    String skip =
        KubernetesMapper.value(
            KubernetesMapper.labels(endpoints.getMetadata()), LabelNames.SKIP_MIRROR);
    return new LegacyEndpoints(name, skip.equals("true"), subsets);
  }

  private static List<LegacyEndpoints.Address> addresses(
      @Nullable List<EndpointAddress> addresses) {
    return addresses == null
        ? List.of()
        : addresses.stream()
            .filter(Objects::nonNull)
            .map(address ->
                new LegacyEndpoints.Address(
                    KubernetesMapper.orEmpty(address.getIp()),
                    KubernetesMapper.orEmpty(address.getHostname()),
                    KubernetesMapper.orEmpty(address.getNodeName()),
                    ObservedSliceMapper.target(address.getTargetRef())))
            .toList();
  }

  private static List<PublishedPort> ports(
      @Nullable List<EndpointPort> ports, PortMapper.Field field) {
    return PortMapper.ENDPOINTS.map(
        ports,
        field,
        (port, common) ->
            new PublishedPort(
                common.name(),
                common.number(),
                common.protocol(),
                KubernetesMapper.orEmpty(port.getAppProtocol())));
  }
}
