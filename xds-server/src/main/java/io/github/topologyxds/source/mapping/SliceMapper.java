package io.github.topologyxds.source.mapping;

import io.fabric8.kubernetes.api.model.discovery.v1.Endpoint;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointConditions;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointHints;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.api.model.discovery.v1.ForNode;
import io.fabric8.kubernetes.api.model.discovery.v1.ForZone;
import io.github.topologyxds.model.AddressType;
import io.github.topologyxds.model.EndpointModel;
import io.github.topologyxds.model.Hints;
import io.github.topologyxds.model.ObjectName;
import io.github.topologyxds.model.Readiness;
import io.github.topologyxds.model.SliceModel;
import io.github.topologyxds.model.SlicePort;
import io.github.topologyxds.model.finding.Finding;
import io.github.topologyxds.model.finding.Reason;
import io.github.topologyxds.model.names.DnsLabel;
import io.github.topologyxds.model.names.LabelNames;
import io.github.topologyxds.state.ModelObject;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The null rules of an EndpointSlice, as kube-proxy reads one (pkg/proxy/endpointslicecache.go).
 */
final class SliceMapper {
  private SliceMapper() {}

  static MappedObject map(ObjectName name, EndpointSlice slice, Remarks remarks) {
    String written = KubernetesMapper.orEmpty(slice.getAddressType());
    AddressType addressType =
        switch (written) {
          case "IPv4" -> AddressType.IPV4;
          case "IPv6" -> AddressType.IPV6;
          case "FQDN" -> AddressType.FQDN;
          default -> null;
        };
    if (addressType == null) {
      String what = written.isEmpty() ? "is missing" : "is \"" + Finding.quote(written) + "\"";
      return remarks.refuse(
          Reason.OBJECT_INVALID,
          "addressType " + what + "; allowed: IPv4, IPv6, FQDN",
          "addressType");
    }
    Map<String, String> labels = KubernetesMapper.labels(slice.getMetadata());
    String service = KubernetesMapper.value(labels, LabelNames.SERVICE_NAME);
    if (!service.isEmpty() && !DnsLabel.isValid(service)) {
      return remarks.refuse(
          Reason.NAME_INVALID,
          "the label "
              + LabelNames.SERVICE_NAME
              + " is \""
              + Finding.quote(service)
              + "\", which no Service can be called",
          "metadata",
          "labels",
          LabelNames.SERVICE_NAME);
    }
    SliceModel model =
        new SliceModel(
            name,
            new ObjectName(name.namespace(), service),
            addressType,
            labels.containsKey(LabelNames.HEADLESS),
            ports(slice, remarks),
            endpoints(slice));
    return new MappedObject.Accepted(new ModelObject.OfSlice(model), remarks.findings());
  }

  private static List<SlicePort> ports(EndpointSlice slice, Remarks remarks) {
    return PortMapper.SLICE.map(
        slice.getPorts(),
        PortMapper.Field.of(remarks, "ports"),
        (port, common) -> new SlicePort(common.name(), common.number(), common.protocol()));
  }

  /** The API server writes {@code endpoints: null} for a slice without any. */
  private static List<EndpointModel> endpoints(EndpointSlice slice) {
    return slice.getEndpoints() == null
        ? List.of()
        : slice.getEndpoints().stream()
            .filter(Objects::nonNull)
            .map(SliceMapper::endpoint)
            .toList();
  }

  private static EndpointModel endpoint(Endpoint endpoint) {
    List<String> addresses = endpoint.getAddresses();
    boolean none = addresses == null || addresses.isEmpty();
    return new EndpointModel(
        none ? "" : KubernetesMapper.orEmpty(addresses.getFirst()),
        KubernetesMapper.orEmpty(endpoint.getNodeName()),
        KubernetesMapper.orEmpty(endpoint.getZone()),
        KubernetesMapper.orEmpty(endpoint.getHostname()),
        endpoint.getTargetRef() == null
            ? ""
            : KubernetesMapper.orEmpty(endpoint.getTargetRef().getUid()),
        hints(endpoint.getHints()),
        readiness(endpoint.getConditions()));
  }

  private static Readiness readiness(@Nullable EndpointConditions conditions) {
    if (conditions == null) {
      return Readiness.READY;
    }
    Readiness readiness =
        new Readiness(
            !Boolean.FALSE.equals(conditions.getReady()),
            !Boolean.FALSE.equals(conditions.getServing()),
            Boolean.TRUE.equals(conditions.getTerminating()));
    return readiness.equals(Readiness.READY) ? Readiness.READY : readiness;
  }

  private static Hints hints(@Nullable EndpointHints written) {
    if (written == null) {
      return Hints.NONE;
    }
    Hints hints =
        new Hints(
            names(written.getForZones(), ForZone::getName),
            names(written.getForNodes(), ForNode::getName));
    return hints.isEmpty() ? Hints.NONE : hints;
  }

  /**
   * An empty list is no hint. The name "", which the API server lets through, is one: for
   * kube-proxy the endpoint has hints, and with us "" means "unknown" and matches nobody.
   */
  private static <T> SortedSet<String> names(
      @Nullable List<T> hints, Function<T, @Nullable String> name) {
    SortedSet<String> names = new TreeSet<>();
    if (hints != null) {
      for (T hint : hints) {
        names.add(hint == null ? "" : KubernetesMapper.orEmpty(name.apply(hint)));
      }
    }
    return Collections.unmodifiableSortedSet(names);
  }
}
