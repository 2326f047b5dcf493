package io.github.topologyxds.e2e.apiserver;

import static io.github.topologyxds.e2e.apiserver.Samples.SLICES;
import static io.github.topologyxds.e2e.apiserver.Samples.slice;
import static io.github.topologyxds.e2e.apiserver.Samples.watchFrom;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpResponse;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.core.JacksonException;

/** Each fault of a request, seen by a client that knows nothing of it. */
class FaultsTest {
  private final ApiServer api = ApiServer.start();
  private final TestClient client = new TestClient(api);

  @BeforeEach
  void oneSlice() {
    api.put(slice("a", "10.0.0.1"));
  }

  @AfterEach
  void stop() {
    client.close();
    api.close();
  }

  @Test
  void aHungServerTakesARequestAndAnswersItWhenItWakesUp() throws Exception {
    Injection hang = api.faults().hang();
    CompletableFuture<HttpResponse<String>> answer =
        client
            .http()
            .sendAsync(
                client.request("GET", SLICES, "").build(), HttpResponse.BodyHandlers.ofString());
    await().until(() -> api.requests().size() == 1);
    assertThat(answer).isNotDone();
    assertThat(api.requests().get(0).status()).isZero();
    hang.lift();
    assertThat(answer.get().statusCode()).isEqualTo(200);
    await().untilAsserted(() -> assertThat(api.requests().get(0).status()).isEqualTo(200));
  }

  @Test
  void aHangFreezesOpenWatchesWithoutClosingThem() {
    TestClient.Watching watching = client.watch(watchFrom(api.revision()));
    await().until(() -> api.openWatches() == 1);
    Injection hang = api.faults().hang();
    api.put(slice("b", "10.0.0.2"));
    // A request that came after the change and is held shows that time has passed on the server.
    CompletableFuture<HttpResponse<String>> held =
        client
            .http()
            .sendAsync(
                client.request("GET", SLICES, "").build(), HttpResponse.BodyHandlers.ofString());
    await().until(() -> api.requests().size() == 2);
    assertThat(watching.lines()).isEmpty();
    assertThat(watching.end()).isNull();
    hang.lift();
    await().untilAsserted(() -> assertThat(watching.events()).containsExactly("ADDED b"));
    assertThat(held.join().statusCode()).isEqualTo(200);
  }

  @Test
  void refusesConnectionsAndReturnsAtTheSamePort() throws Exception {
    TestClient.Watching watching = client.watch(watchFrom(api.revision()));
    await().until(() -> api.openWatches() == 1);
    int port = api.uri().getPort();
    api.stopListening();
    await().until(() -> watching.end() != null);
    assertThatThrownBy(() -> client.get(SLICES)).isInstanceOf(ConnectException.class);
    api.listen();
    assertThat(api.uri().getPort()).isEqualTo(port);
    assertThat(client.get(SLICES).body().path("items")).hasSize(1);
  }

  @Test
  void tooManyRequestsComesWithRetryAfterAsOftenAsAskedFor() throws Exception {
    api.faults().inject(new Fault.HttpError(429, 2), Where.everywhere().only(Verb.LIST), 2);
    for (int i = 0; i < 2; i++) {
      HttpResponse<String> refused = client.raw(SLICES);
      assertThat(refused.statusCode()).isEqualTo(429);
      assertThat(refused.headers().firstValue("Retry-After")).contains("2");
    }
    assertThat(client.raw(SLICES).statusCode()).isEqualTo(200);
  }

  @Test
  void serverErrorsComeWithAStatusBody() throws Exception {
    api.faults().inject(new Fault.HttpError(500), Where.of(ResourceKind.ENDPOINT_SLICES), 1);
    api.faults().inject(new Fault.HttpError(503), Where.of(ResourceKind.ENDPOINT_SLICES), 1);
    assertThat(client.get("/api/v1/services").status()).isEqualTo(200);
    assertThat(client.get(SLICES).reason()).isEqualTo("InternalError");
    assertThat(client.get(SLICES).reason()).isEqualTo("ServiceUnavailable");
    assertThat(client.get(SLICES).status()).isEqualTo(200);
  }

  @Test
  void rbacSpeaksAsInARealCluster() throws Exception {
    api.faults().inject(new Fault.Forbidden(), Where.everywhere());
    TestClient.Reply list = client.get("/api/v1/services");
    assertThat(list.status()).isEqualTo(403);
    assertThat(list.body().path("message").asString())
        .isEqualTo(
            "services is forbidden: User \"tester\" cannot list resource \"services\" in API group"
                + " \"\" at the cluster scope");
    assertThat(client.get(Samples.SLICES_OF_SHOP + "/a").body().path("message").asString())
        .isEqualTo(
            "endpointslices.discovery.k8s.io \"a\" is forbidden: User \"tester\" cannot get"
                + " resource \"endpointslices\" in API group \"discovery.k8s.io\" in the namespace"
                + " \"shop\"");
  }

  @Test
  void goneAsAStatusHitsWatchesAlone() throws Exception {
    api.faults().inject(new Fault.GoneStatus(), Where.everywhere(), 1);
    assertThat(client.get(SLICES).status()).isEqualTo(200);
    assertThat(client.get(watchFrom(api.revision())).status()).isEqualTo(410);
  }

  @Test
  void aResetEndsTheConnectionBeforeTheAnswer() throws Exception {
    // Twice: the JDK's client tries a GET once more when its connection dies.
    Injection reset = api.faults().inject(new Fault.Reset(), Where.everywhere());
    assertThatThrownBy(() -> client.get(SLICES)).isInstanceOf(IOException.class);
    reset.lift();
    assertThat(client.get(SLICES).status()).isEqualTo(200);
  }

  @Test
  void aListCanBeBrokenJsonOrEndWithinAChunk() throws Exception {
    api.faults().inject(new Fault.BrokenJson(), Where.everywhere(), 1);
    assertThatThrownBy(() -> client.get(SLICES)).isInstanceOf(JacksonException.class);
    try (Injection truncated =
        api.faults().inject(new Fault.TruncatedChunk(), Where.everywhere())) {
      assertThatThrownBy(() -> client.get(SLICES)).isInstanceOf(IOException.class);
      assertThat(truncated.fault()).isInstanceOf(Fault.TruncatedChunk.class);
    }
    assertThat(client.get(SLICES).status()).isEqualTo(200);
  }

  @Test
  void aFaultHitsTheKindThatItIsMeantFor() {
    Where nodes = Where.of(ResourceKind.NODES).only(Verb.WATCH);
    assertThat(nodes.path().matcher("/api/v1/nodes").matches()).isTrue();
    assertThat(nodes.path().matcher("/api/v1/namespaces/shop/pods").matches()).isFalse();
    assertThat(nodes.verbs()).containsExactly(Verb.WATCH);
    Where slices = Where.of(ResourceKind.ENDPOINT_SLICES);
    assertThat(slices.path().matcher(Samples.SLICES_OF_SHOP + "/a").matches()).isTrue();
    assertThat(slices.path().matcher(SLICES).matches()).isTrue();
  }
}
