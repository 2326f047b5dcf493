package io.github.topologyxds.source.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.topologyxds.kubernetes.KubernetesAccess;
import io.github.topologyxds.model.NamespaceModel;
import io.github.topologyxds.state.ModelObject;
import io.github.topologyxds.state.ObjectChange;
import io.github.topologyxds.state.StateChange;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.SortedSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * An API server whose etcd is restored to an older state: its watches go on and tell nothing of it.
 * Which of them finds out first does not matter; that somebody does, and that it is said. All with
 * the periods of the product; their clock is the test's.
 */
class RestoredServerTest {
  private static final Feed NAMESPACES = new Feed(WatchedKind.NAMESPACE, "");

  @TempDir private Path folder = Path.of("");

  /** What the server holds; a restore replaces it. */
  private record Content(long version, List<String> items) {
    String list() {
      return "{\"kind\":\"NamespaceList\",\"apiVersion\":\"v1\",\"metadata\":{\"resourceVersion\":\"%d\"},\"items\":[%s]}"
          .formatted(version, String.join(",", items));
    }
  }

  private static String namespace(String name, long version) {
    return "{\"metadata\":{\"name\":\"%s\",\"uid\":\"u-%s\",\"resourceVersion\":\"%d\"}}"
        .formatted(name, name, version);
  }

  private static final Content BEFORE =
      new Content(100, List.of(namespace("default", 1), namespace("made-later", 90)));
  private static final Content BEHIND =
      new Content(50, List.of(namespace("default", 1), namespace("deleted-later", 40)));
  private static final Content OVERTAKEN = new Content(200, BEHIND.items());

  private final SortedSet<String> served = new ConcurrentSkipListSet<>();
  private volatile Content content = BEFORE;
  private volatile String bookmark = "";
  private final AtomicLong clock = new AtomicLong();
  private final AtomicInteger lists = new AtomicInteger();

  /** How a watch ends. */
  private enum Ending {
    AS_AGREED,
    BROKEN
  }

  private volatile Ending ending = Ending.AS_AGREED;

  private void answer(String request, OutputStream out) throws IOException {
    if (!request.contains("watch=true")) {
      if (!request.contains("limit=1 ") && !request.contains("as=PartialObjectMetadataList")) {
        lists.incrementAndGet();
      }
      ScriptedApi.json(out, 200, content.list());
      return;
    }
    ScriptedApi.begin(out);
    if (!bookmark.isEmpty()) {
      ScriptedApi.chunk(out, bookmark);
    }
    switch (ending) {
      case AS_AGREED -> ScriptedApi.end(out);
      case BROKEN -> out.close();
    }
  }

  private void taken(StateChange change) {
    switch (change) {
      case StateChange.Everything all -> all.objects().forEach(this::put);
      case StateChange.Restored former ->
          throw new IllegalArgumentException("a source restores nothing");
      case StateChange.Withdrawn withdrawn ->
          throw new IllegalArgumentException("a source restores nothing");
      case StateChange.Difference difference ->
          difference
              .changes()
              .forEach(one -> {
                switch (one) {
                  case ObjectChange.Put(ModelObject object) -> put(object);
                  case ObjectChange.Delete delete -> served.remove(delete.key().name().name());
                }
              });
    }
  }

  private void put(ModelObject object) {
    if (object instanceof ModelObject.OfNamespace(NamespaceModel model)) {
      served.add(model.name());
    }
  }

  private void follow(Runnable restore) throws Exception {
    try (ScriptedApi server = new ScriptedApi(this::answer)) {
      Path kubeconfig =
          Files.writeString(
              folder.resolve("config"),
              """
              apiVersion: v1
              kind: Config
              current-context: c
              clusters: [{name: c, cluster: {server: "%s"}}]
              contexts: [{name: c, context: {cluster: c}}]
              """
                  .formatted(server.uri()));
      try (KubernetesAccess access = KubernetesAccess.open(kubeconfig, null);
          KubernetesSource source =
              KubernetesSource.start(
                  access, List.of(NAMESPACES), Doubt.Periods.standard(clock::get), this::taken)) {
        Awaitility.await().until(() -> served.contains("made-later"));
        restore.run();
        Awaitility.await("what was restored is served")
            .atMost(Duration.ofSeconds(20))
            .untilAsserted(() -> assertThat(served).containsExactly("default", "deleted-later"));
        assertThat(source.watches())
            .singleElement()
            .satisfies(watch -> assertThat(watch.restores()).isEqualTo(1));
        assertThat(lists).as("whole lists").hasValue(2);
      }
    }
  }

  @Test
  void isFoundAfterALostWatch() throws Exception {
    follow(() -> {
      content = BEHIND;
      ending = Ending.BROKEN;
    });
  }

  @Test
  void isFoundByAskingAtTimes() throws Exception {
    follow(() -> {
      content = BEHIND;
      clock.addAndGet(Duration.ofMinutes(5).toNanos());
    });
  }

  @Test
  void isFoundByABookmark() throws Exception {
    follow(() -> {
      content = BEHIND;
      bookmark =
          "{\"type\":\"BOOKMARK\",\"object\":{\"kind\":\"Namespace\",\"apiVersion\":\"v1\","
              + "\"metadata\":{\"resourceVersion\":\"51\"}}}\n";
    });
  }

  @Test
  void isFoundByComparingWhenItHasOvertakenUs() throws Exception {
    follow(() -> {
      content = OVERTAKEN;
      clock.addAndGet(Duration.ofHours(1).toNanos());
      bookmark =
          "{\"type\":\"BOOKMARK\",\"object\":{\"kind\":\"Namespace\",\"apiVersion\":\"v1\","
              + "\"metadata\":{\"resourceVersion\":\"201\"}}}\n";
    });
  }
}
