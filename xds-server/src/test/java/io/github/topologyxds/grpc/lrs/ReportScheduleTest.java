package io.github.topologyxds.grpc.lrs;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ReportScheduleTest {
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final ReportSchedule schedule = new ReportSchedule(MINUTE, at(0));

  private static long at(double seconds) {
    return (long) (seconds * 1e9);
  }

  /** However often clusters change, the report comes when it is due. */
  @Test
  void newClustersPutNothingOff() {
    assertThat(schedule.again(at(10))).isEqualTo(Duration.ofSeconds(50));
    assertThat(schedule.again(at(59))).isEqualTo(Duration.ofSeconds(1));
    assertThat(schedule.again(at(61))).isEqualTo(Duration.ofMillis(100));
    assertThat(schedule.reported(at(61.2))).contains(MINUTE);
    assertThat(schedule.again(at(61.2))).isEqualTo(MINUTE);
  }

  @Test
  void aClientThatKeepsTimeIsToldNothing() {
    assertThat(schedule.reported(at(60))).isEmpty();
    assertThat(schedule.reported(at(120))).isEmpty();
  }

  @Test
  void anIntervalBelowTheShortestStaysAsItIs() {
    ReportSchedule quick = new ReportSchedule(Duration.ofMillis(10), at(0));

    assertThat(quick.again(at(5))).isEqualTo(Duration.ofMillis(10));
  }
}
