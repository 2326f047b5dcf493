package io.github.topologyxds.source.mapping;

import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.api.model.networking.v1.ServiceCIDR;
import io.github.topologyxds.model.NamespaceModel;
import io.github.topologyxds.model.NodeModel;
import io.github.topologyxds.model.ObjectKind;
import io.github.topologyxds.model.ObjectName;
import io.github.topologyxds.model.TrafficAnnotations;
import io.github.topologyxds.model.finding.Finding;
import io.github.topologyxds.model.finding.ObjectKey;
import io.github.topologyxds.model.finding.Reason;
import io.github.topologyxds.model.names.AnnotationNames;
import io.github.topologyxds.model.names.DnsLabel;
import io.github.topologyxds.model.names.DnsSubdomain;
import io.github.topologyxds.model.names.LabelNames;
import io.github.topologyxds.model.names.LabelValue;
import io.github.topologyxds.state.ModelObject;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * fabric8's objects to ours. Every null rule of the Kubernetes API lives here and in the two
 * mappers that this one calls (read in kube-proxy 1.36.3, pkg/proxy, and the API's defaults); after
 * it, nothing is null. An object whose name no API server would take is refused.
 */
public final class KubernetesMapper {
  private static final String LABEL = "a DNS label of at most 63 characters";
  private static final String DEFAULT_NAMESPACE = "default";

  private KubernetesMapper() {}

  /** Returns the Service as routing reads it, or why it is not used. */
  public static MappedObject map(Service service) {
    return map(service, Places.NOWHERE);
  }

  /**
   * Returns the Service as routing reads it, or why it is not used.
   *
   * @param places where its fields stand in a file
   */
  public static MappedObject map(Service service, Places places) {
    Identity identity = namespaced(ObjectKind.SERVICE, service.getMetadata());
    Remarks remarks = identity.remarks(places);
    NameFault fault = identity.fault(DnsLabel::isValid, LABEL);
    return fault == null
        ? ServiceMapper.map(identity.name(), service, remarks)
        : fault.refuse(remarks);
  }

  /** Returns the EndpointSlice as routing reads it, or why it is not used. */
  public static MappedObject map(EndpointSlice slice) {
    return map(slice, Places.NOWHERE);
  }

  /**
   * Returns the EndpointSlice as routing reads it, or why it is not used.
   *
   * @param places where its fields stand in a file
   */
  public static MappedObject map(EndpointSlice slice, Places places) {
    Identity identity = namespaced(ObjectKind.SLICE, slice.getMetadata());
    Remarks remarks = identity.remarks(places);
    NameFault fault = identity.fault(DnsSubdomain::isValid, "a DNS subdomain");
    return fault == null ? SliceMapper.map(identity.name(), slice, remarks) : fault.refuse(remarks);
  }

  /** Returns the Node as routing reads it, or why it is not used. */
  public static MappedObject map(Node node) {
    return map(node, Places.NOWHERE);
  }

  /**
   * Returns the Node as routing reads it, or why it is not used.
   *
   * @param places where its fields stand in a file
   */
  public static MappedObject map(Node node, Places places) {
    Identity identity = clusterScoped(ObjectKind.NODE, node.getMetadata());
    Remarks remarks = identity.remarks(places);
    NameFault fault = identity.fault(DnsSubdomain::isValid, "a DNS subdomain");
    if (fault != null) {
      return fault.refuse(remarks);
    }
    Map<String, String> labels = labels(node.getMetadata());
    NodeModel model =
        new NodeModel(
            identity.name().name(),
            place(labels, LabelNames.ZONE, remarks),
            place(labels, LabelNames.REGION, remarks),
            NodeCpu.milli(node));
    return new MappedObject.Accepted(new ModelObject.OfNode(model), remarks.findings());
  }

  /** The API server takes nothing else for a label; a file may hold anything. */
  private static String place(Map<String, String> labels, String label, Remarks remarks) {
    String place = value(labels, label);
    if (place.isEmpty() || LabelValue.isValid(place)) {
      return place;
    }
    remarks.add(
        Reason.ZONE_INVALID,
        label + " \"" + Finding.quote(place) + "\" is no label value and counts as unknown",
        "metadata",
        "labels",
        label);
    return "";
  }

  /**
   * Returns the Namespace as routing reads it, or why it is not used.
   *
   * @param places where its fields stand in a file
   */
  public static MappedObject map(Namespace namespace, Places places) {
    Identity identity = clusterScoped(ObjectKind.NAMESPACE, namespace.getMetadata());
    Remarks remarks = identity.remarks(places);
    NameFault fault = identity.fault(DnsLabel::isValid, LABEL);
    if (fault != null) {
      return fault.refuse(remarks);
    }
    Map<String, String> annotations = annotations(namespace.getMetadata());
    NamespaceModel model =
        new NamespaceModel(
            identity.name().name(),
            value(annotations, AnnotationNames.PREFERENCE),
            value(annotations, AnnotationNames.NOT_READY),
            traffic(annotations));
    return new MappedObject.Accepted(new ModelObject.OfNamespace(model), remarks.findings());
  }

  /**
   * Returns the ZonalShift as routing reads it, or why it is not used.
   *
   * @param places where its fields stand in a file
   */
  public static MappedObject map(ZonalShiftObject shift, Places places) {
    Identity identity = clusterScoped(ObjectKind.ZONAL_SHIFT, shift.getMetadata());
    Remarks remarks = identity.remarks(places);
    NameFault fault = identity.fault(DnsSubdomain::isValid, "a DNS subdomain");
    return fault == null
        ? ZonalShiftMapper.map(identity.name(), shift, remarks)
        : fault.refuse(remarks);
  }

  /**
   * Returns the ranges that a ServiceCIDR announces, or why it is not used.
   *
   * @param places where its fields stand in a file
   */
  public static MappedObject map(ServiceCIDR cidr, Places places) {
    Identity identity = clusterScoped(ObjectKind.SERVICE_CIDR, cidr.getMetadata());
    Remarks remarks = identity.remarks(places);
    NameFault fault = identity.fault(DnsSubdomain::isValid, "a DNS subdomain");
    return fault == null
        ? ServiceCidrMapper.map(identity.name(), cidr, remarks)
        : fault.refuse(remarks);
  }

  /**
   * Our annotations about how traffic is spread and who sees it; most objects have none and share
   * that.
   */
  static TrafficAnnotations traffic(Map<String, String> annotations) {
    TrafficAnnotations written =
        new TrafficAnnotations(
            value(annotations, AnnotationNames.FAILOVER),
            value(annotations, AnnotationNames.ZONE_WEIGHTS),
            value(annotations, AnnotationNames.SPILL_BELOW),
            value(annotations, AnnotationNames.BALANCE),
            value(annotations, AnnotationNames.OVERLOAD_THRESHOLD),
            value(annotations, AnnotationNames.ZONAL_SHIFT),
            value(annotations, AnnotationNames.MAX_CONNECTION_AGE),
            value(annotations, AnnotationNames.VISIBLE_TO));
    return written.equals(TrafficAnnotations.NONE) ? TrafficAnnotations.NONE : written;
  }

  static Map<String, String> labels(@Nullable ObjectMeta metadata) {
    Map<String, String> labels = metadata == null ? null : metadata.getLabels();
    return labels == null ? Map.of() : labels;
  }

  static Map<String, String> annotations(@Nullable ObjectMeta metadata) {
    Map<String, String> annotations = metadata == null ? null : metadata.getAnnotations();
    return annotations == null ? Map.of() : annotations;
  }

  /**
   * Returns the value of a label or annotation; a key with a null value ("key:") has the value "".
   */
  static String value(Map<String, String> labels, String key) {
    return orEmpty(labels.get(key));
  }

  /** Returns the text; "" for null. */
  public static String orEmpty(@Nullable String text) {
    return Objects.requireNonNullElse(text, "");
  }

  private static Identity namespaced(ObjectKind kind, @Nullable ObjectMeta metadata) {
    String namespace = metadata == null ? "" : orEmpty(metadata.getNamespace());
    String name = metadata == null ? "" : orEmpty(metadata.getName());
    return new Identity(
        kind, new ObjectName(namespace.isEmpty() ? DEFAULT_NAMESPACE : namespace, name));
  }

  private static Identity clusterScoped(ObjectKind kind, @Nullable ObjectMeta metadata) {
    return new Identity(
        kind, new ObjectName("", metadata == null ? "" : orEmpty(metadata.getName())));
  }

  /** The name of an object as written, not yet checked. */
  private record Identity(ObjectKind kind, ObjectName name) {
    Remarks remarks(Places places) {
      return new Remarks(new ObjectKey(kind, name), places);
    }

    /** Returns what is wrong with the name, null when nothing is. */
    @Nullable NameFault fault(Predicate<String> valid, String allowed) {
      if (!name.namespace().isEmpty() && !DnsLabel.isValid(name.namespace())) {
        return new NameFault(
            "namespace", " \"" + Finding.quote(name.namespace()) + "\" is not " + LABEL);
      }
      if (name.name().isEmpty()) {
        return new NameFault("name", " is missing");
      }
      return valid.test(name.name())
          ? null
          : new NameFault("name", " \"" + Finding.quote(name.name()) + "\" is not " + allowed);
    }
  }

  /** What is wrong with a field of the metadata. */
  private record NameFault(String field, String what) {
    MappedObject refuse(Remarks remarks) {
      return remarks.refuse(Reason.NAME_INVALID, "metadata." + field + what, "metadata", field);
    }
  }
}
