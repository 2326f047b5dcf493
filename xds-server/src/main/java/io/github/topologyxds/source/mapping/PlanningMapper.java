package io.github.topologyxds.source.mapping;

import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeStatus;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServicePort;
import io.fabric8.kubernetes.api.model.ServiceSpec;
import io.github.topologyxds.model.Family;
import io.github.topologyxds.model.NodeModel;
import io.github.topologyxds.model.ServiceModel;
import io.github.topologyxds.model.ServiceType;
import io.github.topologyxds.model.finding.ObjectKey;
import io.github.topologyxds.model.names.AnnotationNames;
import io.github.topologyxds.model.names.LabelNames;
import io.github.topologyxds.slices.DesiredPort;
import io.github.topologyxds.slices.DesiredService;
import io.github.topologyxds.slices.DesiredService.Trait;
import io.github.topologyxds.slices.TargetPort;
import io.github.topologyxds.slices.hints.HintWish;
import io.github.topologyxds.slices.observed.NodeCapacity;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The null rules of the parts of Services and Nodes that only planning reads. */
public final class PlanningMapper {
  private static final Set<String> CONTROL_PLANE_LABELS =
      Set.of(LabelNames.CONTROL_PLANE, LabelNames.MASTER);

  private PlanningMapper() {}

  /**
   * Returns the Service as its EndpointSlices are planned.
   *
   * @param model the same Service as routing reads it
   */
  public static DesiredService map(Service service, ServiceModel model) {
    ServiceSpec spec = Objects.requireNonNullElseGet(service.getSpec(), ServiceSpec::new);
    return new DesiredService(
        model.name(),
        KubernetesMapper.orEmpty(service.getMetadata().getUid()),
        texts(spec.getSelector()),
        ports(spec, ObjectKey.service(model.name())),
        families(model),
        hints(model),
        traits(service, spec, model));
  }

  private static Set<Trait> traits(Service service, ServiceSpec spec, ServiceModel model) {
    Map<String, String> annotations = KubernetesMapper.annotations(service.getMetadata());
    Set<Trait> traits = EnumSet.noneOf(Trait.class);
    if (model.type() == ServiceType.HEADLESS) {
      traits.add(Trait.HEADLESS);
    }
    if (model.type() == ServiceType.EXTERNAL_NAME) {
      traits.add(Trait.EXTERNAL);
    }
    if (Boolean.TRUE.equals(spec.getPublishNotReadyAddresses())) {
      traits.add(Trait.PUBLISHES_NOT_READY);
    }
    if (KubernetesMapper.value(annotations, AnnotationNames.MIRROR).equals("true")) {
      traits.add(Trait.MIRRORED);
    }
    if (service.getMetadata().getDeletionTimestamp() != null) {
      traits.add(Trait.DELETING);
    }
    return traits;
  }

  /** Auto by annotation before trafficDistribution (k8s.io/endpointslice 0.36.3, reconciler.go). */
  private static HintWish hints(ServiceModel model) {
    if (model.topology().auto()) {
      return HintWish.AUTO;
    }
    return switch (model.topology().trafficDistribution()) {
      case NONE -> HintWish.NONE;
      case PREFER_SAME_ZONE -> HintWish.OWN_ZONE;
      case PREFER_SAME_NODE -> HintWish.OWN_ZONE_AND_NODE;
    };
  }

  /**
   * As the EndpointSlice controller reads it (ES endpointslice utils.go,
   * getAddressTypesForService): ipFamilies, else those of the clusterIPs, else both.
   */
  private static List<Family> families(ServiceModel model) {
    Set<Family> families = new TreeSet<>(model.ipFamilies());
    if (families.isEmpty()) {
      model.clusterIps().forEach(ip -> families.add(Family.of(ip)));
    }
    return families.isEmpty() ? List.of(Family.values()) : List.copyOf(families);
  }

  /** What is odd about a port was said when the Service was mapped for routing. */
  private static List<DesiredPort> ports(ServiceSpec spec, ObjectKey service) {
    return PortMapper.SERVICE.map(
        spec.getPorts(),
        PortMapper.Field.of(new Remarks(service, Places.NOWHERE), "spec", "ports"),
        (port, common) ->
            new DesiredPort(
                common.name(),
                common.protocol(),
                KubernetesMapper.orEmpty(port.getAppProtocol()),
                target(port)));
  }

  /** The API server's default for a targetPort that is missing or 0 is the port itself. */
  private static TargetPort target(ServicePort port) {
    IntOrString target = port.getTargetPort();
    if (target != null && !KubernetesMapper.orEmpty(target.getStrVal()).isEmpty()) {
      return new TargetPort.Named(target.getStrVal());
    }
    int number =
        target == null || target.getIntVal() == null || target.getIntVal() == 0
            ? Objects.requireNonNullElse(port.getPort(), 0)
            : target.getIntVal();
    return new TargetPort.Numbered(number);
  }

  /**
   * Returns what a Node adds to its zone.
   *
   * @param model the same Node as routing reads it
   */
  public static NodeCapacity map(Node node, NodeModel model) {
    NodeStatus status = Objects.requireNonNullElseGet(node.getStatus(), NodeStatus::new);
    boolean ready =
        status.getConditions() != null
            && status.getConditions().stream()
                .anyMatch(c -> "Ready".equals(c.getType()) && "True".equals(c.getStatus()));
    Map<String, String> labels = KubernetesMapper.labels(node.getMetadata());
    return new NodeCapacity(
        model.name(),
        model.zone(),
        ready,
        CONTROL_PLANE_LABELS.stream().anyMatch(labels::containsKey),
        NodeCpu.milli(node));
  }

  /** Keys with a null value ("key:") have the value "". */
  static SortedMap<String, String> texts(@Nullable Map<String, String> map) {
    SortedMap<String, String> texts = new TreeMap<>();
    if (map != null) {
      map.keySet().forEach(key -> texts.put(key, KubernetesMapper.value(map, key)));
    }
    return Collections.unmodifiableSortedMap(texts);
  }
}
