package io.github.topologyxds.vectors;

import static io.github.topologyxds.vectors.Vector.list;
import static io.github.topologyxds.vectors.Vector.map;
import static io.github.topologyxds.vectors.Vector.text;

import io.github.topologyxds.model.AddressType;
import io.github.topologyxds.model.ClientView;
import io.github.topologyxds.model.ClusterTopology;
import io.github.topologyxds.model.Demand;
import io.github.topologyxds.model.EndpointModel;
import io.github.topologyxds.model.Family;
import io.github.topologyxds.model.Hints;
import io.github.topologyxds.model.NamespaceModel;
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
import io.github.topologyxds.model.TrafficAnnotations;
import io.github.topologyxds.model.TrafficDistribution;
import io.github.topologyxds.model.shift.ShiftMode;
import io.github.topologyxds.model.shift.ShiftedZone;
import io.github.topologyxds.model.shift.ShiftedZones;
import io.github.topologyxds.topology.settings.Balance;
import io.github.topologyxds.topology.settings.Failover;
import io.github.topologyxds.topology.settings.OverloadThreshold;
import io.github.topologyxds.topology.settings.TrafficPolicy;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Reads a vector's world: the Service, its slices, and the client. */
final class VectorState {
  private static final ObjectName SERVICE = new ObjectName("demo", "svc");
  private static final Map<String, String> NODES =
      Map.of("a1", "a", "a2", "a", "b1", "b", "c1", "c");

  private final Vector vector;
  private final Set<String> seen = new HashSet<>();

  VectorState(Vector vector) {
    this.vector = vector;
  }

  ServiceState service() {
    List<SliceModel> slices = new ArrayList<>();
    int number = 0;
    for (Object slice : list(vector.data().get("slices"))) {
      SliceModel model = slice(map(slice), "slice-" + (char) ('a' + number++));
      if (model.service().equals(SERVICE)) {
        slices.add(model);
      }
    }
    return new ServiceState(
        serviceModel(), namespace(), slices, seen, topology(), demand(), shifts());
  }

  /** Of the Nodes' CPU, by zone. */
  private Demand demand() {
    TreeMap<String, Long> byZone = new TreeMap<>();
    map(vector.data().get("demand"))
        .forEach((zone, count) -> byZone.put(zone, Long.valueOf(text(count, "0"))));
    return byZone.isEmpty() ? Demand.UNKNOWN : new Demand(Demand.Source.NODE_CPU, byZone, "");
  }

  /** By zone, the percentage of its share that it gets, or "strict". */
  private ShiftedZones shifts() {
    TreeMap<String, ShiftedZone> byZone = new TreeMap<>();
    map(vector.data().get("shifts"))
        .forEach((zone, written) -> {
          String share = text(written, "");
          boolean strict = share.equals("strict");
          byZone.put(
              zone,
              new ShiftedZone(
                  strict ? 0 : Integer.parseInt(share),
                  strict ? ShiftMode.STRICT : ShiftMode.LAST_RESORT,
                  "shift-" + zone,
                  "then"));
        });
    return new ShiftedZones(byZone);
  }

  private @Nullable NamespaceModel namespace() {
    Map<String, Object> namespace = map(vector.data().get("namespace"));
    return namespace.isEmpty()
        ? null
        : new NamespaceModel("demo", "", "", traffic(map(namespace.get("annotations"))));
  }

  private ClusterTopology topology() {
    TreeMap<String, String> regions = new TreeMap<>();
    map(vector.data().get("regions"))
        .forEach((zone, region) -> regions.put(zone, text(region, "")));
    return new ClusterTopology(new TreeMap<>(NODES), regions);
  }

  /** Returns what the flags of a server say, or their defaults. */
  TrafficPolicy flags() {
    Map<String, Object> flags = map(vector.data().get("flags"));
    return TrafficPolicy.ofServer(
        Failover.parse(text(flags.get("failover"), "anywhere")).orElseThrow(),
        Balance.parse(text(flags.get("balance"), "strict")).orElseThrow(),
        OverloadThreshold.parse(text(flags.get("overload-threshold"), "20%")).orElseThrow());
  }

  private static TrafficAnnotations traffic(Map<String, Object> annotations) {
    return new TrafficAnnotations(
        text(annotations.get("topology-xds.io/failover"), ""),
        text(annotations.get("topology-xds.io/zone-weights"), ""),
        text(annotations.get("topology-xds.io/spill-below"), ""),
        text(annotations.get("topology-xds.io/balance"), ""),
        text(annotations.get("topology-xds.io/overload-threshold"), ""),
        text(annotations.get("topology-xds.io/zonal-shift"), ""),
        text(annotations.get("topology-xds.io/max-connection-age"), ""),
        text(annotations.get("topology-xds.io/visible-to"), ""));
  }

  ClientView client() {
    Map<String, Object> client = map(vector.data().get("client"));
    Family family =
        text(vector.data().get("family"), "IPv4").equals("IPv6") ? Family.IPV6 : Family.IPV4;
    return new ClientView(text(client.get("node"), "a1"), text(client.get("zone"), "a"), family);
  }

  /** Returns which of the Service's ports is under test. */
  int portUnderTest() {
    String name = text(map(vector.data().get("port")).get("name"), "http");
    List<ServicePort> ports = serviceModel().ports();
    for (int i = 0; i < ports.size(); i++) {
      if (ports.get(i).name().equals(name)) {
        return i;
      }
    }
    throw new IllegalStateException(vector + ": no port " + name);
  }

  private ServiceModel serviceModel() {
    Map<String, Object> service = map(vector.data().get("service"));
    Map<String, Object> annotations = map(service.get("annotations"));
    String clusterIp = text(service.get("clusterIP"), "10.96.0.10");
    ServiceType type = ServiceType.CLUSTER_IP;
    if (text(service.get("type"), "ClusterIP").equals("ExternalName")) {
      type = ServiceType.EXTERNAL_NAME;
    } else if (clusterIp.equals("None")) {
      type = ServiceType.HEADLESS;
    }
    List<ServicePort> ports = new ArrayList<>();
    for (Object port : list(service.get("ports"))) {
      Map<String, Object> p = map(port);
      ports.add(
          new ServicePort(
              text(p.get("name"), ""),
              Integer.parseInt(text(p.get("port"), "")),
              Protocol.TCP,
              ""));
    }
    if (ports.isEmpty()) {
      ports.add(new ServicePort("http", 80, Protocol.TCP, ""));
    }
    String mode = text(annotations.get("service.kubernetes.io/topology-mode"), "");
    ServiceTopology topology =
        new ServiceTopology(
            switch (text(service.get("td"), "")) {
              case "" -> TrafficDistribution.NONE;
              case "PreferSameNode" -> TrafficDistribution.PREFER_SAME_NODE;
              default -> TrafficDistribution.PREFER_SAME_ZONE;
            },
            mode.equals("Auto") || mode.equals("auto"),
            text(service.get("itp"), "Cluster").equals("Local"),
            text(annotations.get("topology-xds.io/preference"), ""),
            text(annotations.get("topology-xds.io/not-ready"), ""),
            traffic(annotations));
    List<String> ips = type == ServiceType.CLUSTER_IP ? List.of(clusterIp) : List.of();
    return new ServiceModel(
        SERVICE, type, ips, List.of(), ports, topology, false, ServiceModel.AGE_UNKNOWN);
  }

  private SliceModel slice(Map<String, Object> slice, String name) {
    List<SlicePort> ports = new ArrayList<>();
    for (Object port : list(slice.get("ports"))) {
      Map<String, Object> p = map(port);
      int number = Integer.parseInt(text(p.get("port"), "0"));
      ports.add(new SlicePort(text(p.get("name"), ""), number, Protocol.TCP));
    }
    if (ports.isEmpty()) {
      ports.add(new SlicePort("http", 8080, Protocol.TCP));
    }
    List<EndpointModel> endpoints = new ArrayList<>();
    for (Object endpoint : list(slice.get("eps"))) {
      endpoints.add(endpoint(map(endpoint)));
    }
    String namespace = text(slice.get("ns"), "demo");
    return new SliceModel(
        new ObjectName(namespace, name),
        new ObjectName(namespace, text(slice.get("svc"), "svc")),
        switch (text(slice.get("type"), "IPv4")) {
          case "IPv6" -> AddressType.IPV6;
          case "FQDN" -> AddressType.FQDN;
          default -> AddressType.IPV4;
        },
        map(slice.get("labels")).containsKey("service.kubernetes.io/headless"),
        ports,
        endpoints);
  }

  private EndpointModel endpoint(Map<String, Object> endpoint) {
    List<Object> ips = list(endpoint.get("ips"));
    String ip = ips.isEmpty() ? text(endpoint.get("ip"), "") : text(ips.getFirst(), "");
    if (Boolean.TRUE.equals(endpoint.get("seen"))) {
      seen.add(ip);
    }
    return new EndpointModel(
        ip,
        text(endpoint.get("node"), ""),
        text(endpoint.get("zone"), ""),
        "",
        "",
        new Hints(names(endpoint.get("fz")), names(endpoint.get("fn"))),
        new Readiness(
            !Boolean.FALSE.equals(endpoint.get("ready")),
            !Boolean.FALSE.equals(endpoint.get("serving")),
            Boolean.TRUE.equals(endpoint.get("terminating"))));
  }

  private static SortedSet<String> names(@Nullable Object value) {
    SortedSet<String> names = new TreeSet<>();
    list(value).forEach(name -> names.add(text(name, "")));
    return names;
  }
}
