package io.github.topologyxds.benchmarks.load;

import io.github.topologyxds.model.AddressType;
import io.github.topologyxds.model.ClientView;
import io.github.topologyxds.model.EndpointModel;
import io.github.topologyxds.model.Family;
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
import io.github.topologyxds.model.finding.ObjectKey;
import io.github.topologyxds.resources.ResourceStore;
import io.github.topologyxds.state.ModelObject;
import io.github.topologyxds.state.ObjectChange;
import io.github.topologyxds.state.StateChange;
import io.github.topologyxds.state.StateSink;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A tenant beside the others, with a namespace of its own. Its clients of three zones ask for all.
 *
 * @param services of 1,500 ports x 1,000 endpoints
 * @param moves of an endpoint of the first of them, in a second; 0: it is asked for once
 * @param toggles how many times a second another Service comes or goes
 */
record HostileNeighbour(int services, int moves, int toggles) {
  /** Nobody. */
  static final HostileNeighbour NONE = new HostileNeighbour(0, 0, 0);

  private static final int PORTS = 1_500;
  private static final int ENDPOINTS = 1_000;
  private static final int ZONES = 3;
  private static final long SECOND = Duration.ofSeconds(1).toMillis();
  private static final ObjectName TOGGLED = new ObjectName("hostile", "toggled");

  HostileNeighbour {
    moves = services == 0 ? 0 : moves;
  }

  boolean isNobody() {
    return services == 0 && toggles == 0;
  }

  /** Returns who he is, for people. */
  String title() {
    String large =
        services == 0
            ? ""
            : "%d Services of %,d ports x %,d endpoints with %d moves a second"
                .formatted(services, PORTS, ENDPOINTS, moves);
    String toggled =
        toggles == 0 ? "" : "one that comes or goes %d times a second".formatted(toggles);
    return large + (large.isEmpty() || toggled.isEmpty() ? "" : ", and ") + toggled;
  }

  Stream<ModelObject> objects() {
    return IntStream.range(0, services)
        .boxed()
        .flatMap(i -> Stream.of(service(new ObjectName("hostile", "h" + i), PORTS), slice(i, 0)));
  }

  /** Begins once all is served; what it does ends with the process. */
  void begin(StateSink sink, ResourceStore store) {
    ScheduledExecutorService tenant =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("neighbour").factory());
    if (services > 0 && moves == 0) {
      ask(store);
    }
    if (services > 0 && moves > 0) {
      int[] moved = {0};
      var unused =
          tenant.scheduleWithFixedDelay(
              () -> move(++moved[0], sink, store), 0, SECOND / moves, TimeUnit.MILLISECONDS);
    }
    if (toggles > 0) {
      boolean[] there = {false};
      var unused =
          tenant.scheduleAtFixedRate(
              () -> {
                there[0] = !there[0];
                sink.accept(difference(toggle(there[0] ? 1 : 0)));
              },
              0,
              SECOND / toggles,
              TimeUnit.MILLISECONDS);
    }
  }

  private static ObjectChange toggle(int ports) {
    ModelObject service = service(TOGGLED, 1);
    return ports == 0
        ? new ObjectChange.Delete(new ObjectKey(service.key().kind(), TOGGLED))
        : new ObjectChange.Put(service);
  }

  private static void move(int number, StateSink sink, ResourceStore store) {
    sink.accept(difference(new ObjectChange.Put(slice(0, number))));
    ask(store);
  }

  private static void ask(ResourceStore store) {
    for (String name : store.clusterNames()) {
      if (name.startsWith("hostile/")) {
        for (int zone = 0; zone < ZONES; zone++) {
          store.assignment(name, new ClientView("", "zone-" + zone, null));
        }
      }
    }
  }

  private static StateChange difference(ObjectChange change) {
    return new StateChange.Difference(List.of(change), List.of());
  }

  private static ModelObject service(ObjectName name, int ports) {
    return new ModelObject.OfService(
        new ServiceModel(
            name,
            ServiceType.CLUSTER_IP,
            List.of(),
            List.of(Family.IPV4),
            IntStream.rangeClosed(1, ports)
                .mapToObj(i -> new ServicePort("p" + i, i, Protocol.TCP, ""))
                .toList(),
            ServiceTopology.DEFAULT,
            false,
            ServiceModel.AGE_UNKNOWN));
  }

  private static ModelObject slice(int service, int moved) {
    ObjectName name = new ObjectName("hostile", "h" + service);
    return new ModelObject.OfSlice(
        new SliceModel(
            new ObjectName("hostile", name.name() + "-1"),
            name,
            AddressType.IPV4,
            false,
            IntStream.rangeClosed(1, PORTS)
                .mapToObj(i -> new SlicePort("p" + i, i, Protocol.TCP))
                .toList(),
            IntStream.range(0, ENDPOINTS).mapToObj(i -> endpoint(service, i, moved)).toList()));
  }

  private static EndpointModel endpoint(int service, int number, int moved) {
    int last = number == 0 ? moved % 250 : number % 250;
    return new EndpointModel(
        "10." + (200 + service % 50) + "." + number / 250 + "." + last,
        "",
        "zone-" + number % ZONES,
        "",
        "",
        Hints.NONE,
        Readiness.READY);
  }
}
