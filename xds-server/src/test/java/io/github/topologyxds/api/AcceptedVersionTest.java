package io.github.topologyxds.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.rpc.Status;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryRequest;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryResponse;
import io.github.topologyxds.api.server.ApiServerTest;
import io.github.topologyxds.xds.resource.ResourceType;
import io.grpc.stub.StreamObserver;
import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** To a connected client what it has accepted is explained, and whether something newer waits. */
class AcceptedVersionTest {
  private static final String CLUSTER = "shop/cart:http";

  @TempDir private Path folder = Path.of("");
  private RunningApi api;
  private final BlockingQueue<DeltaDiscoveryResponse> responses = new LinkedBlockingQueue<>();
  private StreamObserver<DeltaDiscoveryRequest> requests;

  @BeforeEach
  void connect() throws Exception {
    api = new RunningApi(folder, ApiServerTest.MANIFESTS);
    requests =
        api.connect(
            "shop/front-1",
            "node-a1",
            new StreamObserver<>() {
              @Override
              public void onNext(DeltaDiscoveryResponse response) {
                responses.add(response);
              }

              @Override
              public void onError(Throwable end) {
                // The test is over.
              }

              @Override
              public void onCompleted() {
                // Likewise.
              }
            });
    answer(response(ResourceType.CLUSTER));
    requests.onNext(
        DeltaDiscoveryRequest.newBuilder()
            .setTypeUrl(ResourceType.ENDPOINT.typeUrl())
            .addResourceNamesSubscribe(CLUSTER)
            .build());
  }

  @AfterEach
  void stop() {
    api.close();
  }

  private DeltaDiscoveryResponse response(ResourceType type) throws InterruptedException {
    DeltaDiscoveryResponse response = responses.poll(10, TimeUnit.SECONDS);
    assertThat(response).isNotNull();
    assertThat(response.getTypeUrl()).isEqualTo(type.typeUrl());
    return response;
  }

  private static DeltaDiscoveryRequest.Builder answerTo(DeltaDiscoveryResponse response) {
    return DeltaDiscoveryRequest.newBuilder()
        .setTypeUrl(response.getTypeUrl())
        .setResponseNonce(response.getNonce());
  }

  private void answer(DeltaDiscoveryResponse response) {
    requests.onNext(answerTo(response).build());
  }

  private JsonNode port() throws Exception {
    return api.json("/api/v1/services/shop/cart/explain?client=shop/front-1").at("/ports/0");
  }

  private String text() throws Exception {
    return api.json("/api/v1/services/shop/cart/explain?client=shop/front-1&text=table")
        .get("text")
        .stringValue();
  }

  private static String progress(JsonNode port) {
    return port.at("/delivery/progress").stringValue();
  }

  private static String explained(JsonNode port) {
    return port.at("/delivery/explained").stringValue();
  }

  /** Whether the endpoint is there that comes with the second version. */
  private static boolean isSecond(JsonNode port) {
    return port.get("endpoints").toString().contains("10.0.2.77");
  }

  private void change() throws Exception {
    api.put(ApiServerTest.MANIFESTS.replace("addresses: [10.0.2.1]", "addresses: [10.0.2.77]"));
  }

  @Test
  void explainsTheLatestWhileNothingIsAccepted() throws Exception {
    DeltaDiscoveryResponse first = response(ResourceType.ENDPOINT);

    assertThat(progress(port())).isEqualTo("SENT");
    assertThat(explained(port())).isEqualTo("LATEST");
    assertThat(text()).contains("the client has not accepted this: it is sent, and not answered");

    answer(first);
    await().untilAsserted(() -> assertThat(progress(port())).isEqualTo("ACCEPTED"));
    assertThat(explained(port())).isEqualTo("ACCEPTED");
    assertThat(port().at("/delivery/accepted")).isEqualTo(port().at("/delivery/latest"));
    assertThat(text()).contains("the client has accepted this\n");
  }

  @Test
  void explainsWhatIsAcceptedWhileSomethingNewerWaits() throws Exception {
    answer(response(ResourceType.ENDPOINT));
    await().untilAsserted(() -> assertThat(progress(port())).isEqualTo("ACCEPTED"));
    String accepted = port().at("/delivery/accepted").stringValue();

    change();
    DeltaDiscoveryResponse second = response(ResourceType.ENDPOINT);

    JsonNode waiting = port();
    assertThat(progress(waiting)).isEqualTo("SENT");
    assertThat(explained(waiting)).isEqualTo("ACCEPTED");
    assertThat(waiting.at("/delivery/accepted").stringValue()).isEqualTo(accepted);
    assertThat(waiting.at("/delivery/latest").stringValue()).isNotEqualTo(accepted);
    assertThat(isSecond(waiting)).isFalse();
    assertThat(text())
        .contains("the client has accepted this; a newer version is sent, and not answered\n");

    answer(second);
    await().untilAsserted(() -> assertThat(progress(port())).isEqualTo("ACCEPTED"));
    assertThat(isSecond(port())).isTrue();
  }

  @Test
  void explainsWhatIsAcceptedWhileSomethingNewerIsRefused() throws Exception {
    answer(response(ResourceType.ENDPOINT));
    await().untilAsserted(() -> assertThat(progress(port())).isEqualTo("ACCEPTED"));
    change();
    requests.onNext(
        answerTo(response(ResourceType.ENDPOINT))
            .setErrorDetail(Status.newBuilder().setMessage("no"))
            .build());

    await().untilAsserted(() -> assertThat(progress(port())).isEqualTo("REFUSED"));
    assertThat(explained(port())).isEqualTo("ACCEPTED");
    assertThat(isSecond(port())).isFalse();
    assertThat(text()).contains("a newer version was sent, and the client refuses it\n");
  }

  @Test
  void explainsWhatHasNotHappenedByTheLatest() throws Exception {
    answer(response(ResourceType.ENDPOINT));

    JsonNode port =
        api.json("/api/v1/services/shop/cart/explain?client=shop/front-1&what-if=zone-down=zone-b")
            .at("/ports/0");

    assertThat(port.has("delivery")).isFalse();
  }
}
