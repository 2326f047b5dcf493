package io.github.topologyxds.source.mapping;

import io.fabric8.kubernetes.api.model.Endpoints;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.github.topologyxds.model.ObjectKind;
import io.github.topologyxds.model.ObjectName;
import io.github.topologyxds.model.finding.ObjectKey;
import io.github.topologyxds.slices.writer.PlanningObject;
import io.github.topologyxds.state.ModelObject;
import java.util.List;

/** The objects of the API as planning of EndpointSlices reads them ({@code --manage-slices}). */
public final class PlanningObjects {
  private PlanningObjects() {}

  /**
   * Returns the Service as planning reads it; one that routing does not use is not used here
   * either, and nothing more is said of it.
   */
  public static MappedObject map(Service service) {
    return switch (KubernetesMapper.map(service)) {
      case MappedObject.Accepted(ModelObject.OfService(var model), var findings) ->
          quiet(new PlanningObject.OfService(PlanningMapper.map(service, model)));
      case MappedObject other -> refused();
    };
  }

  /**
   * Returns the Node as planning reads it; one that routing does not use is not used here either,
   * and nothing more is said of it.
   */
  public static MappedObject map(Node node) {
    return switch (KubernetesMapper.map(node)) {
      case MappedObject.Accepted(ModelObject.OfNode(var model), var findings) ->
          quiet(new PlanningObject.OfNode(PlanningMapper.map(node, model)));
      case MappedObject other -> refused();
    };
  }

  /**
   * Returns the EndpointSlice as planning reads it; one that routing does not use is not used here
   * either, and nothing more is said of it.
   */
  public static MappedObject map(EndpointSlice slice) {
    return switch (KubernetesMapper.map(slice)) {
      case MappedObject.Accepted(ModelObject.OfSlice(var model), var findings) ->
          quiet(new PlanningObject.OfSlice(ObservedSliceMapper.map(slice, model)));
      case MappedObject other -> refused();
    };
  }

  /** Maps; only the API server writes such objects, so that their names are in order. */
  public static MappedObject map(Endpoints endpoints) {
    ObjectName name = name(endpoints);
    Remarks remarks = new Remarks(new ObjectKey(ObjectKind.ENDPOINTS, name), Places.NOWHERE);
    PlanningObject object =
        new PlanningObject.OfEndpoints(WorkloadMapper.map(name, endpoints, remarks));
    return new MappedObject.Accepted(object, remarks.findings());
  }

  /** Maps; the same of ExternalWorkloads. */
  public static MappedObject map(ExternalWorkloadObject workload) {
    ObjectName name = name(workload);
    Remarks remarks =
        new Remarks(new ObjectKey(ObjectKind.EXTERNAL_WORKLOAD, name), Places.NOWHERE);
    PlanningObject object =
        new PlanningObject.OfWorkload(WorkloadMapper.map(name, workload, remarks));
    return new MappedObject.Accepted(object, remarks.findings());
  }

  private static ObjectName name(HasMetadata object) {
    ObjectMeta metadata = object.getMetadata();
    return new ObjectName(
        KubernetesMapper.orEmpty(metadata.getNamespace()),
        KubernetesMapper.orEmpty(metadata.getName()));
  }

  /** What is odd about the object is told where it is read for routing. */
  private static MappedObject quiet(PlanningObject object) {
    return new MappedObject.Accepted(object, List.of());
  }

  private static MappedObject refused() {
    return new MappedObject.Refused(List.of());
  }
}
