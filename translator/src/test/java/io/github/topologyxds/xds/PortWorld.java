package io.github.topologyxds.xds;

import io.github.topologyxds.model.AddressType;
import io.github.topologyxds.model.ClusterTopology;
import io.github.topologyxds.model.EndpointModel;
import io.github.topologyxds.model.Hints;
import io.github.topologyxds.model.ObjectName;
import io.github.topologyxds.model.Protocol;
import io.github.topologyxds.model.Readiness;
import io.github.topologyxds.model.ServiceModel;
import io.github.topologyxds.model.ServicePort;
import io.github.topologyxds.model.ServiceState;
import io.github.topologyxds.model.ServiceTopology;
import io.github.topologyxds.model.ServiceType;
import io.github.topologyxds.model.SliceModel;
import io.github.topologyxds.model.SlicePort;
import io.github.topologyxds.model.TrafficDistribution;
import io.github.topologyxds.topology.settings.NotReady;
import io.github.topologyxds.topology.settings.Preference;
import io.github.topologyxds.topology.settings.RoutingOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** A Service with one port and a ready endpoint in zone-a on node-1, until it is changed. */
record PortWorld(
    ServiceType type,
    List<ServicePort> servicePorts,
    ServiceTopology topology,
    List<Slice> sliceList,
    Set<String> seenReady,
    RoutingOptions options) {
  private static final ObjectName NAME = new ObjectName("shop", "cart");

  PortWorld() {
    this(
        ServiceType.CLUSTER_IP,
        List.of(new ServicePort("http", 80, Protocol.TCP, "")),
        ServiceTopology.DEFAULT,
        List.of(new Slice()),
        Set.of(),
        RoutingOptions.DEFAULT);
  }

  /** Its endpoints stand on node-1, node-2, ... in zone-a, zone-b, ... */
  record Slice(
      AddressType type,
      boolean headless,
      List<SlicePort> slicePorts,
      List<Readiness> readiness,
      String address) {
    Slice() {
      this(
          AddressType.IPV4,
          false,
          List.of(new SlicePort("http", 8080, Protocol.TCP)),
          List.of(Readiness.READY),
          "");
    }

    Slice type(AddressType other) {
      return new Slice(other, headless, slicePorts, readiness, address);
    }

    Slice headlessLabel() {
      return new Slice(type, true, slicePorts, readiness, address);
    }

    Slice ports() {
      return new Slice(type, headless, List.of(), readiness, address);
    }

    Slice port(String name, int number, Protocol protocol) {
      SlicePort port = new SlicePort(name, number, protocol);
      return new Slice(type, headless, List.of(port), readiness, address);
    }

    Slice endpoints(Readiness... others) {
      return new Slice(type, headless, slicePorts, List.of(others), address);
    }

    Slice address(String other) {
      return new Slice(type, headless, slicePorts, readiness, other);
    }

    private SliceModel model(int number) {
      List<EndpointModel> endpoints = new ArrayList<>();
      for (int i = 1; i <= readiness.size(); i++) {
        String zone = "zone-" + (char) ('a' + i - 1);
        String ip = type == AddressType.IPV6 ? "fd00::" : "10.0." + number + ".";
        endpoints.add(
            new EndpointModel(
                address.isEmpty() ? ip + i : address,
                "node-" + i,
                zone,
                "",
                "uid-" + number + "-" + i,
                Hints.NONE,
                readiness.get(i - 1)));
      }
      ObjectName name = new ObjectName(NAME.namespace(), "cart-" + number);
      return new SliceModel(name, NAME, type, headless, slicePorts, endpoints);
    }
  }

  Slice slice() {
    return new Slice();
  }

  PortWorld slices(Slice... others) {
    return new PortWorld(type, servicePorts, topology, List.of(others), seenReady, options);
  }

  PortWorld type(ServiceType other) {
    return new PortWorld(other, servicePorts, topology, sliceList, seenReady, options);
  }

  PortWorld ports(ServicePort... others) {
    return new PortWorld(type, List.of(others), topology, sliceList, seenReady, options);
  }

  PortWorld local() {
    ServiceTopology local = new ServiceTopology(TrafficDistribution.NONE, false, true, "", "");
    return new PortWorld(type, servicePorts, local, sliceList, seenReady, options);
  }

  PortWorld asking(TrafficDistribution distribution, String preference) {
    ServiceTopology asking = new ServiceTopology(distribution, false, false, preference, "");
    return new PortWorld(type, servicePorts, asking, sliceList, seenReady, options);
  }

  PortWorld server(Preference preference) {
    RoutingOptions other = new RoutingOptions(preference, true, options.notReady());
    return new PortWorld(type, servicePorts, topology, sliceList, seenReady, other);
  }

  PortWorld notReady(NotReady notReady) {
    RoutingOptions other = new RoutingOptions(options.preference(), true, notReady);
    return new PortWorld(type, servicePorts, topology, sliceList, seenReady, other);
  }

  /** Every endpoint was seen ready. */
  PortWorld seen() {
    Set<String> seen = new TreeSet<>();
    models().forEach(slice -> slice.endpoints().forEach(e -> seen.add(e.readinessKey())));
    return new PortWorld(type, servicePorts, topology, sliceList, seen, options);
  }

  ServiceTranslation translate() {
    ServiceModel service =
        new ServiceModel(
            NAME,
            type,
            List.of(),
            List.of(),
            servicePorts,
            topology,
            false,
            ServiceModel.AGE_UNKNOWN);
    return new Translator(options)
        .translate(new ServiceState(service, null, models(), seenReady, ClusterTopology.EMPTY));
  }

  private List<SliceModel> models() {
    List<SliceModel> models = new ArrayList<>();
    for (Slice slice : sliceList) {
      models.add(slice.model(models.size()));
    }
    return models;
  }
}
