package io.github.topologyxds.e2e.apiserver;

import static io.github.topologyxds.e2e.apiserver.Samples.SLICES;
import static io.github.topologyxds.e2e.apiserver.Samples.slice;
import static io.github.topologyxds.e2e.apiserver.Samples.watchFrom;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Watches without a fault. */
class WatchTest {
  private final ApiServer api = ApiServer.start();
  private final TestClient client = new TestClient(api);

  @AfterEach
  void stop() {
    client.close();
    api.close();
  }

  @Test
  void whatAListAndItsWatchSayIsWhatTheServerHas() {
    api.put(slice("s0", "10.0.0.1"));
    TestClient.Watching watching = client.watch(watchFrom(api.revision()));
    Map<String, JsonNode> known = new HashMap<>();
    known.put("s0", api.list(ResourceKind.ENDPOINT_SLICES).get(0));
    Thread writer =
        Thread.ofVirtual()
            .start(() -> {
              for (int i = 0; i < 300; i++) {
                api.put(slice("s" + i % 17, "10.0.1." + i % 250));
                if (i % 5 == 0) {
                  api.delete(ResourceKind.ENDPOINT_SLICES, "shop", "s" + i % 17);
                }
              }
              api.put(slice("last", "10.0.0.2"));
            });
    await().until(() -> watching.events().contains("ADDED last"));
    await().until(() -> !writer.isAlive());
    for (int i = 0; i < watching.lines().size(); i++) {
      JsonNode object = watching.line(i).path("object");
      String name = object.path("metadata").path("name").asString();
      if (watching.line(i).path("type").asString().equals("DELETED")) {
        known.remove(name);
      } else {
        known.put(name, object);
      }
    }
    assertThat(known.values())
        .containsExactlyInAnyOrderElementsOf(api.list(ResourceKind.ENDPOINT_SLICES));
  }

  @Test
  void bookmarksSayHowFarTheWatchIs() {
    api.watchRules(WatchRules.standard().withBookmarks(Duration.ofMillis(50)));
    TestClient.Watching watching = client.watch(watchFrom(api.revision()));
    // A change of another kind: only a bookmark can tell the watch of it.
    api.put("{apiVersion: v1, kind: Node, metadata: {name: n}}");
    String revision = Long.toString(api.revision());
    await()
        .until(() ->
            watching.lines().stream()
                .anyMatch(line -> line.contains("\"resourceVersion\":\"" + revision + "\"")));
    assertThat(watching.events()).containsOnly("BOOKMARK ");
  }

  @Test
  void aCompactedRevisionIsAnErrorEventAndAnOpenWatchGoesOn() throws Exception {
    long old = api.revision();
    TestClient.Watching open = client.watch(watchFrom(old));
    await().until(() -> api.openWatches() == 1);
    api.put(slice("a", "10.0.0.1"));
    api.compact();
    api.put(slice("b", "10.0.0.2"));
    await().untilAsserted(() -> assertThat(open.events()).containsExactly("ADDED a", "ADDED b"));
    TestClient.Watching late = client.watch(watchFrom(old));
    await().until(() -> late.end() != null);
    assertThat(late.line(0).path("object").path("reason").asString()).isEqualTo("Expired");
    assertThat(late.lines()).hasSize(1);
  }

  @Test
  void anObjectThatLeavesTheSelectionIsDeletedForThatWatch() {
    TestClient.Watching watching =
        client.watch(
            watchFrom(api.revision()) + "&labelSelector=kubernetes.io%2Fservice-name%3Dcart");
    await().until(() -> api.openWatches() == 1);
    api.put(slice("a", "10.0.0.1"));
    api.put(slice("a", "10.0.0.1").replace("cart", "till"));
    api.put(slice("a", "10.0.0.3").replace("cart", "till"));
    api.put(slice("a", "10.0.0.3"));
    await()
        .untilAsserted(
            () -> assertThat(watching.events()).containsExactly("ADDED a", "DELETED a", "ADDED a"));
  }

  @Test
  void withoutARevisionTheStateComesFirst() {
    api.put(slice("a", "10.0.0.1"));
    TestClient.Watching watching = client.watch(SLICES + "?watch=1&timeoutSeconds=1");
    await().until(() -> watching.end() != null);
    assertThat(watching.end()).isEqualTo("clean");
    assertThat(watching.events()).containsExactly("ADDED a");
  }

  @Test
  void initialEventsEndWithABookmarkThatSaysSo() {
    api.watchRules(WatchRules.standard().with(WatchRules.WatchList.SUPPORTED));
    api.put(slice("a", "10.0.0.1"));
    TestClient.Watching watching =
        client.watch(
            SLICES
                + "?watch=true&sendInitialEvents=true&allowWatchBookmarks=true"
                + "&resourceVersionMatch=NotOlderThan");
    await().until(() -> watching.lines().size() == 2);
    assertThat(watching.events()).containsExactly("ADDED a", "BOOKMARK ");
    assertThat(watching.lines().get(1)).contains("\"k8s.io/initial-events-end\":\"true\"");
    api.put(slice("b", "10.0.0.2"));
    await().until(() -> watching.events().contains("ADDED b"));
  }
}
