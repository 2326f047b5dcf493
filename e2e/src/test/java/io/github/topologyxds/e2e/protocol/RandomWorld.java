package io.github.topologyxds.e2e.protocol;

import io.github.topologyxds.model.AddressType;
import io.github.topologyxds.model.EndpointModel;
import io.github.topologyxds.model.Family;
import io.github.topologyxds.model.Hints;
import io.github.topologyxds.model.NamespaceModel;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * One Service in a Namespace of its own and all that belongs to it, good and hostile.
 *
 * @param namespace null where the world has none
 */
record RandomWorld(
    @Nullable NamespaceModel namespace, ServiceModel service, List<SliceModel> slices) {

  /** The Nodes of all worlds; node-n has no zone, node-x does not exist at all. */
  static final List<NodeModel> NODES =
      List.of(
          new NodeModel("node-a1", "zone-a", "region-1"),
          new NodeModel("node-a2", "zone-a", "region-1"),
          new NodeModel("node-b1", "zone-b", "region-1"),
          new NodeModel("node-c1", "zone-c", "region-2"),
          new NodeModel("node-n", "", ""));

  private static final List<String> NODE_NAMES =
      List.of("node-a1", "node-a2", "node-b1", "node-c1", "node-n", "node-x", "");
  private static final List<String> ZONES =
      List.of("zone-a", "zone-a", "zone-b", "zone-c", "zone-b", "", "zone-new");
  private static final List<String> BAD_ZONES =
      List.of("zone-\"><script>", "z".repeat(64), "-zone", "zone\n", " ", "zöne");
  private static final List<String> BAD_IPV4 =
      List.of("", "localhost", "10.0.0", "10.0.0.256", "0.0.0.0", "224.0.0.1", "::1", "10.0.0.1/8");
  private static final List<String> BAD_IPV6 =
      List.of("", "10.0.0.1", "::", "ff02::1", "fe80::1%eth0", "::ffff:10.0.0.1", "fd00::g");

  /** Makes the objects of world number {@code id} in the Namespace {@code world-slot}. */
  static RandomWorld of(Random random, int slot, int id) {
    return new Maker(random, "world-" + slot, id).make();
  }

  private record Maker(Random random, String namespace, int id) {
    RandomWorld make() {
      List<ServicePort> ports = ports();
      ServiceType type = one(8) ? ServiceType.HEADLESS : ServiceType.CLUSTER_IP;
      ServiceModel service =
          new ServiceModel(
              new ObjectName(namespace, "service"),
              type,
              List.of(),
              one(4) ? List.of(Family.IPV6, Family.IPV4) : List.of(),
              ports,
              topology(),
              one(10),
              ServiceModel.AGE_UNKNOWN);
      List<SliceModel> slices = new ArrayList<>();
      int count = random.nextInt(5);
      int style = random.nextInt(4);
      for (int i = 0; i < count; i++) {
        slices.add(slice(i, ports, style));
      }
      NamespaceModel model =
          one(2)
              ? new NamespaceModel(
                  namespace,
                  pick(List.of("", "same-zone", "same-node", "nonsense")),
                  pick(List.of("", "", "omit", "nonsense")))
              : null;
      return new RandomWorld(model, service, slices);
    }

    private List<ServicePort> ports() {
      List<ServicePort> ports = new ArrayList<>();
      boolean single = one(2);
      ports.add(
          new ServicePort(
              single && one(2) ? "" : "http", 80, Protocol.TCP, pick(List.of("", "grpc"))));
      if (!single) {
        ports.add(new ServicePort("dns", 53, pick(List.of(Protocol.UDP, Protocol.SCTP)), ""));
        ports.add(new ServicePort("bad", pick(List.of(0, 70000, 9090)), Protocol.TCP, ""));
      }
      return ports;
    }

    private ServiceTopology topology() {
      return new ServiceTopology(
          pick(List.of(TrafficDistribution.values())),
          one(5),
          one(6),
          pick(List.of("", "", "", "none", "same-zone", "same-node", "NONE")),
          pick(List.of("", "", "", "omit", "auto", "never")));
    }

    private SliceModel slice(int index, List<ServicePort> servicePorts, int style) {
      AddressType type =
          pick(
              List.of(
                  AddressType.IPV4,
                  AddressType.IPV4,
                  AddressType.IPV4,
                  AddressType.IPV6,
                  AddressType.FQDN));
      List<SlicePort> ports = new ArrayList<>();
      for (ServicePort port : servicePorts) {
        int number = one(8) ? pick(List.of(0, 70000, -1, 65536)) : 8000 + random.nextInt(2);
        if (!one(8)) {
          ports.add(new SlicePort(port.name(), number, one(12) ? Protocol.SCTP : port.protocol()));
        }
      }
      if (one(6)) {
        ports.add(new SlicePort("nobody-asked", 1, Protocol.TCP));
      }
      List<EndpointModel> endpoints = new ArrayList<>();
      int count = random.nextInt(8);
      for (int i = 0; i < count; i++) {
        endpoints.add(endpoint(type, style));
      }
      return new SliceModel(
          new ObjectName(namespace, "slice-" + index),
          new ObjectName(namespace, one(12) ? "" : "service"),
          type,
          one(10),
          ports,
          endpoints);
    }

    private EndpointModel endpoint(AddressType type, int style) {
      return new EndpointModel(
          address(type),
          pick(NODE_NAMES),
          one(10) ? pick(BAD_ZONES) : pick(ZONES),
          one(8) ? "host-1" : "",
          one(3) ? "" : "uid-" + id + "-" + random.nextInt(20),
          hints(style),
          readiness());
    }

    /** Few different ones, so that duplicates are common. */
    private String address(AddressType type) {
      int last = 1 + random.nextInt(20);
      return switch (type) {
        case IPV4 -> one(10) ? pick(BAD_IPV4) : (one(10) ? "010.0.1." : "10.0.1.") + last;
        case IPV6 -> one(10) ? pick(BAD_IPV6) : "fd00::" + Integer.toHexString(last);
        case FQDN -> "vm.example.com";
      };
    }

    /** Styles: no hints, zones on all, nodes and zones on all, anything anywhere. */
    private Hints hints(int style) {
      boolean zones = style == 1 || style == 2 || (style == 3 && one(2));
      boolean nodes = style == 2 || (style == 3 && one(2));
      return new Hints(
          zones ? names(List.of("zone-a", "zone-b", "zone-c", "")) : new TreeSet<>(),
          nodes ? names(List.of("node-a1", "node-a2", "node-b1", "")) : new TreeSet<>());
    }

    private SortedSet<String> names(List<String> from) {
      SortedSet<String> names = new TreeSet<>();
      names.add(pick(from));
      if (one(4)) {
        names.add(pick(from));
      }
      return names;
    }

    private Readiness readiness() {
      return switch (random.nextInt(8)) {
        case 0 -> new Readiness(false, false, false);
        case 1 -> new Readiness(false, true, true);
        case 2 -> new Readiness(false, random.nextBoolean(), random.nextBoolean());
        default -> Readiness.READY;
      };
    }

    private boolean one(int in) {
      return random.nextInt(in) == 0;
    }

    private <T> T pick(List<T> from) {
      return from.get(random.nextInt(from.size()));
    }
  }

  /** The same before half of its unready endpoints were lost. */
  RandomWorld whenAllWasReady(Random random) {
    List<SliceModel> before = new ArrayList<>();
    for (SliceModel slice : slices) {
      List<EndpointModel> endpoints = new ArrayList<>();
      for (EndpointModel endpoint : slice.endpoints()) {
        endpoints.add(random.nextBoolean() ? ready(endpoint) : endpoint);
      }
      before.add(
          new SliceModel(
              slice.name(),
              slice.service(),
              slice.addressType(),
              slice.headlessLabel(),
              slice.ports(),
              endpoints));
    }
    return new RandomWorld(namespace, service, before);
  }

  private static EndpointModel ready(EndpointModel endpoint) {
    return new EndpointModel(
        endpoint.address(),
        endpoint.nodeName(),
        endpoint.zone(),
        endpoint.hostname(),
        endpoint.targetUid(),
        endpoint.hints(),
        Readiness.READY);
  }
}
