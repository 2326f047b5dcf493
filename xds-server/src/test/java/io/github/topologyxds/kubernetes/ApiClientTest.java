package io.github.topologyxds.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.topologyxds.source.kubernetes.ScriptedApi;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Answers that never end, or never begin: given up after a limit, and their connection with it. */
class ApiClientTest {
  private static final ApiLimits LIMITS =
      new ApiLimits(
          Duration.ofSeconds(1),
          Duration.ofSeconds(1),
          Duration.ofSeconds(30),
          Duration.ofSeconds(30),
          Duration.ofSeconds(1));

  private final CountDownLatch asked = new CountDownLatch(1);

  @Test
  void aWatchOfHeadersAloneIsSilentAndLeavesNoConnection() throws Exception {
    try (ScriptedApi api = new ScriptedApi((request, out) -> ScriptedApi.begin(out))) {
      ApiClient client = api.client(LIMITS);
      for (int watch = 0; watch < 100; watch++) {
        try (WatchStream stream = client.watch("/api/v1/nodes?watch=true")) {
          assertThatExceptionOfType(ApiFailure.class)
              .isThrownBy(() -> stream.next(Duration.ofMillis(1)))
              .satisfies(e -> assertThat(e.kind()).isEqualTo(ApiFailure.Kind.SILENT));
        }
      }
      assertThat(api.requests()).hasSize(100);
      awaitNoConnection(api);
    }
  }

  @Test
  void aBodyThatTricklesEndsAtTheLimit() throws Exception {
    try (ScriptedApi api = new ScriptedApi((request, out) -> trickle(out))) {
      ApiClient client = api.client(LIMITS);
      assertThatExceptionOfType(ApiFailure.class)
          .isThrownBy(() -> client.get("/api/v1/nodes?limit=500"))
          .withMessageContaining("does not answer within 1.0 s");
      awaitNoConnection(api);
    }
  }

  @Test
  void anAnswerThatBeginsTooLateIsLeft() throws Exception {
    try (ScriptedApi api =
        new ScriptedApi((request, out) -> {
          assertThat(asked.await(10, TimeUnit.SECONDS)).isTrue();
          trickle(out);
        })) {
      ApiClient client = api.client(LIMITS);
      assertThatExceptionOfType(ApiFailure.class)
          .isThrownBy(() -> client.watch("/api/v1/nodes?watch=true"));
      asked.countDown();
      awaitNoConnection(api);
    }
  }

  private static void trickle(OutputStream out) throws IOException, InterruptedException {
    ScriptedApi.begin(out);
    CountDownLatch never = new CountDownLatch(1);
    while (!never.await(10, TimeUnit.MILLISECONDS)) {
      ScriptedApi.chunk(out, " ");
    }
  }

  private static void awaitNoConnection(ScriptedApi api) {
    Awaitility.await("the connection is left").until(() -> api.openConnections() == 0);
  }
}
