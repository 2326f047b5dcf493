package io.github.topologyxds.delivery.grpc;

import static io.github.topologyxds.delivery.SmallWorld.cluster;
import static io.github.topologyxds.delivery.SmallWorld.service;
import static io.github.topologyxds.delivery.grpc.RequestScript.Request.names;
import static io.github.topologyxds.delivery.grpc.RequestScript.Request.without;
import static io.github.topologyxds.delivery.grpc.ServerUnderTest.on;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.topologyxds.delivery.XdsProtocolVariant;
import io.github.topologyxds.delivery.grpc.RequestScript.Carrier;
import io.github.topologyxds.delivery.grpc.RequestScript.Request;
import io.github.topologyxds.xds.ResourceType;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What a first and a later request of a type mean: the table of docs/envoy.md, in both variants, on
 * aggregated and on single-type streams. What a client is subscribed to is seen by what it is told
 * of next.
 */
class RequestMeaningTest {
  private static final XdsLimits LIMITS = XdsLimits.DEFAULT.withPushInterval(Duration.ZERO);
  private static final String A = cluster("a");
  private static final String B = cluster("b");
  private static final String LATE = cluster("late");

  /** What a client is subscribed to after the requests of a row. */
  private enum Subscribed {
    ALL,
    A_ALONE,
    NOTHING
  }

  /** A request, and whether anything is sent in answer. */
  private record Step(Request request, Answered answered) {}

  private enum Answered {
    YES,
    NO
  }

  private static Step asks(Request request) {
    return new Step(request, Answered.YES);
  }

  private static Step tells(Request request) {
    return new Step(request, Answered.NO);
  }

  private record Row(Subscribed subscribed, List<Step> steps) {
    static Row of(Subscribed subscribed, Step... steps) {
      return new Row(subscribed, List.of(steps));
    }
  }

  private static Stream<Row> rows(XdsProtocolVariant variant) {
    return switch (variant) {
      case STATE_OF_THE_WORLD ->
          Stream.of(
              Row.of(Subscribed.ALL, asks(names())),
              Row.of(Subscribed.ALL, asks(names("*"))),
              Row.of(Subscribed.ALL, asks(names("*", A))),
              Row.of(Subscribed.ALL, asks(names()), tells(names())),
              Row.of(Subscribed.ALL, asks(names("*")), tells(names()), asks(names("*"))),
              Row.of(Subscribed.A_ALONE, asks(names(A))),
              Row.of(Subscribed.A_ALONE, asks(names()), asks(names(A))),
              Row.of(Subscribed.A_ALONE, asks(names("*", A)), tells(names(A))),
              Row.of(Subscribed.A_ALONE, asks(names("locator:" + A))),
              Row.of(Subscribed.NOTHING, asks(names("*")), tells(names())),
              Row.of(Subscribed.NOTHING, asks(names(A)), tells(names())),
              Row.of(Subscribed.NOTHING, asks(names()), asks(names(A)), tells(names())),
              Row.of(Subscribed.NOTHING, tells(names(""))),
              Row.of(Subscribed.NOTHING, tells(names("")), tells(names())),
              Row.of(Subscribed.NOTHING, tells(names("locator:"))));
      case DELTA ->
          Stream.of(
              Row.of(Subscribed.ALL, asks(names())),
              Row.of(Subscribed.ALL, asks(names("*"))),
              Row.of(Subscribed.ALL, asks(names()), asks(names(A))),
              Row.of(Subscribed.ALL, asks(names()), asks(names(A)), asks(without(A))),
              Row.of(Subscribed.ALL, tells(without(A)), asks(names("*"))),
              Row.of(Subscribed.A_ALONE, asks(names(A))),
              Row.of(Subscribed.A_ALONE, asks(names("*", A)), tells(without("*"))),
              Row.of(Subscribed.A_ALONE, asks(names()), asks(names(A)), tells(without("*"))),
              Row.of(Subscribed.A_ALONE, asks(names("locator:" + A))),
              Row.of(Subscribed.NOTHING, asks(names()), tells(without("*"))),
              Row.of(Subscribed.NOTHING, asks(names(A)), tells(without(A))),
              Row.of(Subscribed.NOTHING, asks(names(A)), tells(without("locator:" + A))),
              Row.of(Subscribed.NOTHING, tells(without(A))),
              Row.of(Subscribed.NOTHING, tells(without("*"))),
              Row.of(Subscribed.NOTHING, tells(without("locator:" + A))),
              Row.of(Subscribed.NOTHING, tells(without(A)), tells(names())),
              Row.of(Subscribed.NOTHING, tells(names(""))));
    };
  }

  static Stream<Arguments> table() {
    return streams()
        .flatMap(stream ->
            rows((XdsProtocolVariant) stream.get()[0])
                .map(row -> Arguments.of(stream.get()[0], stream.get()[1], row)));
  }

  static Stream<Arguments> streams() {
    return Stream.of(XdsProtocolVariant.values())
        .flatMap(
            variant -> Stream.of(Carrier.values()).map(carrier -> Arguments.of(variant, carrier)));
  }

  @ParameterizedTest
  @MethodSource("table")
  void ofClusters(XdsProtocolVariant variant, Carrier carrier, Row row) throws Exception {
    try (ServerUnderTest server = ServerUnderTest.with(LIMITS, service("a"), service("b"));
        RequestScript script =
            RequestScript.open(server.channel(), variant, carrier, ResourceType.CLUSTER);
        DeltaStream witness = server.openDelta(on("node-w"))) {
      witness.subscribe(ResourceType.CLUSTER);
      witness.accept(ResourceType.CLUSTER);
      for (Step step : row.steps()) {
        script.send(step.request());
        if (step.answered() == Answered.YES) {
          script.accept();
        }
      }
      // Whatever has just been asked comes before this: it is the same connection.
      witness.subscribe(ResourceType.ENDPOINT, "shop/marker:http");
      witness.accept(ResourceType.ENDPOINT);
      switch (row.subscribed()) {
        case ALL -> {
          server.put(service("late"));
          assertThat(script.accept().names()).contains(LATE);
        }
        case A_ALONE -> {
          change(server, witness);
          Answer end = script.accept();
          assertThat(end.names()).isEmpty();
          assertThat(end.removed()).isSubsetOf(A);
        }
        case NOTHING -> {
          change(server, witness);
          script.send(names(B));
          Answer only = script.accept();
          assertThat(only.names()).containsExactly(B);
          assertThat(only.removed()).isEmpty();
        }
      }
    }
  }

  /** A cluster comes, and another goes. */
  private static void change(ServerUnderTest server, DeltaStream witness) throws Exception {
    server.put(service("late"));
    assertThat(witness.accept(ResourceType.CLUSTER).names()).containsExactly(LATE);
    server.delete(service("a"));
    assertThat(witness.accept(ResourceType.CLUSTER).removed()).containsExactly(A);
  }

  /** Envoy refuses an assignment with an empty name, and all that comes with it. */
  @ParameterizedTest
  @MethodSource("streams")
  void anEmptyNameOfEndpointsIsPassedOver(XdsProtocolVariant variant, Carrier carrier)
      throws Exception {
    try (ServerUnderTest server = ServerUnderTest.with(LIMITS, service("a"));
        RequestScript script =
            RequestScript.open(server.channel(), variant, carrier, ResourceType.ENDPOINT)) {
      script.send(names("", A));
      Answer answer = script.accept();
      assertThat(answer.names()).containsExactly(A);
      assertThat(answer.removed()).isEmpty();
    }
  }
}
