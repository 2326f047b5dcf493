package io.github.topologyxds.slices.writer;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.topologyxds.kubernetes.WriteApi;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

class WriteOutcomeTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private static WriteOutcome of(int status, String body) {
    return WriteOutcome.of(
        new WriteApi.Reply(status, JSON.readTree(body), Duration.ZERO, "answers " + status));
  }

  @ParameterizedTest
  @CsvSource({
    "200, DONE",
    "201, DONE",
    "409, OUTDATED",
    "404, OUTDATED",
    "422, REFUSED",
    "403, REFUSED",
    "429, UNAVAILABLE",
    "500, UNAVAILABLE",
    "503, UNAVAILABLE",
    "0, UNAVAILABLE"
  })
  void tellsWhatToDoNext(int status, WriteOutcome outcome) {
    assertThat(of(status, "{}")).isEqualTo(outcome);
  }

  /** As kube-apiserver 1.36.3 writes it (admission plugin NamespaceLifecycle). */
  @Test
  void aNamespaceThatGoesIsNoError() {
    assertThat(
            of(
                403,
                "{\"reason\":\"Forbidden\",\"details\":{\"causes\":[{\"reason\":"
                    + "\"NamespaceTerminating\",\"field\":\"metadata.namespace\"}]}}"))
        .isEqualTo(WriteOutcome.TERMINATING);
  }
}
