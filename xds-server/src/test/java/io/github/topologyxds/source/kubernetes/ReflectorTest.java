package io.github.topologyxds.source.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.topologyxds.kubernetes.ApiLimits;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** One collection followed over HTTP, with a server that does what real ones did. */
class ReflectorTest {
  private static final Feed NAMESPACES = new Feed(WatchedKind.NAMESPACE, "");
  private static final String SHOP = "{\"metadata\":{\"name\":\"shop\",\"resourceVersion\":\"5\"}}";
  private static final String GONE =
      "{\"type\":\"ERROR\",\"object\":{\"code\":410,\"message\":\"too old\"}}\n";

  private static final Duration SHORT = Duration.ofMillis(50);
  private static final ApiLimits LIMITS =
      new ApiLimits(Duration.ofSeconds(5), Duration.ofSeconds(5), SHORT, SHORT, SHORT);

  private final List<Observation> seen = new CopyOnWriteArrayList<>();
  private final FeedHealth health =
      new FeedHealth(NAMESPACES, System::nanoTime, new OutageLog(System::nanoTime));

  private static String list(String items) {
    return "{\"metadata\":{\"resourceVersion\":\"10\"},\"items\":[" + items + "]}";
  }

  private void following(ScriptedApi.Script script, Runnable checks) throws Exception {
    CountDownLatch closed = new CountDownLatch(1);
    try (ScriptedApi api = new ScriptedApi(script)) {
      Thread thread =
          Thread.ofVirtual()
              .start(
                  new Reflector(
                      health, api.client(LIMITS), Doubt.Periods.STANDARD, seen::add, closed));
      try {
        checks.run();
      } finally {
        closed.countDown();
        thread.interrupt();
        thread.join();
      }
    }
  }

  @Test
  void watchesThatSayNothingAndDoNotEndAreGivenUp() throws Exception {
    ScriptedApi.Script script =
        (request, out) -> {
          if (request.contains("watch=true")) {
            ScriptedApi.begin(out);
          } else {
            ScriptedApi.json(out, 200, list(SHOP));
          }
        };
    following(
        script,
        () -> {
          Awaitility.await("it is told")
              .until(() -> health.now().trouble().contains("has not ended a watch"));
          Awaitility.await("after three the place counts as lost")
              .untilAsserted(() ->
                  assertThat(seen.stream().<Object>map(Object::getClass))
                      .startsWith(
                          Observation.Listed.class,
                          Observation.Lost.class,
                          Observation.Listed.class));
        });
  }

  @Test
  void aServerThatListsNoNamespaceAtAllIsNotBelieved() throws Exception {
    AtomicInteger lists = new AtomicInteger();
    ScriptedApi.Script script =
        (request, out) -> {
          if (request.contains("watch=true")) {
            ScriptedApi.begin(out);
            ScriptedApi.chunk(out, GONE);
          } else {
            boolean first = !request.contains("limit=1 ") && lists.getAndIncrement() == 0;
            ScriptedApi.json(out, 200, list(first ? SHOP : ""));
          }
        };
    following(
        script,
        () -> {
          Awaitility.await("it is told")
              .untilAsserted(() ->
                  assertThat(health.now().trouble())
                      .isEqualTo("lists no namespaces at all, though there were 1"));
          assertThat(seen)
              .filteredOn(Observation.Listed.class::isInstance)
              .as("the first alone counts")
              .hasSize(1);
        });
  }
}
