package io.github.topologyxds.e2e.protocol;

import io.github.topologyxds.model.EndpointModel;
import io.github.topologyxds.model.Family;
import io.github.topologyxds.model.NodeModel;
import io.github.topologyxds.model.Protocol;
import io.github.topologyxds.model.ServicePort;
import io.github.topologyxds.model.ServiceType;
import io.github.topologyxds.model.SliceModel;
import io.github.topologyxds.model.TrafficDistribution;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The routing rules of docs/routing.md once more, for one client, as plainly as they can be
 * written: a list of endpoints and a walk for every question. It shares no code with the product.
 */
final class NaiveRules {
  private static final Set<String> PREFERENCES = Set.of("none", "same-zone", "same-node");

  private final NodeModel client;
  private final RandomWorld world;
  private final Set<String> seenReady;

  /** What is known of one endpoint once it is found usable; standing is READY, LEAVING or LOST. */
  private record Usable(String address, EndpointModel endpoint, String zone, String standing) {}

  NaiveRules(NodeModel client, RandomWorld world, Set<String> seenReady) {
    this.client = client;
    this.world = world;
    this.seenReady = Set.copyOf(seenReady);
  }

  /** Which endpoints count as seen ready once this world has been the state. */
  static Set<String> seenAfter(RandomWorld world, Set<String> before) {
    Set<String> seen = new HashSet<>();
    for (EndpointModel endpoint : endpointsOf(world)) {
      String key = key(endpoint);
      if (endpoint.readiness().ready() || before.contains(key)) {
        seen.add(key);
      }
    }
    return seen;
  }

  /** All clusters of the world's Service with their hosts. */
  Map<String, SortedSet<SeenHost>> clusters() {
    SortedMap<String, SortedSet<SeenHost>> clusters = new TreeMap<>();
    for (ServicePort port : world.service().ports()) {
      if (port.protocol() != Protocol.SCTP && port.number() >= 1 && port.number() <= 65535) {
        String label = port.name().isEmpty() ? "" + port.number() : port.name();
        clusters.put(world.service().name() + ":" + label, hosts(usable(port)));
      }
    }
    return clusters;
  }

  /** The order of endpoints in a slice must not matter, also among equally good duplicates. */
  private static List<EndpointModel> inOurOrder(SliceModel slice) {
    return slice.endpoints().stream()
        .sorted(Comparator.comparing(EndpointModel::toString))
        .toList();
  }

  private SortedSet<SeenHost> hosts(List<Usable> usable) {
    if (world.service().topology().localOnly()) {
      return onlyTier(
          usable.stream()
              .filter(u -> u.endpoint().nodeName().equals(client.name()))
              .filter(u -> !u.standing().equals("LOST"))
              .toList());
    }
    List<Usable> ready = usable.stream().filter(u -> u.standing().equals("READY")).toList();
    if (ready.isEmpty()) {
      return onlyTier(usable);
    }
    List<List<Usable>> ranks = List.of(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    usable.forEach(u -> ranks.get(rank(u, ready)).add(u));
    return tiers(ranks);
  }

  private static SortedSet<SeenHost> onlyTier(List<Usable> usable) {
    SortedSet<SeenHost> hosts = new TreeSet<>();
    usable.forEach(u -> hosts.add(host(u, 0, usable)));
    return hosts;
  }

  private static SeenHost host(Usable usable, int priority, List<Usable> all) {
    boolean anyReady = all.stream().anyMatch(u -> u.standing().equals("READY"));
    String health =
        switch (usable.standing()) {
          case "READY" -> "HEALTHY";
          case "LEAVING" -> anyReady ? "DRAINING" : "HEALTHY";
          default -> "UNHEALTHY";
        };
    return new SeenHost(usable.address(), priority, usable.zone(), health);
  }

  /** Rules 3 to 7: 0 is nearest. */
  private int rank(Usable usable, List<Usable> ready) {
    var topology = world.service().topology();
    boolean hintsIgnored = topology.preference().equals("none");
    boolean byNodes =
        !hintsIgnored
            && ready.stream().noneMatch(u -> u.endpoint().hints().nodes().isEmpty())
            && ready.stream().anyMatch(u -> u.endpoint().hints().nodes().contains(client.name()));
    boolean byZones =
        !hintsIgnored
            && ready.stream().noneMatch(u -> u.endpoint().hints().zones().isEmpty())
            && ready.stream().anyMatch(u -> u.endpoint().hints().zones().contains(client.zone()));
    boolean isReady = usable.standing().equals("READY");
    boolean onNode = usable.endpoint().nodeName().equals(client.name());
    boolean inZone = usable.zone().equals(client.zone());
    boolean forNode = isReady ? usable.endpoint().hints().nodes().contains(client.name()) : onNode;
    boolean forZone = isReady ? usable.endpoint().hints().zones().contains(client.zone()) : inZone;
    if (byNodes) {
      return forNode ? 0 : forZone || inZone ? 1 : 2;
    }
    if (byZones) {
      return forZone ? 0 : inZone ? 1 : 2;
    }
    return switch (preference()) {
      case "same-node" -> onNode ? 0 : inZone ? 1 : 2;
      case "same-zone" -> inZone ? 0 : 2;
      default -> 0;
    };
  }

  /** Rules 4 and 5. */
  private String preference() {
    var topology = world.service().topology();
    if (PREFERENCES.contains(topology.preference())) {
      return topology.preference();
    }
    if (topology.auto()) {
      return "none";
    }
    if (topology.trafficDistribution() == TrafficDistribution.PREFER_SAME_ZONE) {
      return "same-zone";
    }
    if (topology.trafficDistribution() == TrafficDistribution.PREFER_SAME_NODE) {
      return "same-node";
    }
    String ofNamespace = world.namespace() == null ? "" : world.namespace().preference();
    return PREFERENCES.contains(ofNamespace) ? ofNamespace : "none";
  }

  /** Rule 8: small tiers join the next one, draining endpoints count for nothing. */
  private static SortedSet<SeenHost> tiers(List<List<Usable>> ranks) {
    List<Set<Integer>> groups = new ArrayList<>();
    for (int rank = 0; rank < ranks.size(); rank++) {
      if (counted(ranks, Set.of(rank)) > 0) {
        groups.add(new TreeSet<>(Set.of(rank)));
      }
    }
    for (int i = 1; i < groups.size() - 1; i++) {
      int nearer = groups.subList(0, i).stream().mapToInt(g -> counted(ranks, g)).sum();
      if (2 * counted(ranks, groups.get(i)) < nearer) {
        groups.get(i + 1).addAll(groups.remove(i));
        i--;
      }
    }
    List<Usable> all = ranks.stream().flatMap(List::stream).toList();
    SortedSet<SeenHost> hosts = new TreeSet<>();
    for (int rank = 0; rank < ranks.size(); rank++) {
      int tier = tierOf(rank, groups);
      ranks.get(rank).forEach(u -> hosts.add(host(u, tier, all)));
    }
    return hosts;
  }

  private static int tierOf(int rank, List<Set<Integer>> groups) {
    for (int tier = 0; tier < groups.size(); tier++) {
      if (groups.get(tier).stream().anyMatch(member -> member >= rank)) {
        return tier;
      }
    }
    return groups.size() - 1;
  }

  private static int counted(List<List<Usable>> ranks, Set<Integer> members) {
    return members.stream()
        .mapToInt(
            m -> (int) ranks.get(m).stream().filter(u -> !u.standing().equals("LEAVING")).count())
        .sum();
  }

  private List<Usable> usable(ServicePort port) {
    SortedMap<String, Usable> byAddress = new TreeMap<>();
    Map<String, Integer> score = new TreeMap<>();
    for (var slice : slicesOf(world)) {
      boolean hidden = slice.headlessLabel() && world.service().type() != ServiceType.HEADLESS;
      for (var slicePort : slice.ports()) {
        boolean mine =
            slicePort.name().equals(port.name()) && slicePort.protocol() == port.protocol();
        if (hidden || !mine || slicePort.number() < 1 || slicePort.number() > 65535) {
          continue;
        }
        for (EndpointModel endpoint : inOurOrder(slice)) {
          String ip = canonical(endpoint.address());
          String address = ip + ":" + slicePort.number();
          // Slices come in the order of their names: an equal one later does not win.
          if (!ip.isEmpty() && score(endpoint) > score.getOrDefault(address, -1)) {
            score.put(address, score(endpoint));
            byAddress.put(
                address, new Usable(address, endpoint, zone(endpoint), standing(endpoint)));
          }
        }
      }
    }
    return byAddress.values().stream().filter(u -> !u.standing().isEmpty()).toList();
  }

  private static int score(EndpointModel endpoint) {
    var readiness = endpoint.readiness();
    var hints = endpoint.hints();
    return (readiness.terminating() ? 0 : 100)
        + (readiness.ready() ? 10 : 0)
        + (hints.zones().isEmpty() && hints.nodes().isEmpty() ? 0 : 1);
  }

  /** What the worlds' addresses are in the Service's family; "" for what is none. */
  private String canonical(String address) {
    boolean ipv6 = world.service().ipFamilies().contains(Family.IPV6);
    if (ipv6) {
      return address.matches("fd00::[0-9a-f]{1,2}") ? address : "";
    }
    return address.matches("0?10\\.0\\.1\\.[0-9]+") ? address.replaceFirst("^0", "") : "";
  }

  private static String zone(EndpointModel endpoint) {
    if (!endpoint.zone().isEmpty()) {
      String label = "[A-Za-z0-9]([A-Za-z0-9_.-]{0,61}[A-Za-z0-9])?";
      return endpoint.zone().matches(label) ? endpoint.zone() : "";
    }
    return RandomWorld.NODES.stream()
        .filter(node -> node.name().equals(endpoint.nodeName()))
        .map(NodeModel::zone)
        .findFirst()
        .orElse("");
  }

  private String standing(EndpointModel endpoint) {
    var readiness = endpoint.readiness();
    if (readiness.ready()) {
      return "READY";
    }
    if (readiness.terminating()) {
      return readiness.serving() ? "LEAVING" : "";
    }
    return !omitsUnready() && seenReady.contains(key(endpoint)) ? "LOST" : "";
  }

  private boolean omitsUnready() {
    String ofService = world.service().topology().notReady();
    if (ofService.equals("omit") || ofService.equals("auto")) {
      return ofService.equals("omit");
    }
    return world.namespace() != null && world.namespace().notReady().equals("omit");
  }

  private static String key(EndpointModel endpoint) {
    return endpoint.targetUid().isEmpty() ? endpoint.address() : endpoint.targetUid();
  }

  private static List<io.github.topologyxds.model.SliceModel> slicesOf(RandomWorld world) {
    return world.slices().stream()
        .filter(slice -> slice.service().equals(world.service().name()))
        .toList();
  }

  private static List<EndpointModel> endpointsOf(RandomWorld world) {
    return slicesOf(world).stream().flatMap(slice -> slice.endpoints().stream()).toList();
  }
}
