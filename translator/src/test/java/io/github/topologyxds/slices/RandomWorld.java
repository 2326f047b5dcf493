package io.github.topologyxds.slices;

import io.github.topologyxds.model.AddressType;
import io.github.topologyxds.model.Family;
import io.github.topologyxds.model.Hints;
import io.github.topologyxds.model.ObjectName;
import io.github.topologyxds.model.Protocol;
import io.github.topologyxds.model.names.AnnotationNames;
import io.github.topologyxds.model.names.LabelNames;
import io.github.topologyxds.slices.hints.HintWish;
import io.github.topologyxds.slices.observed.Conditions;
import io.github.topologyxds.slices.observed.ExternalWorkload;
import io.github.topologyxds.slices.observed.NodeCapacity;
import io.github.topologyxds.slices.observed.ObservedSlice;
import io.github.topologyxds.slices.observed.PublishedEndpoint;
import io.github.topologyxds.slices.observed.PublishedPort;
import io.github.topologyxds.slices.observed.TargetRef;
import io.github.topologyxds.slices.observed.WorkloadPort;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** A Service with ExternalWorkloads, Nodes and slices of everybody, from a seed. */
final class RandomWorld {
  static final ObjectName SERVICE = new ObjectName("shop", "cart");
  static final String UID = "uid-now";
  static final String INSTALLATION = PlannerSettings.DEFAULT_INSTALLATION;
  private static final List<String> ZONES = List.of("a", "b", "c");
  private static final List<PublishedPort> PORTS =
      List.of(
          new PublishedPort("admin", 9000, Protocol.TCP, ""),
          new PublishedPort("http", 8080, Protocol.TCP, ""));

  private final Random random;
  private final HintWish wish;

  RandomWorld(long seed) {
    this.random = new Random(seed);
    this.wish = one(List.of(HintWish.values()));
  }

  HintWish wish() {
    return wish;
  }

  PlanningInput input() {
    return input(chance(2) ? List.of() : slices());
  }

  /** All endpoints are ours, and each has a zone. */
  PlanningInput oursAlone() {
    List<ExternalWorkload> workloads =
        workloads().stream()
            .map(w ->
                new ExternalWorkload(
                    w.name(),
                    w.uid(),
                    w.labels(),
                    w.addresses(),
                    w.ports(),
                    one(ZONES),
                    w.nodeName(),
                    w.hostname(),
                    w.ready()))
            .toList();
    List<ObservedSlice> ours =
        slices().stream()
            .filter(slice -> slice.managedBy().startsWith("topology"))
            .filter(slice -> slice.installation().equals(INSTALLATION) && slice.owner() != null)
            .toList();
    return new PlanningInput(
        service(),
        workloads,
        null,
        chance(2) ? List.of() : ours,
        nodes(),
        PlanningInput.Memory.NONE);
  }

  private PlanningInput input(List<ObservedSlice> slices) {
    return new PlanningInput(
        service(), workloads(), null, slices, nodes(), PlanningInput.Memory.NONE);
  }

  PlanningInput shuffled(PlanningInput input, long seed) {
    Random order = new Random(seed + 1);
    List<ExternalWorkload> workloads = new ArrayList<>(input.workloads());
    List<ObservedSlice> slices = new ArrayList<>(input.slices());
    java.util.Collections.shuffle(workloads, order);
    java.util.Collections.shuffle(slices, order);
    return new PlanningInput(
        input.service(), workloads, input.endpoints(), slices, input.nodes(), input.memory());
  }

  private DesiredService service() {
    List<Family> families =
        one(List.of(List.of(Family.IPV4), List.of(Family.IPV6), List.of(Family.values())));
    return new DesiredService(
        SERVICE,
        UID,
        new TreeMap<>(Map.of("app", "cart")),
        List.of(
            new DesiredPort("http", Protocol.TCP, "", new TargetPort.Named("web")),
            new DesiredPort("admin", Protocol.TCP, "", new TargetPort.Numbered(9000))),
        families,
        wish,
        Set.of());
  }

  private PlanningInput.Nodes nodes() {
    List<NodeCapacity> nodes = new ArrayList<>();
    for (String zone : ZONES) {
      nodes.add(
          new NodeCapacity(
              zone + "1",
              chance(20) ? "" : zone,
              true,
              false,
              one(List.of(4000L, 4000L, 8000L, 3920L))));
    }
    return PlanningInput.Nodes.of(nodes);
  }

  List<ExternalWorkload> workloads() {
    List<ExternalWorkload> workloads = new ArrayList<>();
    int count = random.nextInt(14);
    for (int i = 0; i < count; i++) {
      String ipv4 = one(List.of("10.0.0." + (1 + random.nextInt(20)), "10.0.1." + (1 + i)));
      List<String> addresses = chance(3) ? List.of(ipv4, "fd00::" + (1 + i)) : List.of(ipv4);
      workloads.add(
          new ExternalWorkload(
              new ObjectName("shop", "vm-" + i),
              "uid-" + i,
              new TreeMap<>(Map.of("app", chance(10) ? "other" : "cart")),
              chance(20) ? List.of("nonsense") : addresses,
              List.of(new WorkloadPort(chance(15) ? "x" : "web", one(8080, 8081), Protocol.TCP)),
              one(List.of("a", "b", "c", "a", "b", "c", "", "b\u00e4d")),
              one(List.of("a1", "b1", "c1", "", "Bad_Node")),
              chance(5) ? "db-0" : "",
              !chance(4)));
    }
    return workloads;
  }

  private List<ObservedSlice> slices() {
    List<ObservedSlice> slices = new ArrayList<>();
    int count = random.nextInt(5);
    for (int i = 0; i < count; i++) {
      String manager =
          one(List.of("topology-xds-controller", "topology-xds-controller", "other.io", ""));
      TreeMap<String, String> labels = new TreeMap<>();
      if (!manager.isEmpty()) {
        labels.put(LabelNames.MANAGED_BY, manager);
      }
      labels.put(LabelNames.SERVICE_NAME, "cart");
      slices.add(
          new ObservedSlice(
              new ObservedSlice.Identity(new ObjectName("shop", "s-" + i), "u" + i, "1"),
              labels,
              annotations(manager),
              chance(6) ? null : new ObservedSlice.Owner("cart", chance(5) ? "uid-old" : UID),
              AddressType.IPV4,
              chance(4) ? PORTS.subList(1, 2) : PORTS,
              endpoints(chance(2))));
    }
    return slices;
  }

  /** Our id under another's label would be a slice that was taken over. */
  private SortedMap<String, String> annotations(String manager) {
    TreeMap<String, String> annotations = new TreeMap<>();
    String id = one(List.of(INSTALLATION, INSTALLATION, INSTALLATION, "ops/other", ""));
    if (!id.isEmpty() && (manager.startsWith("topology") || !id.equals(INSTALLATION))) {
      annotations.put(AnnotationNames.INSTALLATION, id);
    }
    return annotations;
  }

  private List<PublishedEndpoint> endpoints(boolean hinted) {
    List<PublishedEndpoint> endpoints = new ArrayList<>();
    int count = random.nextInt(6);
    for (int i = 0; i < count; i++) {
      String zone = one(ZONES);
      endpoints.add(
          new PublishedEndpoint(
              List.of("10.0.0." + (1 + random.nextInt(20))),
              one(
                  List.of(
                      Conditions.READY, Conditions.NOT_READY, new Conditions(null, null, null))),
              new PublishedEndpoint.Place("", zone + "1", zone),
              TargetRef.NONE,
              hinted ? new Hints(new TreeSet<>(List.of(zone)), new TreeSet<>()) : Hints.NONE));
    }
    return endpoints;
  }

  private boolean chance(int oneIn) {
    return random.nextInt(oneIn) == 0;
  }

  private int one(int first, int second) {
    return chance(4) ? second : first;
  }

  private <T> T one(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }
}
