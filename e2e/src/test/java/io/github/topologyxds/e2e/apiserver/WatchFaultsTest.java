package io.github.topologyxds.e2e.apiserver;

import static io.github.topologyxds.e2e.apiserver.Samples.slice;
import static io.github.topologyxds.e2e.apiserver.Samples.watchFrom;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.core.JacksonException;

/** Each fault of an open watch. */
class WatchFaultsTest {
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

  private TestClient.Watching openWatch() {
    TestClient.Watching watching = client.watch(watchFrom(api.revision()));
    await().until(() -> api.openWatches() == 1);
    return watching;
  }

  @ParameterizedTest
  @EnumSource(Ending.class)
  void droppedWatchesEndInTheWayThatWasAskedFor(Ending ending) throws Exception {
    // On a bare socket, as the client calls all of them but the first the same.
    try (Socket socket = new Socket(api.uri().getHost(), api.uri().getPort())) {
      String request =
          "GET %s HTTP/1.1\r\nAuthorization: Bearer %s\r\n\r\n"
              .formatted(watchFrom(api.revision()), api.token("tester"));
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      await().until(() -> socket.getInputStream().available() > 0);
      await().until(() -> api.openWatches() == 1);
      api.endWatches(ending);
      switch (ending) {
        case CLEAN -> assertThat(rest(socket)).endsWith("\r\n\r\n0\r\n\r\n");
        case CUT -> assertThat(rest(socket)).endsWith("\r\n\r\n").doesNotContain("\n0\r\n");
        case RESET -> assertThatThrownBy(() -> rest(socket)).isInstanceOf(SocketException.class);
      }
    }
    await().until(() -> api.openWatches() == 0);
  }

  @Test
  void goneAsAnEventReachesOpenWatchesAtOnceAndEndsThem() {
    TestClient.Watching watching = openWatch();
    api.faults().inject(new Fault.GoneEvent(), Where.everywhere(), 1);
    await().until(() -> watching.end() != null);
    assertThat(watching.end()).isEqualTo("clean");
    assertThat(watching.line(0).path("type").asString()).isEqualTo("ERROR");
    assertThat(watching.line(0).path("object").path("code").asInt()).isEqualTo(410);
  }

  @Test
  void aBrokenLineLosesItsEventAndTheWatchGoesOn() {
    TestClient.Watching watching = openWatch();
    api.faults().inject(new Fault.BrokenJson(), Where.everywhere(), 1);
    api.put(slice("lost", "10.0.0.2"));
    await().until(() -> watching.lines().size() == 1);
    assertThatThrownBy(() -> watching.line(0)).isInstanceOf(JacksonException.class);
    api.put(slice("seen", "10.0.0.3"));
    await().until(() -> watching.lines().size() == 2);
    assertThat(watching.line(1).path("object").path("metadata").path("name").asString())
        .isEqualTo("seen");
  }

  @Test
  void aTruncatedChunkEndsTheWatchWithinAnEvent() {
    TestClient.Watching watching = openWatch();
    api.faults().inject(new Fault.TruncatedChunk(), Where.everywhere(), 1);
    api.put(slice("b", "10.0.0.2"));
    await().until(() -> watching.end() != null);
    assertThat(watching.end()).isNotEqualTo("clean");
  }

  @Test
  void eventsComeTwice() {
    TestClient.Watching watching = openWatch();
    api.faults().inject(new Fault.Duplicated(), Where.everywhere());
    api.put(slice("b", "10.0.0.2"));
    await()
        .untilAsserted(() -> assertThat(watching.events()).containsExactly("ADDED b", "ADDED b"));
    assertThat(watching.line(0)).isEqualTo(watching.line(1));
  }

  @Test
  void theFormerStateComesOnceMoreEvenAfterTheDeletion() {
    TestClient.Watching watching = openWatch();
    long before = api.revision();
    api.faults().inject(new Fault.Replayed(), Where.everywhere());
    api.delete(ResourceKind.ENDPOINT_SLICES, "shop", "a");
    await()
        .untilAsserted(
            () -> assertThat(watching.events()).containsExactly("DELETED a", "MODIFIED a"));
    assertThat(revision(watching, 0)).isEqualTo(before + 1);
    assertThat(revision(watching, 1)).isEqualTo(before);
  }

  @Test
  void eventsChangeTheirOrderAndNoneIsLost() {
    TestClient.Watching watching = openWatch();
    Injection fault = api.faults().inject(new Fault.Reordered(5, 3), Where.everywhere());
    for (int i = 0; i < 5; i++) {
      api.put(slice("s" + i, "10.0.1." + i));
    }
    api.put(slice("late", "10.0.2.1"));
    await().until(() -> watching.lines().size() >= 5);
    fault.lift();
    await().until(() -> watching.lines().size() == 6);
    List<String> inOrder =
        List.of("ADDED s0", "ADDED s1", "ADDED s2", "ADDED s3", "ADDED s4", "ADDED late");
    assertThat(watching.events())
        .isNotEqualTo(inOrder)
        .containsExactlyInAnyOrderElementsOf(inOrder);
  }

  @Test
  void aWatchThatItsClientLeftIsNotCounted() {
    openWatch();
    client.close();
    await().until(() -> api.openWatches() == 0);
  }

  private static String rest(Socket socket) throws IOException {
    return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
  }

  private static long revision(TestClient.Watching watching, int line) {
    return watching.line(line).path("object").path("metadata").path("resourceVersion").asLong();
  }
}
