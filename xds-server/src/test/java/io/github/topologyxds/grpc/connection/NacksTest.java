package io.github.topologyxds.grpc.connection;

import static io.github.topologyxds.grpc.connection.ServerUnderTest.on;
import static io.github.topologyxds.session.SmallWorld.cluster;
import static io.github.topologyxds.session.SmallWorld.service;
import static io.github.topologyxds.session.SmallWorld.slice;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.topologyxds.state.ModelObject;
import io.github.topologyxds.xds.resource.ResourceType;
import io.github.topologyxds.xds.resource.XdsProtocol;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A client that cannot take a resource (NACK): it gets all the others, and no flood. */
class NacksTest {
  private static final int SERVICES = 16;

  /** The address that this test's client refuses, with all that comes in the same response. */
  private static final String POISON = "10.9.9.9";

  @ParameterizedTest
  @EnumSource
  void bringsTheOthersOfAFirstPushThrough(XdsProtocol variant) throws Exception {
    try (ServerUnderTest server = ServerUnderTest.with(services(5));
        RawStream stream = server.open(variant, on("node-a"))) {
      stream.subscribe(ResourceType.ENDPOINT, names());

      Map<String, List<List<String>>> has = takeUntilAll(stream, new HashMap<>());

      // The whole, the halves down to the one, and an empty one in its place.
      assertThat(has.get("shop/s5:http")).isEmpty();
      assertThat(has.get("shop/s6:http")).containsExactly(List.of("10.0.0.6"));
      assertThat(server.metrics().nacks(ResourceType.ENDPOINT)).isEqualTo(5);
      assertThat(server.metrics().pushes(ResourceType.ENDPOINT)).isLessThanOrEqualTo(10);
      stopsThere(server, stream);
    }
  }

  @ParameterizedTest
  @EnumSource
  void leavesTheLastAcceptedVersionOfTheRefusedOne(XdsProtocol variant) throws Exception {
    try (ServerUnderTest server = ServerUnderTest.with(services(-1));
        RawStream stream = server.open(variant, on("node-a"))) {
      stream.subscribe(ResourceType.ENDPOINT, names());
      Map<String, List<List<String>>> has = takeUntilAll(stream, new HashMap<>());
      server.put(slice("s5", "zone-a", POISON));

      Answer poisoned = stream.next(ResourceType.ENDPOINT);
      assertThat(poisoned.names()).containsExactly("shop/s5:http");
      stream.nack(poisoned, "poison");

      stopsThere(server, stream);
      assertThat(server.metrics().nacks(ResourceType.ENDPOINT)).isEqualTo(1);
      assertThat(has.get("shop/s5:http")).containsExactly(List.of("10.0.0.5"));

      server.put(slice("s5", "zone-a", "10.0.0.50"));
      assertThat(stream.accept(ResourceType.ENDPOINT).tiers("shop/s5:http"))
          .containsExactly(List.of("10.0.0.50"));
      server.put(slice("s5", "zone-a", POISON));
      server.put(slice("s6", "zone-a", "10.0.0.60"));
      assertThat(stream.accept(ResourceType.ENDPOINT).names()).containsExactly("shop/s6:http");
    }
  }

  @ParameterizedTest
  @EnumSource
  void stopsAtAClientThatRefusesEverything(XdsProtocol variant) throws Exception {
    try (ServerUnderTest server = ServerUnderTest.with(services(-1));
        RawStream stream = server.open(variant, on("node-a"))) {
      stream.subscribe(ResourceType.CLUSTER);
      int refused = 0;
      while (refused < 2 * SERVICES - 1) {
        stream.nack(stream.next(ResourceType.CLUSTER), "I want none of this");
        refused++;
      }
      stream.subscribe(ResourceType.ENDPOINT, "a/marker:http");
      stream.accept(ResourceType.ENDPOINT);
      assertThat(server.metrics().pushes(ResourceType.CLUSTER)).isEqualTo(2 * SERVICES - 1);
    }
  }

  /** 10 MB of log in 10 s it was, from one client. */
  @ParameterizedTest
  @EnumSource
  void writesTenLinesOfAClientThatRefusesEverything(XdsProtocol variant) throws Exception {
    XdsLimits limits = XdsLimits.DEFAULT.withPushInterval(Duration.ZERO);
    try (ServerUnderTest server = ServerUnderTest.with(limits, services(-1));
        RawStream stream = server.open(variant, on("node-a"))) {
      stream.subscribe(ResourceType.ENDPOINT, "shop/s0:http");
      for (int i = 1; i <= 100; i++) {
        stream.nack(stream.next(ResourceType.ENDPOINT), "no, for the reason " + i);
        server.put(slice("s0", "zone-a", "10.7.0." + i));
      }
      stream.accept(ResourceType.ENDPOINT);
      assertThat(server.metrics().nacks(ResourceType.ENDPOINT)).isEqualTo(100);
      assertThat(server.log().with("refused")).hasSize(10);
    }
  }

  /** One bad cluster must not take the others away, although a state holds all of them. */
  @ParameterizedTest
  @EnumSource
  void bringsTheOtherClustersThrough(XdsProtocol variant) throws Exception {
    try (ServerUnderTest server = ServerUnderTest.with(services(-1));
        RawStream stream = server.open(variant, on("node-a"))) {
      stream.subscribe(ResourceType.CLUSTER);
      Map<String, Integer> has = new HashMap<>();
      while (has.size() < SERVICES - 1) {
        Answer answer = stream.next(ResourceType.CLUSTER);
        if (answer.names().contains("shop/s3:http")) {
          stream.nack(answer, "I do not like s3");
        } else {
          if (variant == XdsProtocol.STATE_OF_THE_WORLD) {
            assertThat(answer.names()).containsAll(has.keySet());
          }
          answer.names().forEach(name -> has.put(name, 1));
          stream.ack(answer);
        }
      }
      assertThat(server.metrics().nacks(ResourceType.CLUSTER)).isEqualTo(5);
      assertThat(server.metrics().pushes(ResourceType.CLUSTER)).isLessThanOrEqualTo(10);
    }
  }

  private static Map<String, List<List<String>>> takeUntilAll(
      RawStream stream, Map<String, List<List<String>>> has) throws Exception {
    while (has.size() < SERVICES) {
      Answer answer = stream.next(ResourceType.ENDPOINT);
      if (answer.resources().values().toString().contains(POISON)) {
        stream.nack(answer, "poison");
      } else {
        answer.names().forEach(name -> has.put(name, answer.tiers(name)));
        stream.ack(answer);
      }
    }
    return has;
  }

  /** The next thing that comes is something else. */
  private static void stopsThere(ServerUnderTest server, RawStream stream) throws Exception {
    long before = server.metrics().pushes(ResourceType.ENDPOINT);
    stream.subscribe(ResourceType.LISTENER);
    stream.accept(ResourceType.LISTENER);
    stream.subscribe(ResourceType.ROUTE, "outbound");
    stream.accept(ResourceType.ROUTE);
    assertThat(server.metrics().pushes(ResourceType.ENDPOINT)).isEqualTo(before);
  }

  private static ModelObject[] services(int poisoned) {
    List<ModelObject> objects = new ArrayList<>();
    for (int i = 0; i < SERVICES; i++) {
      objects.add(service("s" + i));
      objects.add(slice("s" + i, "zone-a", i == poisoned ? POISON : "10.0.0." + i));
    }
    return objects.toArray(ModelObject[]::new);
  }

  private static String[] names() {
    return IntStream.range(0, SERVICES).mapToObj(i -> cluster("s" + i)).toArray(String[]::new);
  }
}
