package io.github.topologyxds.slices.writer;

import io.github.topologyxds.model.ObjectKind;
import io.github.topologyxds.model.ObjectName;
import io.github.topologyxds.model.finding.ObjectKey;
import io.github.topologyxds.slices.DesiredService;
import io.github.topologyxds.slices.observed.ExternalWorkload;
import io.github.topologyxds.slices.observed.LegacyEndpoints;
import io.github.topologyxds.slices.observed.NodeCapacity;
import io.github.topologyxds.slices.observed.ObservedSlice;
import io.github.topologyxds.state.ModelObject;

/** One watched object, as planning reads it. */
public sealed interface PlanningObject extends ModelObject.ForPlanning {
  /** A Service, as its EndpointSlices are planned. */
  record OfService(DesiredService service) implements PlanningObject {
    @Override
    public ObjectKey key() {
      return new ObjectKey(ObjectKind.SERVICE, service.name());
    }
  }

  /** A Node: what it adds to its zone. */
  record OfNode(NodeCapacity node) implements PlanningObject {
    @Override
    public ObjectKey key() {
      return new ObjectKey(ObjectKind.NODE, new ObjectName("", node.name()));
    }
  }

  /** An EndpointSlice, ours or not. */
  record OfSlice(ObservedSlice slice) implements PlanningObject {
    @Override
    public ObjectKey key() {
      return new ObjectKey(ObjectKind.SLICE, slice.name());
    }
  }

  /** Endpoints, which may be mirrored. */
  record OfEndpoints(LegacyEndpoints endpoints) implements PlanningObject {
    @Override
    public ObjectKey key() {
      return new ObjectKey(ObjectKind.ENDPOINTS, endpoints.name());
    }
  }

  /** An ExternalWorkload. */
  record OfWorkload(ExternalWorkload workload) implements PlanningObject {
    @Override
    public ObjectKey key() {
      return new ObjectKey(ObjectKind.EXTERNAL_WORKLOAD, workload.name());
    }
  }
}
