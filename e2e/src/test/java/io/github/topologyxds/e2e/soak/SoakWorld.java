package io.github.topologyxds.e2e.soak;

import io.github.topologyxds.model.AddressType;
import io.github.topologyxds.model.EndpointModel;
import io.github.topologyxds.model.Hints;
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

/** The objects of the soak test. */
final class SoakWorld {
  private static final int ENDPOINTS = 10;

  private SoakWorld() {}

  static ModelObject service(int number) {
    return new ModelObject.OfService(
        new ServiceModel(
            new ObjectName("soak", "svc-" + number),
            ServiceType.CLUSTER_IP,
            List.of(),
            List.of(),
            List.of(new ServicePort("http", 80, Protocol.TCP, "")),
            new ServiceTopology(TrafficDistribution.PREFER_SAME_ZONE, false, false, "", ""),
            false,
            ServiceModel.AGE_UNKNOWN));
  }

  /** The Service's only slice; its first endpoint has this last octet. */
  static ModelObject slice(int number, int octet) {
    List<EndpointModel> endpoints = new ArrayList<>();
    for (int i = 0; i < ENDPOINTS; i++) {
      endpoints.add(
          new EndpointModel(
              "10." + i + "." + number + "." + (i == 0 ? octet : 1),
              "",
              "zone-" + i % 3,
              "",
              "",
              Hints.NONE,
              Readiness.READY));
    }
    return new ModelObject.OfSlice(
        new SliceModel(
            new ObjectName("soak", "svc-" + number + "-a"),
            new ObjectName("soak", "svc-" + number),
            AddressType.IPV4,
            false,
            List.of(new SlicePort("http", 8080, Protocol.TCP)),
            endpoints));
  }
}
