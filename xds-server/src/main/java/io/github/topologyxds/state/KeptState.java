package io.github.topologyxds.state;

import io.github.topologyxds.model.ClusterTopology;
import io.github.topologyxds.model.NamespaceModel;
import io.github.topologyxds.model.NodeModel;
import io.github.topologyxds.model.ObjectName;
import io.github.topologyxds.model.ServiceCidrModel;
import io.github.topologyxds.model.ServiceModel;
import io.github.topologyxds.model.SliceModel;
import io.github.topologyxds.shifts.ZonalShift;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;

/**
 * A complete state with what only memory knows: enough to serve again what was served.
 *
 * @param topology where Nodes are and were
 * @param seen which endpoints of each Service were ready before, by their readiness key
 */
public record KeptState(
    List<NamespaceModel> namespaces,
    List<NodeModel> nodes,
    List<ServiceModel> services,
    List<SliceModel> slices,
    List<ZonalShift> shifts,
    List<ServiceCidrModel> serviceCidrs,
    ClusterTopology topology,
    SortedMap<ObjectName, Set<String>> seen) {

  /** Sorts objects by kind; those that are not served are left out. */
  static KeptState of(
      Iterable<ModelObject> objects,
      ClusterTopology topology,
      SortedMap<ObjectName, Set<String>> seen) {
    List<NamespaceModel> namespaces = new ArrayList<>();
    List<NodeModel> nodes = new ArrayList<>();
    List<ServiceModel> services = new ArrayList<>();
    List<SliceModel> slices = new ArrayList<>();
    List<ZonalShift> shifts = new ArrayList<>();
    List<ServiceCidrModel> serviceCidrs = new ArrayList<>();
    for (ModelObject object : objects) {
      switch (object) {
        case ModelObject.OfNamespace(NamespaceModel model) -> namespaces.add(model);
        case ModelObject.OfNode(NodeModel model) -> nodes.add(model);
        case ModelObject.OfService(ServiceModel model) -> services.add(model);
        case ModelObject.OfSlice(SliceModel model) -> slices.add(model);
        case ModelObject.OfZonalShift(ZonalShift model) -> shifts.add(model);
        case ModelObject.OfServiceCidr(ServiceCidrModel model) -> serviceCidrs.add(model);
        case ModelObject.ForPlanning planning -> {}
      }
    }
    return new KeptState(namespaces, nodes, services, slices, shifts, serviceCidrs, topology, seen);
  }

  /** Returns all objects. */
  List<ModelObject> objects() {
    List<ModelObject> all = new ArrayList<>();
    namespaces.forEach(model -> all.add(new ModelObject.OfNamespace(model)));
    nodes.forEach(model -> all.add(new ModelObject.OfNode(model)));
    services.forEach(model -> all.add(new ModelObject.OfService(model)));
    slices.forEach(model -> all.add(new ModelObject.OfSlice(model)));
    shifts.forEach(model -> all.add(new ModelObject.OfZonalShift(model)));
    serviceCidrs.forEach(model -> all.add(new ModelObject.OfServiceCidr(model)));
    return all;
  }
}
