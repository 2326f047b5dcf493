package io.github.topologyxds.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.topologyxds.demo.backend.BackendSpec;
import io.github.topologyxds.demo.backend.Behaviour;
import io.github.topologyxds.demo.backend.EchoBackend;
import io.github.topologyxds.demo.backend.SwallowingBackend;
import io.github.topologyxds.demo.load.LoadBounds;
import io.github.topologyxds.demo.load.LoadGenerator;
import io.github.topologyxds.demo.load.LoadRequest;
import io.github.topologyxds.demo.load.LoadResult;
import io.github.topologyxds.demo.load.RunningLoad;
import io.github.topologyxds.demo.workspace.FreePorts;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BackendsTest {
  private final BackendSpec spec;
  private final EchoBackend backend;

  BackendsTest() throws IOException {
    spec = new BackendSpec("web-a1", "zone-a", "node-a", "127.1.1.1", FreePorts.next());
    backend = EchoBackend.start(spec);
  }

  @AfterEach
  void stop() {
    backend.close();
  }

  @Test
  void answersWithItsNameAndCountsByClient() {
    LoadRequest request = LoadRequest.get("any").withHeader("x-client-zone", "zone-b");

    LoadResult result = load(request).run(LoadBounds.of(200, 4));

    assertThat(result.total()).isEqualTo(200);
    assertThat(result.failed()).isZero();
    assertThat(result.byBackend()).containsOnlyKeys("web-a1").containsEntry("web-a1", 200L);
    assertThat(result.latency().p50()).isPositive().isLessThanOrEqualTo(result.latency().p99());
    assertThat(result.latency().p99()).isLessThanOrEqualTo(result.latency().max());
    assertThat(backend.requestsByClient()).containsExactly(Map.entry("zone-b", 200L));
    backend.resetCounts();
    assertThat(backend.requests()).isZero();
  }

  @Test
  void talksHttp2WithPriorKnowledge() throws Exception {
    List<String> backends = PriorKnowledgeClient.ask(address(), 3);

    assertThat(backends).containsExactly("web-a1", "web-a1", "web-a1");
    assertThat(backend.requests()).isEqualTo(3);
  }

  @Test
  void aClientThatWantsToUpgradeGetsHttp1() throws Exception {
    HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_2).build();
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.1.1.1:" + spec.port() + "/")).build();

    HttpResponse<String> response = client.send(request, BodyHandlers.ofString());

    assertThat(response.version()).isEqualTo(HttpClient.Version.HTTP_1_1);
    assertThat(response.body()).isEqualTo("web-a1");
  }

  @Test
  void behavesAsTold() {
    LoadGenerator posts = load(LoadRequest.post("any", "body"));

    backend.behave(new Behaviour.Status(500));
    assertThat(posts.run(LoadBounds.of(5, 1)).status(500)).isEqualTo(5);

    backend.behave(Behaviour.READ_AND_CLOSE);
    LoadResult closed = posts.run(LoadBounds.of(5, 1));
    assertThat(closed.unanswered()).isEqualTo(5);
    assertThat(closed.failed()).isEqualTo(5);
    assertThat(closed.firstError()).isNotEmpty();
    assertThat(backend.requests()).isEqualTo(10);

    backend.behave(new Behaviour.Slow(Duration.ofMillis(50)));
    assertThat(posts.run(LoadBounds.of(1, 1)).latency().max()).isGreaterThanOrEqualTo(50);

    backend.behave(Behaviour.OK);
    assertThat(posts.run(LoadBounds.of(5, 1)).status(200)).isEqualTo(5);
  }

  @Test
  void diesAndComesBackOnItsPort() throws IOException {
    LoadGenerator gets = load(LoadRequest.get("any"));
    assertThat(gets.run(LoadBounds.of(2, 1)).failed()).isZero();

    backend.close();
    assertThatThrownBy(this::connect).isInstanceOf(ConnectException.class);

    backend.restart();
    assertThat(gets.run(LoadBounds.of(2, 1)).failed()).isZero();
    assertThat(backend.requests()).isEqualTo(4);
  }

  @Test
  void loadRunsUntilItIsStopped() {
    try (RunningLoad load = load(LoadRequest.get("any")).start(2)) {
      await().until(() -> backend.requests() > 50);
      LoadResult result = load.stop();

      assertThat(result.total()).isEqualTo(backend.requests());
      assertThat(result.failed()).isZero();
    }
  }

  @Test
  void loadEndsInTime() {
    backend.behave(new Behaviour.Slow(Duration.ofMillis(20)));
    LoadBounds bounds = new LoadBounds(1_000_000, 2, Duration.ofMillis(200));

    assertThat(load(LoadRequest.get("any")).run(bounds).total()).isBetween(2L, 40L);
  }

  @Test
  void aSwallowingBackendNeitherTakesNorRefuses() throws IOException {
    backend.close();
    try (SwallowingBackend swallowing = SwallowingBackend.start(address())) {
      assertThat(swallowing).isNotNull();
      assertThatThrownBy(this::connect).isInstanceOf(SocketTimeoutException.class);
      assertThatThrownBy(this::connect).isInstanceOf(SocketTimeoutException.class);
    }
    assertThatThrownBy(this::connect).isInstanceOf(ConnectException.class);
  }

  @Test
  void loadIsForLoopbackOnly() {
    InetSocketAddress elsewhere = new InetSocketAddress("192.0.2.1", 80);

    assertThatThrownBy(() -> new LoadGenerator(elsewhere, LoadRequest.get("any")))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private LoadGenerator load(LoadRequest request) {
    return new LoadGenerator(address(), request, Duration.ofSeconds(5));
  }

  private InetSocketAddress address() {
    return new InetSocketAddress(spec.address(), spec.port());
  }

  private void connect() throws IOException {
    try (Socket socket = new Socket()) {
      socket.connect(address(), 500);
    }
  }
}
