package io.github.topologyxds.grpc.connection;

import static io.github.topologyxds.session.SmallWorld.node;
import static io.github.topologyxds.session.SmallWorld.service;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.topologyxds.identity.AuthenticationFailure;
import io.github.topologyxds.identity.AuthenticationMode;
import io.github.topologyxds.identity.ClientIdentity;
import io.github.topologyxds.identity.TestAuthentication;
import io.github.topologyxds.session.ClientCounts;
import io.github.topologyxds.xds.resource.ResourceType;
import io.github.topologyxds.xds.resource.XdsProtocol;
import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Nothing is said to anybody whose credential is not believed, and a claim does not count. */
class AuthenticationTest {
  private static final int STREAMS = 100;

  private static final Metadata.Key<String> AUTHORIZATION =
      Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

  private TestAuthentication who;
  private ServerUnderTest server;

  @BeforeEach
  void start() throws Exception {
    who = new TestAuthentication(AuthenticationMode.REQUIRED);
    server =
        ServerUnderTest.asking(
            null,
            new Authentication.Parts(who.authenticator, who.watch, who.metrics),
            node("node-a", "zone-a"),
            node("node-b", "zone-b"),
            service("cart"));
  }

  @AfterEach
  void stop() {
    server.close();
    who.close();
  }

  private static Metadata bearer(String... tokens) {
    Metadata headers = new Metadata();
    for (String token : tokens) {
      headers.put(AUTHORIZATION, "Bearer " + token);
    }
    return headers;
  }

  /** CVE-2026-53714: another control plane checked one variant and forgot the others. */
  @ParameterizedTest
  @MethodSource("methods")
  void noMethodAnswersWithoutACredential(String method) throws Exception {
    assertThat(call(method, new Metadata()).getCode()).isEqualTo(Status.Code.UNAUTHENTICATED);
    assertThat(server.metrics().streams()).isZero();
  }

  private static Stream<String> methods() {
    return Stream.concat(
        Stream.of(
            "envoy.service.discovery.v3.AggregatedDiscoveryService/StreamAggregatedResources",
            "envoy.service.discovery.v3.AggregatedDiscoveryService/DeltaAggregatedResources",
            "envoy.service.load_stats.v3.LoadReportingService/StreamLoadStats"),
        Stream.of(
                "cluster:Cluster:Clusters",
                "endpoint:Endpoint:Endpoints",
                "listener:Listener:Listeners",
                "route:Route:Routes")
            .map(type -> type.split(":", -1))
            .flatMap(t ->
                Stream.of("Stream", "Delta", "Fetch")
                    .map(v ->
                        "envoy.service." + t[0] + ".v3." + t[1] + "DiscoveryService/" + v + t[2])));
  }

  private Status call(String method, Metadata headers) throws Exception {
    CompletableFuture<Status> end = new CompletableFuture<>();
    ClientCall<InputStream, InputStream> call =
        server
            .channel()
            .newCall(
                MethodDescriptor.<InputStream, InputStream>newBuilder()
                    .setType(MethodDescriptor.MethodType.BIDI_STREAMING)
                    .setFullMethodName(method)
                    .setRequestMarshaller(new Bytes())
                    .setResponseMarshaller(new Bytes())
                    .build(),
                CallOptions.DEFAULT);
    call.start(
        new ClientCall.Listener<>() {
          @Override
          public void onClose(Status status, Metadata trailers) {
            end.complete(status);
          }
        },
        headers);
    call.request(1);
    call.sendMessage(new ByteArrayInputStream(new byte[0]));
    return end.get(20, TimeUnit.SECONDS);
  }

  private static final class Bytes implements MethodDescriptor.Marshaller<InputStream> {
    @Override
    public InputStream stream(InputStream value) {
      return value;
    }

    @Override
    public InputStream parse(InputStream stream) {
      return stream;
    }
  }

  /** What the token proves is served, whatever the bootstrap claims. */
  @ParameterizedTest
  @EnumSource
  void theTokensNodeAndNamespaceCount(XdsProtocol protocol) throws Exception {
    String token = who.cluster.token("shop", "node-b");
    try (RawStream stream = server.open(protocol, ServerUnderTest.on("node-a"), bearer(token))) {
      stream.subscribe(ResourceType.CLUSTER);
      stream.accept(ResourceType.CLUSTER);
      assertThat(server.metrics().clients().now())
          .hasEntrySatisfying(
              new ClientCounts.Group("zone-b", protocol, Optional.of(ClientIdentity.Source.TOKEN)),
              count -> assertThat(count).isOne());
      assertThat(who.metrics.differingClaims()).isOne();
      await()
          .untilAsserted(() ->
              assertThat(server.log().with("CLIENT_CLAIM_DIFFERS"))
                  .singleElement()
                  .asString()
                  .contains("node-a", "node-b", "system:serviceaccount:shop:front"));
      // A client that changes its word later changes nothing.
      stream.introduceAgain(ServerUnderTest.on("node-a"));
      stream.subscribe(ResourceType.LISTENER);
      stream.accept(ResourceType.LISTENER);
      assertThat(who.metrics.differingClaims()).isOne();
    }
  }

  /** The services of one type ask the same. */
  @ParameterizedTest
  @EnumSource
  void theTokenCountsForTheServicesOfOneTypeToo(XdsProtocol protocol) throws Exception {
    String token = who.cluster.token("shop", "node-b");
    try (RawStream stream =
        ServerUnderTest.endpoints(
            server.channel(), protocol, ServerUnderTest.on("node-a"), bearer(token))) {
      stream.subscribe(ResourceType.ENDPOINT, "shop/cart:http");
      stream.accept(ResourceType.ENDPOINT);
      assertThat(server.metrics().clients().now())
          .hasEntrySatisfying(
              new ClientCounts.Group("zone-b", protocol, Optional.of(ClientIdentity.Source.TOKEN)),
              count -> assertThat(count).isOne());
      assertThat(who.metrics.differingClaims()).isOne();
    }
  }

  @ParameterizedTest
  @EnumSource
  void aTokenMayBeShownOnSeveralConnections(XdsProtocol protocol) throws Exception {
    String token = who.cluster.token("shop", "node-b");
    for (int i = 0; i < 3; i++) {
      try (RawStream stream = server.open(protocol, ServerUnderTest.on("node-b"), bearer(token))) {
        stream.subscribe(ResourceType.CLUSTER);
        stream.accept(ResourceType.CLUSTER);
      }
    }
    assertThat(who.metrics.differingClaims()).isZero();
  }

  @Test
  void twoCredentialsAreNone() throws Exception {
    String token = who.cluster.token("shop", "node-b");
    assertThat(refusal(bearer(token, token))).isEqualTo(AuthenticationFailure.SEVERAL);
  }

  @Test
  void whatIsNoBearerTokenIsNone() throws Exception {
    Metadata headers = new Metadata();
    headers.put(AUTHORIZATION, "Basic dXNlcjpwYXNz");
    assertThat(refusal(headers)).isEqualTo(AuthenticationFailure.MALFORMED);
  }

  @Test
  void aForgedTokenIsRefusedAndCounted() throws Exception {
    String good = who.cluster.token("shop", "node-b");
    String forged = good.substring(0, good.length() - 8) + "AAAAAAAA";
    assertThat(refusal(bearer(forged))).isEqualTo(AuthenticationFailure.SIGNATURE);
    assertThat(who.metrics.failures(AuthenticationFailure.SIGNATURE)).isOne();
    assertThat(server.log().with(forged)).isEmpty();
  }

  @Test
  void aTokenWhoseKeyWasRotatedAwayIsRefused() throws Exception {
    String before = who.cluster.token("shop", "node-b");
    accepted(before).close();
    who.cluster.rotateTo("key-2");
    who.readKeys();
    assertThat(refusal(bearer(before))).isEqualTo(AuthenticationFailure.KEY_UNKNOWN);
    accepted(who.cluster.token("shop", "node-b")).close();
  }

  /**
   * Each in turn shows its renewed token on a stream of its own, as Envoy does; none is refused.
   */
  @Test
  void keysAndTokensRotateUnderAHundredStreams() throws Exception {
    List<RawStream> open = new ArrayList<>();
    try {
      for (int i = 0; i < STREAMS; i++) {
        open.add(accepted(who.cluster.token("shop", "node-b")));
      }
      who.cluster.rotateTo("key-2");
      who.readKeys();
      who.look();
      server.put(service("late"));
      for (RawStream stream : open) {
        stream.accept(ResourceType.CLUSTER);
      }
      for (int i = 0; i < STREAMS; i++) {
        open.add(accepted(who.cluster.token("shop", "node-b")));
      }
      assertThat(server.metrics().streams()).isEqualTo(2 * STREAMS);
      assertThat(Stream.of(AuthenticationFailure.values()).mapToLong(who.metrics::failures).sum())
          .isZero();
    } finally {
      for (RawStream stream : open) {
        stream.close();
      }
    }
  }

  @Test
  void anOpenStreamEndsWithItsToken() throws Exception {
    try (RawStream stream = accepted(who.cluster.token("shop", "node-b"))) {
      who.clock.pass(Duration.ofMinutes(59));
      who.readKeys();
      who.look();
      stream.subscribe(ResourceType.LISTENER);
      stream.accept(ResourceType.LISTENER);
      who.clock.pass(Duration.ofMinutes(2));
      who.readKeys();
      who.look();
      Status end = stream.end();
      assertThat(end.getCode()).isEqualTo(Status.Code.UNAUTHENTICATED);
      assertThat(end.getDescription()).isEqualTo(AuthenticationFailure.EXPIRED.words());
    }
  }

  /** The kubelet cannot renew it; nobody is cut off for that, and clients that restart get in. */
  @Test
  void inAnOutageATokenCountsOn() throws Exception {
    String token = who.cluster.token("shop", "node-b");
    try (RawStream stream = accepted(token)) {
      who.away(true);
      who.clock.pass(Duration.ofHours(3));
      who.look();
      accepted(token).close();
      stream.subscribe(ResourceType.LISTENER);
      stream.accept(ResourceType.LISTENER);
      who.away(false);
      who.look();
      assertThat(stream.end().getCode()).isEqualTo(Status.Code.UNAUTHENTICATED);
    }
  }

  @Test
  void aTokenThatHadEndedBeforeTheOutageIsNotRevived() throws Exception {
    String token = who.cluster.token("shop", "node-b");
    who.clock.pass(Duration.ofHours(2));
    who.readKeys();
    who.away(true);
    who.clock.pass(Duration.ofHours(2));
    assertThat(refusal(bearer(token))).isEqualTo(AuthenticationFailure.EXPIRED);
  }

  @Test
  void whatTheClusterBelievesNoMoreEnds() throws Exception {
    String token = who.cluster.token("shop", "node-b");
    try (RawStream stream = accepted(token)) {
      who.look();
      who.delete(token);
      who.clock.pass(Duration.ofMinutes(6));
      who.look();
      assertThat(stream.end().getDescription()).isEqualTo(AuthenticationFailure.REVOKED.words());
      assertThat(refusal(bearer(token))).isEqualTo(AuthenticationFailure.REVOKED);
    }
  }

  /** A header of gRPC's own limit does not even get to us. */
  @Test
  void aTokenOf8KibibytesIsRefused() throws Exception {
    Status end =
        call(
            "envoy.service.discovery.v3.AggregatedDiscoveryService/DeltaAggregatedResources",
            bearer("x".repeat(8 << 10)));
    assertThat(end.isOk()).isFalse();
    assertThat(server.metrics().streams()).isZero();
  }

  private RawStream accepted(String token) throws Exception {
    RawStream stream = server.open(XdsProtocol.DELTA, ServerUnderTest.on("node-b"), bearer(token));
    stream.subscribe(ResourceType.CLUSTER);
    stream.accept(ResourceType.CLUSTER);
    return stream;
  }

  private AuthenticationFailure refusal(Metadata headers) throws Exception {
    try (RawStream stream = server.open(XdsProtocol.DELTA, ServerUnderTest.on("node-b"), headers)) {
      stream.subscribe(ResourceType.CLUSTER);
      Status end = stream.end();
      assertThat(end.getCode()).isEqualTo(Status.Code.UNAUTHENTICATED);
      return Stream.of(AuthenticationFailure.values())
          .filter(failure -> failure.words().equals(end.getDescription()))
          .findFirst()
          .orElseThrow();
    }
  }
}
