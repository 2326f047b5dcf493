package io.github.topologyxds.serve;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.topologyxds.explain.check.CheckLine;
import io.github.topologyxds.explain.check.CheckLine.State;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReplicaCheckTest {
  @ParameterizedTest
  @CsvSource({
    "P90D, OK, valid for 90 days more",
    "P14D, OK, valid for 14 days more",
    "P13D, WARNING, valid for 13 days more",
    "P1D, ERROR, valid for 1 days more",
    "-PT1S, ERROR, has ended"
  })
  void certificatesWarnBeforeTheyEnd(Duration left, State state, String fact) {
    CheckLine line = ReplicaCheck.certificate(left);
    assertThat(line.state()).isEqualTo(state);
    assertThat(line.fact()).contains(fact);
    assertThat(line.mend().isEmpty()).isEqualTo(state == State.OK);
  }
}
