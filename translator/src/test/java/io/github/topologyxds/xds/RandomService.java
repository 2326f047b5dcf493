package io.github.topologyxds.xds;

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
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;

/** A Service as the API server might let it through, from a seed: sane, odd and hostile parts. */
public final class RandomService {
  public static final ObjectName NAME = new ObjectName("shop", "cart");
  private static final List<String> ZONES =
      List.of("a", "b", "c", "", "zone-\"><script>\n", "x".repeat(100_000));
  private static final List<String> NODES = List.of("a1", "a2", "b1", "c1", "gone", "");

  private final Random random;

  /** Which hints the endpoints of a slice mostly have. */
  private enum HintKind {
    NONE,
    ZONES,
    NODES
  }

  public RandomService(long seed) {
    this.random = new Random(seed);
  }

  public ServiceState state() {
    List<SliceModel> slices = new ArrayList<>();
    int count = random.nextInt(4);
    for (int i = 0; i < count; i++) {
      slices.add(slice("slice-" + i));
    }
    return new ServiceState(
        service(),
        namespace(),
        slices,
        seen(slices),
        topology(),
        demand(),
        chance(2) ? ShiftedZones.NONE : shifts());
  }

  /** Returns zones that are emptied, or on their way back. */
  private ShiftedZones shifts() {
    TreeMap<String, ShiftedZone> byZone = new TreeMap<>();
    for (String zone : List.of("a", "b", "c")) {
      if (chance(2)) {
        byZone.put(
            zone,
            new ShiftedZone(
                one(List.of(0, 0, 10, 25, 50)),
                one(List.of(ShiftMode.values())),
                "shift-" + zone,
                "then"));
      }
    }
    return new ShiftedZones(byZone);
  }

  public ClientView view() {
    return new ClientView(
        one(List.of("a1", "b1", "c1", "unheard-of", "")),
        one(List.of("a", "b", "c", "unheard-of", "")),
        one(List.of(Family.IPV4, Family.IPV4, Family.IPV6)));
  }

  private ServiceModel service() {
    ServiceTopology topology =
        new ServiceTopology(
            one(List.of(TrafficDistribution.values())),
            chance(5),
            chance(6),
            one(List.of("", "", "", "none", "same-zone", "same-node", "nonsense")),
            one(List.of("", "", "omit", "auto", "nonsense")),
            new TrafficAnnotations(
                one(List.of("", "", "", "zone", "region", "none", "nonsense")),
                one(List.of("", "", "", "", "a=80,b=20", "a=1,c=0", "x=7,b=1", "a")),
                one(List.of("", "", "", "50%", "1%", "100%", "0%")),
                one(List.of("", "", "", "fair", "strict", "Fair")),
                one(List.of("", "", "", "0%", "100%", "7")),
                one(List.of("", "", "", "ignore", "nonsense")),
                one(List.of("", "", "", "10m", "0s", "1h30m")),
                one(List.of("", "", ".", "a,b", "*", "a,*"))));
    ServiceType type = chance(8) ? ServiceType.HEADLESS : ServiceType.CLUSTER_IP;
    return new ServiceModel(
        NAME,
        type,
        type == ServiceType.HEADLESS ? List.of() : List.of("10.96.0.1"),
        List.of(),
        List.of(
            new ServicePort("http", 80, Protocol.TCP, ""),
            new ServicePort("grpc", 9090, Protocol.TCP, "grpc")),
        topology,
        chance(9),
        ServiceModel.AGE_UNKNOWN);
  }

  private NamespaceModel namespace() {
    return new NamespaceModel(
        "shop", one(List.of("", "none", "same-zone", "nonsense")), one(List.of("", "omit")));
  }

  private SliceModel slice(String name) {
    AddressType type =
        one(List.of(AddressType.IPV4, AddressType.IPV4, AddressType.IPV6, AddressType.FQDN));
    List<SlicePort> ports = new ArrayList<>();
    ports.add(new SlicePort("http", one(List.of(8080, 8080, 8081, 0, 70_000)), Protocol.TCP));
    if (chance(2)) {
      ports.add(new SlicePort(one(List.of("grpc", "http", "other")), 9090, Protocol.TCP));
    }
    HintKind hints = one(List.of(HintKind.values()));
    List<EndpointModel> endpoints = new ArrayList<>();
    int count = random.nextInt(12);
    for (int i = 0; i < count; i++) {
      endpoints.add(endpoint(type, hints));
    }
    return new SliceModel(new ObjectName("shop", name), NAME, type, chance(10), ports, endpoints);
  }

  private EndpointModel endpoint(AddressType type, HintKind hints) {
    int host = random.nextInt(30);
    Supplier<String> good =
        () -> type == AddressType.IPV6 ? "fd00::" + Integer.toHexString(host) : "10.0.0." + host;
    String address =
        chance(12)
            ? one(List.of("", "10.0.0.010", "::1%eth0", "db.example.com", "256.1.1.1"))
            : good.get();
    Readiness readiness = new Readiness(!chance(3), !chance(4), chance(4));
    SortedSet<String> zones = new TreeSet<>();
    SortedSet<String> nodes = new TreeSet<>();
    if (hints != HintKind.NONE && !chance(12)) {
      if (hints == HintKind.ZONES || chance(2)) {
        zones.add(one(List.of("a", "b", "c", "")));
      }
      if (hints == HintKind.NODES || chance(3)) {
        nodes.add(one(List.of("a1", "b1", "c1")));
      }
    }
    return new EndpointModel(
        address,
        one(NODES),
        one(ZONES),
        chance(5) ? "pod-1" : "",
        "",
        new Hints(zones, nodes),
        readiness);
  }

  private Set<String> seen(List<SliceModel> slices) {
    Set<String> seen = new HashSet<>();
    for (SliceModel slice : slices) {
      for (EndpointModel endpoint : slice.endpoints()) {
        if (chance(2)) {
          seen.add(endpoint.readinessKey());
        }
      }
    }
    return seen;
  }

  private static ClusterTopology topology() {
    return new ClusterTopology(
        new TreeMap<>(Map.of("a1", "a", "a2", "a", "b1", "b", "c1", "c")),
        new TreeMap<>(Map.of("a", "region-1", "b", "region-1", "c", "region-2")));
  }

  private Demand demand() {
    TreeMap<String, Long> byZone = new TreeMap<>();
    for (String zone : List.of("a", "b", "c", "unheard-of")) {
      byZone.put(zone, (long) random.nextInt(9));
    }
    return chance(4) ? Demand.UNKNOWN : new Demand(Demand.Source.CLIENTS, byZone, "");
  }

  private boolean chance(int oneIn) {
    return random.nextInt(oneIn) == 0;
  }

  private <T> T one(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }
}
