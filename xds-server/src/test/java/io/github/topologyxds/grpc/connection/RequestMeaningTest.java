package io.github.topologyxds.grpc.connection;

import static io.github.topologyxds.grpc.connection.ServerUnderTest.on;
import static io.github.topologyxds.session.SmallWorld.cluster;
import static io.github.topologyxds.session.SmallWorld.service;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.topologyxds.xds.resource.ResourceType;
import io.github.topologyxds.xds.resource.XdsProtocol;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What a first and a later request of a type mean: the table of docs/envoy.md, by both variants and
 * both kinds of services. What a client is subscribed to is seen by what it is told of next.
 */
class RequestMeaningTest {
  private static final String A = cluster("a");
  private static final String B = cluster("b");
  private static final String LATE = cluster("late");

  /** Which service carries the stream. */
  enum Carrier {
    AGGREGATED,
    SINGLE_TYPE
  }

  /** Names of a request: in state-of-the-world all of them, in delta those that change. */
  record Step(List<String> more, List<String> fewer) {}

  /** A row of the table. */
  record Row(XdsProtocol variant, String name, boolean all, List<Step> steps) {
    @Override
    public String toString() {
      return variant + " " + name;
    }
  }

  private static Step names(String... names) {
    return new Step(List.of(names), List.of());
  }

  private static Step without(String... names) {
    return new Step(List.of(), List.of(names));
  }

  private static Row listed(String name, boolean all, Step... steps) {
    return new Row(XdsProtocol.STATE_OF_THE_WORLD, name, all, List.of(steps));
  }

  private static Row changed(String name, boolean all, Step... steps) {
    return new Row(XdsProtocol.DELTA, name, all, List.of(steps));
  }

  static Stream<Row> table() {
    return Stream.of(
        listed("nothing is all", true, names()),
        listed("the star is all", true, names("*")),
        listed("the star and a name", true, names("*", A)),
        listed("names are these", false, names(A)),
        listed("nothing twice is still all", true, names(), names()),
        listed("a name ends all", false, names(), names(A)),
        listed("nothing after the star is nothing", false, names("*"), names()),
        listed("nothing after a name is nothing", false, names(A), names()),
        listed("nothing after all and a name is nothing", false, names(), names(A), names()),
        listed("the star after nothing at all", true, names(A), names(), names("*")),
        listed("an empty name is not all", false, names("")),
        listed("a locator is a name", false, names("locator:" + A)),
        changed("nothing is all", true, names()),
        changed("the star is all", true, names("*")),
        changed("names are these", false, names(A)),
        changed("a later name ends nothing", true, names(), names(A)),
        changed("a name given up ends not all", true, names(), names(A), without(A)),
        changed("the star given up leaves the name", false, names("*", A), without("*")),
        changed("all given up by the star", false, names(), without("*")),
        changed("only giving up is not all", false, without(A)),
        changed("only giving up the star is not all", false, without("*")),
        changed("nothing after giving up is not all", false, without(A), names()),
        changed("an empty name is not all", false, names("")),
        changed("a locator is a name", false, names("locator:" + A)),
        changed("a locator given up is not all", false, without("locator:" + A)));
  }

  static Stream<Arguments> rows() {
    return Stream.of(Carrier.values())
        .flatMap(carrier -> table().map(row -> Arguments.of(carrier, row)));
  }

  @ParameterizedTest
  @MethodSource("rows")
  void aRequestMeansWhatTheXdsDocumentSays(Carrier carrier, Row row) throws Exception {
    try (ServerUnderTest server = ServerUnderTest.with(service("a"), service("b"));
        Fence fence = new Fence(server);
        RawStream watcher = server.open(row.variant(), on("node-a"));
        RawStream stream = open(server, carrier, row.variant())) {
      watcher.subscribe(ResourceType.CLUSTER);
      assertThat(watcher.accept(ResourceType.CLUSTER).names()).contains(A, B);
      for (Step step : row.steps()) {
        say(stream, step);
        fence.pass();
        Set<String> unused = taken(stream);
      }
      server.put(service("late"));
      await(watcher, LATE);
      if (row.all()) {
        await(stream, LATE);
        return;
      }
      fence.pass();
      assertThat(taken(stream)).doesNotContain(LATE);
      say(stream, names(B));
      assertThat(await(stream, B)).doesNotContain(LATE);
    }
  }

  private static RawStream open(ServerUnderTest server, Carrier carrier, XdsProtocol variant) {
    return switch (carrier) {
      case AGGREGATED -> server.open(variant, on("node-a"));
      case SINGLE_TYPE -> SingleTypeServicesTest.open(server, variant, ResourceType.CLUSTER);
    };
  }

  private static void say(RawStream stream, Step step) {
    if (stream instanceof DeltaStream delta) {
      delta.change(ResourceType.CLUSTER, step.more(), step.fewer());
    } else if (stream instanceof SotwStream sotw) {
      List<String> names = new ArrayList<>();
      List<String> locators = new ArrayList<>();
      for (String name : step.more()) {
        if (name.startsWith(DeltaStream.LOCATOR)) {
          locators.add(name.substring(DeltaStream.LOCATOR.length()));
        } else {
          names.add(name);
        }
      }
      sotw.list(ResourceType.CLUSTER, names, locators);
    }
  }

  /** Accepts what has come; returns the names in it. */
  private static Set<String> taken(RawStream stream) throws InterruptedException {
    Set<String> names = new HashSet<>();
    while (stream.inbox().waiting() > 0) {
      names.addAll(stream.accept(ResourceType.CLUSTER).names());
    }
    return names;
  }

  /** Accepts responses until this name comes; returns the names in them. */
  private static Set<String> await(RawStream stream, String name) throws InterruptedException {
    Set<String> names = new HashSet<>();
    while (!names.contains(name)) {
      names.addAll(stream.accept(ResourceType.CLUSTER).names());
    }
    return names;
  }

  /**
   * A stream of the same connection. Its requests come after those of the others, and so do its
   * answers: when one is there, nothing more will come to what was said before.
   */
  private static final class Fence implements AutoCloseable {
    private final RawStream stream;
    private int passed;

    Fence(ServerUnderTest server) {
      this.stream = server.open(XdsProtocol.DELTA, on("node-a"));
    }

    void pass() throws InterruptedException {
      stream.subscribe(ResourceType.ENDPOINT, cluster("fence" + passed++));
      Answer unused = stream.accept(ResourceType.ENDPOINT);
    }

    @Override
    public void close() {
      stream.close();
    }
  }
}
