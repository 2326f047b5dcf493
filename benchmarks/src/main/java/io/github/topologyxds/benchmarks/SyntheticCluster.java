package io.github.topologyxds.benchmarks;

import io.github.topologyxds.model.AddressType;
import io.github.topologyxds.model.EndpointModel;
import io.github.topologyxds.model.Family;
import io.github.topologyxds.model.Hints;
import io.github.topologyxds.model.NodeModel;
import io.github.topologyxds.model.ObjectName;
import io.github.topologyxds.model.Protocol;
import io.github.topologyxds.model.Readiness;
import io.github.topologyxds.model.ServiceModel;
import io.github.topologyxds.model.ServicePort;
import io.github.topologyxds.model.ServiceTopology;
import io.github.topologyxds.model.ServiceType;
import io.github.topologyxds.model.SliceModel;
import io.github.topologyxds.model.SlicePort;
import io.github.topologyxds.model.TrafficDistribution;
import io.github.topologyxds.state.ModelObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** A cluster of any size, as the EndpointSlice controller would describe it. */
public final class SyntheticCluster {
  private static final int NODES_PER_ZONE = 10;
  private static final int MAX_SLICE = 100;

  private final int zones;

  /** A cluster of so many zones; what is in it is made when it is asked for. */
  public SyntheticCluster(int zones) {
    this.zones = zones;
  }

  /** The Nodes, and so many Services with their slices. */
  public List<ModelObject> objects(int services, int endpoints) {
    List<ModelObject> objects = new ArrayList<>(nodes());
    for (int i = 0; i < services; i++) {
      objects.add(service(i));
      objects.addAll(slices(i, endpoints, 1));
    }
    return objects;
  }

  /** Returns the Nodes, spread over the zones in turn. */
  public List<ModelObject> nodes() {
    List<ModelObject> nodes = new ArrayList<>();
    for (int node = 0; node < zones * NODES_PER_ZONE; node++) {
      nodes.add(new ModelObject.OfNode(new NodeModel("node-" + node, zone(node), "region-1")));
    }
    return nodes;
  }

  /**
   * Returns the name of a Service.
   *
   * @param number counted from 0
   */
  public static ObjectName name(int number) {
    return new ObjectName("bench", "svc-" + number);
  }

  /**
   * Returns a Service with one port and no hints.
   *
   * @param number counted from 0
   */
  public ModelObject service(int number) {
    return new ModelObject.OfService(
        new ServiceModel(
            name(number),
            ServiceType.CLUSTER_IP,
            List.of("10.96." + (number >> 8) + "." + (number & 255)),
            List.of(Family.IPV4),
            List.of(new ServicePort("http", 80, Protocol.TCP, "http")),
            new ServiceTopology(TrafficDistribution.PREFER_SAME_ZONE, false, false, "", ""),
            false,
            ServiceModel.AGE_UNKNOWN));
  }

  /**
   * Returns the Service's slices; the first endpoint has this last octet, so that it can change.
   */
  public List<ModelObject> slices(int number, int endpoints, int firstOctet) {
    List<ModelObject> slices = new ArrayList<>();
    for (int from = 0; from < endpoints; from += MAX_SLICE) {
      List<EndpointModel> in = new ArrayList<>();
      for (int i = from; i < Math.min(endpoints, from + MAX_SLICE); i++) {
        in.add(endpoint(number, i, i == 0 ? firstOctet : 1 + i % 250));
      }
      slices.add(
          new ModelObject.OfSlice(
              new SliceModel(
                  new ObjectName("bench", "svc-" + number + "-" + from),
                  name(number),
                  AddressType.IPV4,
                  false,
                  List.of(new SlicePort("http", 8080, Protocol.TCP)),
                  in)));
    }
    return slices;
  }

  private EndpointModel endpoint(int service, int number, int octet) {
    int node = (service + number) % (zones * NODES_PER_ZONE);
    return new EndpointModel(
        "10." + (service % 250) + "." + (number / 250 + service / 250 * 5) + "." + octet,
        "node-" + node,
        zone(node),
        "",
        "uid-" + service + "-" + number,
        new Hints(new TreeSet<>(Set.of(zone(node))), new TreeSet<>()),
        Readiness.READY);
  }

  private String zone(int node) {
    return "zone-" + node % zones;
  }
}
