package io.github.topologyxds.state;

import io.github.topologyxds.model.NamespaceModel;
import io.github.topologyxds.model.NodeModel;
import io.github.topologyxds.model.ObjectKind;
import io.github.topologyxds.model.ObjectName;
import io.github.topologyxds.model.ServiceCidrModel;
import io.github.topologyxds.model.ServiceModel;
import io.github.topologyxds.model.SliceModel;
import io.github.topologyxds.model.finding.ObjectKey;
import io.github.topologyxds.shifts.ZonalShift;

/** One watched object, as its reader reads it. Equal objects are the same to everybody. */
public sealed interface ModelObject {
  /** Returns the object's kind and name. */
  ObjectKey key();

  /** What only the writer of EndpointSlices reads; routing is never handed one. */
  non-sealed interface ForPlanning extends ModelObject {}

  /** A Namespace. */
  record OfNamespace(NamespaceModel model) implements ModelObject {
    @Override
    public ObjectKey key() {
      return new ObjectKey(ObjectKind.NAMESPACE, new ObjectName("", model.name()));
    }
  }

  /** A Node. */
  record OfNode(NodeModel model) implements ModelObject {
    @Override
    public ObjectKey key() {
      return new ObjectKey(ObjectKind.NODE, new ObjectName("", model.name()));
    }
  }

  /** A Service. */
  record OfService(ServiceModel model) implements ModelObject {
    @Override
    public ObjectKey key() {
      return new ObjectKey(ObjectKind.SERVICE, model.name());
    }
  }

  /** An EndpointSlice. */
  record OfSlice(SliceModel model) implements ModelObject {
    @Override
    public ObjectKey key() {
      return new ObjectKey(ObjectKind.SLICE, model.name());
    }
  }

  /** A ZonalShift. */
  record OfZonalShift(ZonalShift model) implements ModelObject {
    @Override
    public ObjectKey key() {
      return new ObjectKey(ObjectKind.ZONAL_SHIFT, new ObjectName("", model.name()));
    }
  }

  /** A ServiceCIDR. */
  record OfServiceCidr(ServiceCidrModel model) implements ModelObject {
    @Override
    public ObjectKey key() {
      return new ObjectKey(ObjectKind.SERVICE_CIDR, new ObjectName("", model.name()));
    }
  }
}
