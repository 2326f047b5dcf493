package io.github.topologyxds.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.InvalidProtocolBufferException;
import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import io.envoyproxy.envoy.service.status.v3.ClientConfig;
import io.envoyproxy.envoy.service.status.v3.ClientConfig.GenericXdsConfig;
import io.envoyproxy.envoy.service.status.v3.ClientStatusDiscoveryServiceGrpc;
import io.envoyproxy.envoy.service.status.v3.ClientStatusDiscoveryServiceGrpc.ClientStatusDiscoveryServiceBlockingStub;
import io.envoyproxy.envoy.service.status.v3.ClientStatusRequest;
import io.envoyproxy.envoy.service.status.v3.ClientStatusResponse;
import io.envoyproxy.envoy.service.status.v3.ConfigStatus;
import io.envoyproxy.envoy.type.matcher.v3.NodeMatcher;
import io.envoyproxy.envoy.type.matcher.v3.RegexMatcher;
import io.envoyproxy.envoy.type.matcher.v3.StringMatcher;
import io.envoyproxy.envoy.type.matcher.v3.StructMatcher;
import io.envoyproxy.envoy.type.matcher.v3.ValueMatcher;
import io.github.topologyxds.api.AnsweringClient.Manner;
import io.github.topologyxds.api.server.ApiServerTest;
import io.github.topologyxds.xds.resource.ResourceType;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.StreamObserver;
import java.nio.file.Path;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** CSDS over the API's port, where HTTP/1.1 is served beside it. */
class ClientStatusServiceTest {
  @TempDir private Path folder = Path.of("");
  private RunningApi api;
  private ManagedChannel channel;

  @BeforeEach
  void start() throws Exception {
    api = new RunningApi(folder, ApiServerTest.MANIFESTS);
    channel = channel("127.0.0.1:" + api.port());
  }

  @AfterEach
  void stop() {
    channel.shutdownNow();
    api.close();
  }

  private ManagedChannel channel(String authority) {
    return NettyChannelBuilder.forAddress("127.0.0.1", api.port())
        .overrideAuthority(authority)
        .usePlaintext()
        .build();
  }

  private static ClientStatusDiscoveryServiceBlockingStub stub(ManagedChannel channel) {
    return ClientStatusDiscoveryServiceGrpc.newBlockingStub(channel);
  }

  private List<ClientConfig> fetch(NodeMatcher... matchers) {
    return stub(channel)
        .fetchClientStatus(
            ClientStatusRequest.newBuilder().addAllNodeMatchers(List.of(matchers)).build())
        .getConfigList();
  }

  private static NodeMatcher id(StringMatcher.Builder matcher) {
    return NodeMatcher.newBuilder().setNodeId(matcher).build();
  }

  private static NodeMatcher exactly(String id) {
    return id(StringMatcher.newBuilder().setExact(id));
  }

  private static NodeMatcher metadata(String key, String value) {
    return NodeMatcher.newBuilder()
        .addNodeMetadatas(
            StructMatcher.newBuilder()
                .addPath(StructMatcher.PathSegment.newBuilder().setKey(key))
                .setValue(
                    ValueMatcher.newBuilder()
                        .setStringMatch(StringMatcher.newBuilder().setExact(value))))
        .build();
  }

  private static GenericXdsConfig whole(ClientConfig client) {
    return client.getGenericXdsConfigsList().stream()
        .filter(entry -> entry.getName().isEmpty())
        .findFirst()
        .orElseThrow();
  }

  private static List<GenericXdsConfig> resources(ClientConfig client) {
    return client.getGenericXdsConfigsList().stream()
        .filter(entry -> !entry.getName().isEmpty())
        .toList();
  }

  private void connectThree() {
    AnsweringClient.connect(api, "shop/front-1", "node-a1", Manner.ACCEPTS);
    AnsweringClient.connect(api, "shop/front-2", "node-x", Manner.SILENT);
    AnsweringClient.connect(api, "edge/gw", "node-a1", Manner.REFUSES);
    await()
        .untilAsserted(() ->
            assertThat(fetch())
                .extracting(client -> whole(client).getConfigStatus())
                .containsExactly(ConfigStatus.ERROR, ConfigStatus.SYNCED, ConfigStatus.STALE));
  }

  @Test
  void tellsOfManyClientsWithoutTheirResources() {
    connectThree();

    List<ClientConfig> clients = fetch();

    assertThat(clients)
        .extracting(client -> client.getNode().getId())
        .containsExactly("edge/gw", "shop/front-1", "shop/front-2");
    assertThat(clients).allSatisfy(client -> assertThat(resources(client)).isEmpty());
    assertThat(clients.get(1).getNode().getLocality().getZone()).isEqualTo("zone-a");
    assertThat(clients.get(1).getNode().getMetadata().getFieldsOrThrow("NODE_NAME"))
        .extracting(value -> value.getStringValue())
        .isEqualTo("node-a1");
    assertThat(whole(clients.get(1)).getVersionInfo()).isNotEmpty();
    assertThat(whole(clients.get(1)).hasLastUpdated()).isTrue();
    assertThat(whole(clients.get(2)).hasLastUpdated()).isFalse();
    assertThat(whole(clients.getFirst()).getErrorState().getDetails())
        .isEqualTo("cannot bind 127.0.0.1:15001");
  }

  @Test
  void tellsOfOneClientWhatItHas() throws Exception {
    connectThree();

    ClientConfig client = fetch(exactly("shop/front-1")).getFirst();

    assertThat(resources(client))
        .extracting(GenericXdsConfig::getName)
        .containsExactly("shop/cart:http", "shop/pay:http", "shop/web:http");
    assertThat(resources(client))
        .allSatisfy(resource -> {
          assertThat(resource.getConfigStatus()).isEqualTo(ConfigStatus.SYNCED);
          assertThat(resource.getTypeUrl()).isEqualTo(ResourceType.CLUSTER.typeUrl());
          assertThat(cluster(resource).getName()).isEqualTo(resource.getName());
          assertThat(resource.getVersionInfo()).isNotEmpty();
        });
    assertThat(resources(fetch(exactly("shop/front-2")).getFirst()))
        .extracting(GenericXdsConfig::getConfigStatus)
        .containsOnly(ConfigStatus.STALE)
        .hasSize(3);
    assertThat(resources(fetch(exactly("edge/gw")).getFirst()))
        .allSatisfy(resource -> {
          assertThat(resource.getConfigStatus()).isEqualTo(ConfigStatus.ERROR);
          assertThat(resource.getErrorState().getDetails())
              .isEqualTo("cannot bind 127.0.0.1:15001");
          assertThat(resource.getErrorState().getVersionInfo())
              .isEqualTo(resource.getVersionInfo());
        })
        .hasSize(3);
  }

  @Test
  void leavesContentsOutWhereTheyAreNotWanted() {
    connectThree();

    ClientStatusRequest request =
        ClientStatusRequest.newBuilder()
            .addNodeMatchers(exactly("shop/front-1"))
            .setExcludeResourceContents(true)
            .build();

    assertThat(resources(stub(channel).fetchClientStatus(request).getConfig(0))).isEmpty();
  }

  private static Cluster cluster(GenericXdsConfig resource) throws InvalidProtocolBufferException {
    return resource.getXdsConfig().unpack(Cluster.class);
  }

  @Test
  void tellsWhatTheClientHasNotBeenSentYet() throws Exception {
    connectThree();
    String before = cart("shop/front-2").getVersionInfo();

    api.put(ApiServerTest.MANIFESTS.replace("port: 80}]}}", "port: 80, appProtocol: grpc}]}}"));

    await()
        .untilAsserted(() ->
            assertThat(cart("shop/front-2").getConfigStatus()).isEqualTo(ConfigStatus.NOT_SENT));
    assertThat(cart("shop/front-2").getVersionInfo()).isNotEqualTo(before);
  }

  private GenericXdsConfig cart(String client) {
    return resources(fetch(exactly(client)).getFirst()).getFirst();
  }

  @Test
  void matchesByIdAndMetadata() {
    connectThree();

    assertThat(ids(id(StringMatcher.newBuilder().setPrefix("SHOP/").setIgnoreCase(true))))
        .containsExactly("shop/front-1", "shop/front-2");
    assertThat(ids(id(StringMatcher.newBuilder().setSuffix("-2")))).containsExactly("shop/front-2");
    assertThat(ids(id(StringMatcher.newBuilder().setContains("/g")))).containsExactly("edge/gw");
    assertThat(ids(regex("shop/front-[13]"))).containsExactly("shop/front-1");
    assertThat(ids(regex("front"))).isEmpty();
    assertThat(ids(metadata("NODE_NAME", "node-a1"))).containsExactly("edge/gw", "shop/front-1");
    assertThat(ids(metadata("NODE_NAME", "node-x"), exactly("edge/gw")))
        .containsExactly("edge/gw", "shop/front-2");
    assertThat(
            ids(
                metadata("NODE_NAME", "node-a1").toBuilder()
                    .setNodeId(StringMatcher.newBuilder().setPrefix("shop/"))
                    .build()))
        .containsExactly("shop/front-1");
  }

  private static NodeMatcher regex(String regex) {
    return id(StringMatcher.newBuilder().setSafeRegex(RegexMatcher.newBuilder().setRegex(regex)));
  }

  private List<String> ids(NodeMatcher... matchers) {
    return fetch(matchers).stream().map(client -> client.getNode().getId()).toList();
  }

  @Test
  void refusesMatchersThatCouldNotMatch() {
    assertRefused(metadata("CLUSTER", "x"), "metadata 'CLUSTER' is not kept of clients");
    assertRefused(id(StringMatcher.newBuilder()), "a string matcher is empty");
    assertRefused(regex("("), "'(' is no RE2 expression: missing closing )");
    assertRefused(regex("((a{1000}){1000}){1000}"), "repeats too much");
  }

  private void assertRefused(NodeMatcher matcher, String words) {
    assertThatThrownBy(() -> fetch(matcher))
        .isInstanceOfSatisfying(
            StatusRuntimeException.class,
            e -> {
              assertThat(e.getStatus().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
              assertThat(e.getStatus().getDescription()).contains(words);
            });
  }

  @Test
  void answersEachRequestOfAStream() {
    connectThree();
    Queue<ClientStatusResponse> answers = new ConcurrentLinkedQueue<>();
    StreamObserver<ClientStatusRequest> requests =
        ClientStatusDiscoveryServiceGrpc.newStub(channel).streamClientStatus(collecting(answers));

    requests.onNext(ClientStatusRequest.getDefaultInstance());
    await().until(() -> answers.size() == 1);
    requests.onNext(ClientStatusRequest.newBuilder().addNodeMatchers(exactly("edge/gw")).build());
    requests.onCompleted();

    await().until(() -> answers.size() == 3);
    assertThat(answers).extracting(ClientStatusResponse::getConfigCount).containsExactly(3, 1, 0);
  }

  /** A stream's end counts as an empty answer. */
  private static StreamObserver<ClientStatusResponse> collecting(
      Queue<ClientStatusResponse> answers) {
    return new StreamObserver<>() {
      @Override
      public void onNext(ClientStatusResponse answer) {
        answers.add(answer);
      }

      @Override
      public void onError(Throwable end) {
        // The test waits for what does not come, and fails.
      }

      @Override
      public void onCompleted() {
        answers.add(ClientStatusResponse.getDefaultInstance());
      }
    };
  }

  @Test
  void isHeldToTheSameHosts() throws Exception {
    ManagedChannel foreign = channel("evil.example.com");
    try {
      assertThatThrownBy(
              () -> stub(foreign).fetchClientStatus(ClientStatusRequest.getDefaultInstance()))
          .isInstanceOfSatisfying(
              StatusRuntimeException.class,
              e -> {
                assertThat(e.getStatus().getCode()).isEqualTo(Status.Code.PERMISSION_DENIED);
                assertThat(e.getStatus().getDescription()).contains("evil.example.com");
              });
    } finally {
      foreign.shutdownNow();
    }
    assertThat(api.get("/api/v1/clients").statusCode()).isEqualTo(200);
  }
}
