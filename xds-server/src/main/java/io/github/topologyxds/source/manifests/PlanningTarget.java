package io.github.topologyxds.source.manifests;

import io.fabric8.kubernetes.api.model.Endpoints;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.github.topologyxds.model.ObjectName;
import io.github.topologyxds.model.finding.Finding;
import io.github.topologyxds.model.finding.ObjectKey;
import io.github.topologyxds.model.finding.Reason;
import io.github.topologyxds.model.names.DnsLabel;
import io.github.topologyxds.model.names.DnsSubdomain;
import io.github.topologyxds.slices.ClusterPlanner;
import io.github.topologyxds.slices.DesiredService;
import io.github.topologyxds.slices.observed.ExternalWorkload;
import io.github.topologyxds.slices.observed.LegacyEndpoints;
import io.github.topologyxds.slices.observed.NodeCapacity;
import io.github.topologyxds.slices.observed.ObservedSlice;
import io.github.topologyxds.source.mapping.ExternalWorkloadObject;
import io.github.topologyxds.source.mapping.KubernetesMapper;
import io.github.topologyxds.source.mapping.MappedObject;
import io.github.topologyxds.source.mapping.ObservedSliceMapper;
import io.github.topologyxds.source.mapping.PlanningMapper;
import io.github.topologyxds.source.mapping.ReadableKind;
import io.github.topologyxds.source.mapping.Remarks;
import io.github.topologyxds.source.mapping.WorkloadMapper;
import io.github.topologyxds.state.ModelObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import tools.jackson.databind.json.JsonMapper;

/** Collects what planning reads; lives on one thread's stack. */
public final class PlanningTarget implements ObjectTarget {
  private static final JsonMapper BINDER = JsonMapper.builder().build();

  private final List<DesiredService> services = new ArrayList<>();
  private final List<ExternalWorkload> workloads = new ArrayList<>();
  private final List<LegacyEndpoints> endpoints = new ArrayList<>();
  private final List<NodeCapacity> nodes = new ArrayList<>();
  private final List<ObservedSlice> slices = new ArrayList<>();
  private final Map<ObjectKey, String> firsts = new HashMap<>();

  /** Returns all that was read, to plan from. */
  public ClusterPlanner.World world() {
    return new ClusterPlanner.World(services, workloads, endpoints, nodes, slices);
  }

  @Override
  public List<ReadableKind> kinds() {
    return ReadableKind.PLANNING;
  }

  @Override
  public Verdict accept(ReadableKind kind, Written written) {
    HasMetadata object = BINDER.convertValue(written.values(), kind.fields());
    if (object.getMetadata() == null) {
      object.setMetadata(new ObjectMeta());
    }
    ObjectKey key = key(object, kind);
    String place = written.places().of();
    String first = firsts.putIfAbsent(key, place);
    if (first != null) {
      String what = "it stands in " + first + " and in " + place + "; the first one counts";
      return new Verdict(true, List.of(Finding.of(Reason.OBJECT_DUPLICATE, key, what)));
    }
    return switch (kind) {
      case NAMESPACE, ZONAL_SHIFT, SERVICE_CIDR ->
          throw new IllegalArgumentException(kind + " is none of those that are planned from");
      case NODE -> accept((Node) object, written);
      case SERVICE -> accept((Service) object, written);
      case SLICE -> accept((EndpointSlice) object, written);
      case ENDPOINTS ->
          named(
              object,
              new Remarks(key, written.places()),
              (name, remarks) ->
                  endpoints.add(WorkloadMapper.map(name, (Endpoints) object, remarks)));
      case EXTERNAL_WORKLOAD -> {
        ExternalWorkloadObject workload = (ExternalWorkloadObject) object;
        workload.setConditions(ManifestStatus.ofWorkload(written.tree()));
        yield named(
            object,
            new Remarks(key, written.places()),
            (name, remarks) -> workloads.add(WorkloadMapper.map(name, workload, remarks)));
      }
    };
  }

  private Verdict accept(Node node, Written written) {
    node.setStatus(ManifestStatus.ofNode(written.tree()));
    return routed(
        KubernetesMapper.map(node, written.places()),
        model -> {
          if (model instanceof ModelObject.OfNode ofNode) {
            nodes.add(PlanningMapper.map(node, ofNode.model()));
          }
        });
  }

  private Verdict accept(Service service, Written written) {
    return routed(
        KubernetesMapper.map(service, written.places()),
        model -> {
          if (model instanceof ModelObject.OfService ofService) {
            services.add(PlanningMapper.map(service, ofService.model()));
          }
        });
  }

  private Verdict accept(EndpointSlice slice, Written written) {
    return routed(
        KubernetesMapper.map(slice, written.places()),
        model -> {
          if (model instanceof ModelObject.OfSlice ofSlice) {
            slices.add(ObservedSliceMapper.map(slice, ofSlice.model()));
          }
        });
  }

  /** What routing reads of an object is read by its own mapper, and refused by it. */
  private static Verdict routed(MappedObject mapped, Consumer<ModelObject> target) {
    return switch (mapped) {
      case MappedObject.Accepted accepted -> {
        target.accept(accepted.object());
        yield new Verdict(true, accepted.findings());
      }
      case MappedObject.Refused refused -> new Verdict(false, refused.findings());
    };
  }

  private static Verdict named(
      HasMetadata object, Remarks remarks, BiConsumer<ObjectName, Remarks> map) {
    String name = KubernetesMapper.orEmpty(object.getMetadata().getName());
    String namespace = namespace(object);
    if (!DnsSubdomain.isValid(name) || !DnsLabel.isValid(namespace)) {
      return new Verdict(
          false,
          remarks
              .refuse(Reason.NAME_INVALID, "namespace and name must be DNS names", "metadata")
              .findings());
    }
    map.accept(new ObjectName(namespace, name), remarks);
    return new Verdict(true, remarks.findings());
  }

  private static ObjectKey key(HasMetadata object, ReadableKind kind) {
    String namespace = kind.kind().namespaced() ? namespace(object) : "";
    String name = KubernetesMapper.orEmpty(object.getMetadata().getName());
    return new ObjectKey(kind.kind(), new ObjectName(namespace, name));
  }

  private static String namespace(HasMetadata object) {
    String namespace = KubernetesMapper.orEmpty(object.getMetadata().getNamespace());
    return namespace.isEmpty() ? "default" : namespace;
  }
}
