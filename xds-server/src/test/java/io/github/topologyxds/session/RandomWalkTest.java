package io.github.topologyxds.session;

import static io.github.topologyxds.session.SmallWorld.cluster;
import static io.github.topologyxds.session.SmallWorld.service;
import static io.github.topologyxds.session.SmallWorld.slice;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.topologyxds.model.ObjectName;
import io.github.topologyxds.resources.ResourceStore;
import io.github.topologyxds.state.ClusterStateStore;
import io.github.topologyxds.state.ObjectChange;
import io.github.topologyxds.state.StateChange;
import io.github.topologyxds.subscription.PushLimits;
import io.github.topologyxds.topology.settings.RoutingOptions;
import io.github.topologyxds.xds.ServiceTranslation;
import io.github.topologyxds.xds.Translator;
import io.github.topologyxds.xds.resource.ResourceType;
import io.github.topologyxds.xds.resource.XdsProtocol;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Ten thousand random steps: changes, subscriptions, answers in any order, refusals, reconnects. In
 * the end every client has what an independent model (a map of addresses) says, and nothing is left
 * in the index when all have gone.
 */
class RandomWalkTest {
  private static final int SERVICES = 12;
  private static final int CLIENTS = 6;

  private final ResourceStore store = new ResourceStore("cluster.local");
  private final FakeClock clock = new FakeClock();
  private SessionGroup group = group(Integer.MAX_VALUE);
  private final ClusterStateStore state = new ClusterStateStore();
  private final Translator translator = new Translator(RoutingOptions.DEFAULT);
  private final List<ModelClient> clients = new ArrayList<>();

  /** The model: the address of each Service that exists. */
  private final Map<String, String> world = new TreeMap<>();

  @ParameterizedTest
  @CsvSource({
    "STATE_OF_THE_WORLD, 1",
    "STATE_OF_THE_WORLD, 2",
    "DELTA, 1",
    "DELTA, 2",
    "DELTA, 3",
  })
  void everyClientEndsWithWhatTheModelSays(XdsProtocol protocol, long seed) {
    walk(protocol, new Random(seed));
  }

  @ParameterizedTest
  @CsvSource({
    "STATE_OF_THE_WORLD, 1, 1",
    "STATE_OF_THE_WORLD, 2, 1000",
    "DELTA, 1, 1",
    "DELTA, 2, 1",
    "DELTA, 3, 1000",
    "DELTA, 4, 2000",
  })
  void alsoWhenAResponseTakesLittle(XdsProtocol protocol, long seed, int responseBytes) {
    group = group(responseBytes);
    walk(protocol, new Random(seed));
  }

  private SessionGroup group(int responseBytes) {
    PushLimits limits = new PushLimits(Duration.ofMillis(100), responseBytes);
    return new SessionGroup(store, new DeliveryMetrics(), clock, limits);
  }

  private void walk(XdsProtocol protocol, Random random) {
    apply(new StateChange.Everything(List.of(), List.of()));
    for (int i = 0; i < CLIENTS; i++) {
      clients.add(new ModelClient(group, protocol, i % 2 == 0, i % 3 == 0));
    }
    for (int step = 0; step < 10_000; step++) {
      step(random);
    }
    for (int i = 0; i < SERVICES; i++) {
      put("s" + i, "10.1.0." + i);
    }
    delete("s3");
    settle();
    for (ModelClient client : clients) {
      client.check(world);
    }
    clients.forEach(ModelClient::leave);
    for (ResourceType type : ResourceType.values()) {
      assertThat(group.names(type)).isZero();
    }
    assertThat(group.size()).isZero();
  }

  private void step(Random random) {
    String service = "s" + random.nextInt(SERVICES);
    ModelClient client = clients.get(random.nextInt(CLIENTS));
    switch (random.nextInt(12)) {
      case 0, 1 -> put(service, "10.0." + random.nextInt(200) + "." + (1 + random.nextInt(200)));
      case 2 -> put(service, ModelClient.POISON);
      case 3 -> delete(service);
      case 4, 5 -> client.subscribe(cluster(service));
      case 6 -> client.unsubscribe(cluster(service));
      case 7 -> clock.advance(random.nextInt(80));
      case 8 -> {
        if (random.nextInt(20) == 0) {
          client.reconnect();
        }
      }
      case 9 -> client.blocked(random.nextBoolean());
      default -> client.answerOne();
    }
  }

  private void settle() {
    for (int i = 0; i < 200; i++) {
      clock.advance(100);
      for (ModelClient client : clients) {
        client.blocked(false);
        client.answerOne();
      }
    }
  }

  private void put(String service, String address) {
    world.put(cluster(service), address);
    apply(
        new StateChange.Difference(
            List.of(
                new ObjectChange.Put(service(service)),
                new ObjectChange.Put(slice(service, "zone-a", address))),
            List.of()));
  }

  private void delete(String service) {
    world.remove(cluster(service));
    apply(
        new StateChange.Difference(
            List.of(new ObjectChange.Delete(service(service).key())), List.of()));
  }

  private void apply(StateChange change) {
    List<ServiceTranslation> changed = new ArrayList<>();
    List<ObjectName> gone = new ArrayList<>();
    for (ObjectName name : state.apply(change).services()) {
      state
          .service(name)
          .ifPresentOrElse(s -> changed.add(translator.translate(s)), () -> gone.add(name));
    }
    group.published(store.put(changed, gone));
  }
}
