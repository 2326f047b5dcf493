package io.github.topologyxds.source.mapping;

import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceSpec;
import io.github.topologyxds.model.Family;
import io.github.topologyxds.model.ObjectName;
import io.github.topologyxds.model.ServiceModel;
import io.github.topologyxds.model.ServicePort;
import io.github.topologyxds.model.ServiceTopology;
import io.github.topologyxds.model.ServiceType;
import io.github.topologyxds.model.TrafficDistribution;
import io.github.topologyxds.model.names.AnnotationNames;
import io.github.topologyxds.state.ModelObject;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The null rules of a Service. */
final class ServiceMapper {
  private static final String NONE = "None";

  private ServiceMapper() {}

  static MappedObject map(ObjectName name, Service service, Remarks remarks) {
    ServiceSpec spec = Objects.requireNonNullElseGet(service.getSpec(), ServiceSpec::new);
    ServiceType type = type(spec, remarks);
    ServiceModel model =
        new ServiceModel(
            name,
            type,
            type == ServiceType.CLUSTER_IP ? clusterIps(spec) : List.of(),
            ipFamilies(spec, remarks),
            ports(spec, remarks),
            topology(spec, KubernetesMapper.annotations(service.getMetadata()), remarks),
            clientIpAffinity(spec, remarks),
            created(service.getMetadata(), remarks),
            type == ServiceType.EXTERNAL_NAME
                ? KubernetesMapper.orEmpty(spec.getExternalName())
                : "");
    return new MappedObject.Accepted(new ModelObject.OfService(model), remarks.findings());
  }

  private static ServiceType type(ServiceSpec spec, Remarks remarks) {
    String type = KubernetesMapper.orEmpty(spec.getType());
    switch (type) {
      case "ExternalName" -> {
        return ServiceType.EXTERNAL_NAME;
      }
      case "", "ClusterIP", "NodePort", "LoadBalancer" -> {}
      default ->
          remarks.addUnknownValue(
              type,
              "allowed: ClusterIP, NodePort, LoadBalancer, ExternalName; ClusterIP is assumed",
              "spec",
              "type");
    }
    boolean headless = NONE.equals(spec.getClusterIP()) || writtenIps(spec).contains(NONE);
    return headless ? ServiceType.HEADLESS : ServiceType.CLUSTER_IP;
  }

  /** {@code clusterIPs} defaults to {@code [clusterIP]}; "" is "not allocated yet". */
  private static List<String> clusterIps(ServiceSpec spec) {
    List<String> ips = writtenIps(spec).stream().filter(ip -> !ip.isEmpty()).toList();
    String clusterIp = KubernetesMapper.orEmpty(spec.getClusterIP());
    return ips.isEmpty() && !clusterIp.isEmpty() ? List.of(clusterIp) : ips;
  }

  private static List<String> writtenIps(ServiceSpec spec) {
    return spec.getClusterIPs() == null
        ? List.of()
        : spec.getClusterIPs().stream().map(KubernetesMapper::orEmpty).toList();
  }

  /** What is not written stays empty: the API server's choice depends on its cluster. */
  private static List<Family> ipFamilies(ServiceSpec spec, Remarks remarks) {
    List<Family> families = new ArrayList<>();
    if (spec.getIpFamilies() == null) {
      return families;
    }
    for (String written : spec.getIpFamilies()) {
      switch (KubernetesMapper.orEmpty(written)) {
        case "IPv4" -> families.add(Family.IPV4);
        case "IPv6" -> families.add(Family.IPV6);
        default ->
            remarks.addUnknownValue(
                KubernetesMapper.orEmpty(written),
                "allowed: IPv4, IPv6; it is ignored",
                "spec",
                "ipFamilies");
      }
    }
    return families;
  }

  private static List<ServicePort> ports(ServiceSpec spec, Remarks remarks) {
    return PortMapper.SERVICE.map(
        spec.getPorts(),
        PortMapper.Field.of(remarks, "spec", "ports"),
        (port, common) ->
            new ServicePort(
                common.name(),
                common.number(),
                common.protocol(),
                KubernetesMapper.orEmpty(port.getAppProtocol())));
  }

  private static ServiceTopology topology(
      ServiceSpec spec, Map<String, String> annotations, Remarks remarks) {
    return new ServiceTopology(
        trafficDistribution(spec, remarks),
        auto(annotations),
        localOnly(spec, remarks),
        KubernetesMapper.value(annotations, AnnotationNames.PREFERENCE),
        KubernetesMapper.value(annotations, AnnotationNames.NOT_READY),
        KubernetesMapper.traffic(annotations));
  }

  /**
   * The older key wins by being there, whatever it says; only two spellings count
   * (k8s.io/endpointslice 0.36.3, utils.go).
   */
  private static boolean auto(Map<String, String> annotations) {
    String key =
        annotations.containsKey(AnnotationNames.TOPOLOGY_AWARE_HINTS)
            ? AnnotationNames.TOPOLOGY_AWARE_HINTS
            : AnnotationNames.TOPOLOGY_MODE;
    String value = KubernetesMapper.value(annotations, key);
    return value.equals("Auto") || value.equals("auto");
  }

  private static TrafficDistribution trafficDistribution(ServiceSpec spec, Remarks remarks) {
    String written = KubernetesMapper.orEmpty(spec.getTrafficDistribution());
    return switch (written) {
      case "" -> TrafficDistribution.NONE;
      // PreferClose is the old name (KEP-3015).
      case "PreferClose", "PreferSameZone" -> TrafficDistribution.PREFER_SAME_ZONE;
      case "PreferSameNode" -> TrafficDistribution.PREFER_SAME_NODE;
      default -> {
        remarks.addUnknownValue(
            written,
            "allowed: PreferSameZone, PreferSameNode, PreferClose; it is ignored",
            "spec",
            "trafficDistribution");
        yield TrafficDistribution.NONE;
      }
    };
  }

  private static boolean localOnly(ServiceSpec spec, Remarks remarks) {
    String written = KubernetesMapper.orEmpty(spec.getInternalTrafficPolicy());
    return switch (written) {
      case "Local" -> true;
      case "", "Cluster" -> false;
      default -> {
        remarks.addUnknownValue(
            written,
            "allowed: Cluster, Local; Cluster is assumed",
            "spec",
            "internalTrafficPolicy");
        yield false;
      }
    };
  }

  /** RFC 3339, as the API server writes it. */
  private static long created(@Nullable ObjectMeta metadata, Remarks remarks) {
    String written =
        metadata == null ? "" : KubernetesMapper.orEmpty(metadata.getCreationTimestamp());
    if (written.isEmpty()) {
      return ServiceModel.AGE_UNKNOWN;
    }
    try {
      return OffsetDateTime.parse(written).toEpochSecond();
    } catch (DateTimeParseException e) {
      remarks.addUnknownValue(
          "metadata.creationTimestamp",
          written,
          "allowed: a time like 2026-01-31T08:00:00Z; the Service counts as the youngest");
      return ServiceModel.AGE_UNKNOWN;
    }
  }

  private static boolean clientIpAffinity(ServiceSpec spec, Remarks remarks) {
    String written = KubernetesMapper.orEmpty(spec.getSessionAffinity());
    return switch (written) {
      case "ClientIP" -> true;
      case "", NONE -> false;
      default -> {
        remarks.addUnknownValue(
            written, "allowed: None, ClientIP; None is assumed", "spec", "sessionAffinity");
        yield false;
      }
    };
  }
}
