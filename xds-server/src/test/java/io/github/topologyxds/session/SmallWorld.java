package io.github.topologyxds.session;

import io.github.topologyxds.model.AddressType;
import io.github.topologyxds.model.EndpointModel;
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
import java.util.List;
import java.util.stream.Stream;

/** Objects of a small cluster: Services in namespace "shop", one slice for each zone and family. */
public final class SmallWorld {
  private SmallWorld() {}

  /** A Service that prefers its clients' zone, with the port http. */
  public static ModelObject service(String name) {
    return service(name, "");
  }

  public static ModelObject service(String name, String appProtocol) {
    return service(name, new ServicePort("http", 80, Protocol.TCP, appProtocol));
  }

  /** A Service that prefers its clients' zone, with one port. */
  public static ModelObject service(String name, ServicePort port) {
    return new ModelObject.OfService(
        new ServiceModel(
            new ObjectName("shop", name),
            ServiceType.CLUSTER_IP,
            List.of(),
            List.of(),
            List.of(port),
            new ServiceTopology(TrafficDistribution.PREFER_SAME_ZONE, false, false, "", ""),
            false,
            ServiceModel.AGE_UNKNOWN));
  }

  /** The ready endpoints of a Service in one zone. */
  public static ModelObject slice(String service, String zone, String... addresses) {
    return sliceOfPort("http", service, zone, addresses);
  }

  /** The ready endpoints of a Service's port, by its name, in one zone. */
  public static ModelObject sliceOfPort(
      String port, String service, String zone, String... addresses) {
    boolean ipv6 = addresses.length > 0 && addresses[0].contains(":");
    return new ModelObject.OfSlice(
        new SliceModel(
            new ObjectName("shop", service + "-" + zone + (ipv6 ? "-6" : "")),
            new ObjectName("shop", service),
            ipv6 ? AddressType.IPV6 : AddressType.IPV4,
            false,
            List.of(new SlicePort(port, 8080, Protocol.TCP)),
            Stream.of(addresses).map(address -> endpoint(address, zone)).toList()));
  }

  private static EndpointModel endpoint(String address, String zone) {
    return new EndpointModel(address, "", zone, "", "", Hints.NONE, Readiness.READY);
  }

  public static ModelObject node(String name, String zone) {
    return new ModelObject.OfNode(new NodeModel(name, zone, ""));
  }

  /** The name of a Service's cluster and load assignment. */
  public static String cluster(String service) {
    return "shop/" + service + ":http";
  }
}
