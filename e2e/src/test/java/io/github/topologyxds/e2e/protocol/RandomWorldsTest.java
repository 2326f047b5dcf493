package io.github.topologyxds.e2e.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.topologyxds.demo.envoy.EnvoyProcess;
import io.github.topologyxds.grpc.XdsServer;
import io.github.topologyxds.model.NodeModel;
import io.github.topologyxds.pipeline.TranslationPipeline;
import io.github.topologyxds.resources.ResourceStore;
import io.github.topologyxds.session.DeliveryMetrics;
import io.github.topologyxds.state.ModelObject;
import io.github.topologyxds.state.StateChange;
import io.github.topologyxds.topology.settings.RoutingOptions;
import io.github.topologyxds.xds.Translator;
import io.github.topologyxds.xds.resource.ResourceType;
import io.github.topologyxds.xds.resource.XdsProtocol;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * A thousand random worlds, good and hostile, through the whole pipeline into one Envoy that stays:
 * it refuses nothing, and has every endpoint where a naive second reading of the rules wants it.
 * Another seed: {@code -Dtopology-xds.seed=N}.
 */
class RandomWorldsTest {
  private static final int WORLDS = 1000;
  private static final int AT_ONCE = 100;
  private static final NodeModel CLIENT = RandomWorld.NODES.getFirst();

  private final long seed = Long.getLong("topology-xds.seed", System.nanoTime() % 1_000_000_000L);
  private final Random random = new Random(seed);
  private final Map<String, Set<String>> seen = new HashMap<>();
  private final Set<String> kinds = new TreeSet<>();

  @Test
  void areAllTakenAndAllRight() throws Exception {
    System.err.println("random worlds: seed " + seed);
    DeliveryMetrics metrics = new DeliveryMetrics();
    ResourceStore store = new ResourceStore("cluster.local");
    InetSocketAddress anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    try (XdsServer server = new XdsServer(new XdsServer.Port(anyPort), store, metrics);
        TranslationPipeline pipeline =
            new TranslationPipeline(
                new Translator(RoutingOptions.DEFAULT), store, server::publish)) {
      pipeline.accept(state(List.of()));
      await().until(store::complete);
      try (EnvoyProcess envoy =
          new Sidecars(server.port(), XdsProtocol.DELTA).start(CLIENT.name())) {
        for (int first = 0; first < WORLDS; first += AT_ONCE) {
          replaceWorlds(first, pipeline, envoy);
        }
        assertThat(EnvoyState.rejections(envoy)).as("seed %d", seed).isZero();
      }
    }
    assertThat(kinds)
        .as("the worlds hold everything that the rules can make, seed %d", seed)
        .containsExactly(
            "P0 DRAINING",
            "P0 HEALTHY",
            "P0 UNHEALTHY",
            "P1 DRAINING",
            "P1 HEALTHY",
            "P1 UNHEALTHY",
            "P2 DRAINING",
            "P2 HEALTHY",
            "P2 UNHEALTHY");
    for (ResourceType type : ResourceType.values()) {
      assertThat(metrics.nacks(type)).as("%s, seed %d", type, seed).isZero();
    }
  }

  /** Each world comes twice: while some that are unready now were ready, and as it is. */
  private void replaceWorlds(int first, TranslationPipeline pipeline, EnvoyProcess envoy)
      throws Exception {
    List<RandomWorld> worlds = new ArrayList<>();
    List<RandomWorld> before = new ArrayList<>();
    for (int slot = 0; slot < AT_ONCE; slot++) {
      RandomWorld world = RandomWorld.of(random, slot, first + slot);
      worlds.add(world);
      before.add(world.whenAllWasReady(random));
    }
    remember(before);
    remember(worlds);
    SortedMap<String, SortedSet<SeenHost>> expected = new TreeMap<>();
    for (RandomWorld world : worlds) {
      Set<String> ready = seen.getOrDefault(world.service().name().namespace(), Set.of());
      expected.putAll(new NaiveRules(CLIENT, world, ready).clusters());
    }
    expected.values().forEach(hosts -> hosts.forEach(host -> kinds.add(kind(host))));
    pipeline.accept(state(before));
    pipeline.accept(state(worlds));

    await()
        .untilAsserted(() ->
            assertThat(EnvoyState.clusters(envoy))
                .as("worlds from %d on, seed %d", first, seed)
                .isEqualTo(expected));
    SortedMap<String, SortedSet<String>> places = new TreeMap<>();
    expected.forEach((name, hosts) -> places.put(name, places(hosts)));
    assertThat(EnvoyState.dumpedPlaces(envoy)).isEqualTo(places);
    assertThat(EnvoyState.warming(envoy)).isZero();
  }

  private static String kind(SeenHost host) {
    return "P" + host.priority() + " " + host.health();
  }

  private void remember(List<RandomWorld> worlds) {
    for (RandomWorld world : worlds) {
      seen.compute(
          world.service().name().namespace(),
          (name, before) -> NaiveRules.seenAfter(world, before == null ? Set.of() : before));
    }
  }

  private static SortedSet<String> places(SortedSet<SeenHost> hosts) {
    SortedSet<String> places = new TreeSet<>();
    hosts.forEach(host -> places.add(host.place()));
    return places;
  }

  private static StateChange state(List<RandomWorld> worlds) {
    List<ModelObject> objects = new ArrayList<>();
    RandomWorld.NODES.forEach(node -> objects.add(new ModelObject.OfNode(node)));
    for (RandomWorld world : worlds) {
      if (world.namespace() != null) {
        objects.add(new ModelObject.OfNamespace(world.namespace()));
      }
      objects.add(new ModelObject.OfService(world.service()));
      world.slices().forEach(slice -> objects.add(new ModelObject.OfSlice(slice)));
    }
    objects.sort(Comparator.comparing(ModelObject::key));
    return new StateChange.Everything(objects, List.of());
  }
}
