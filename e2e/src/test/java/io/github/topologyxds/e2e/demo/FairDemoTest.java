package io.github.topologyxds.e2e.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.topologyxds.e2e.replicas.CommandRun;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * {@code demo --scenario fair} shows a small zone with strict and with fair routing, and ends with
 * 0 where that is as fair as it promises.
 */
class FairDemoTest {
  @Test
  void printsBothTables() {
    CommandRun run = CommandRun.of("demo --scenario fair");

    assertThat(run.out())
        .as(run.err())
        .contains(
            "strict: 9000 requests sent, 0 failed, 9000 counted by the backends",
            "fair: 9000 requests sent, 0 failed, 9000 counted by the backends",
            "load of a backend, in means:");
    assertThat(run.exit()).as(run.err()).isZero();
    double[] small = figures(run.out(), "zone-a, 1 of 9 +([0-9.]+) +([0-9.]+)");
    assertThat(small[0]).isEqualTo(3.0);
    assertThat(small[1]).isLessThan(1.5);
    double[] crossing = figures(run.out(), "crossing zones +([0-9.]+) % +([0-9.]+) %");
    assertThat(crossing[0]).isZero();
    assertThat(crossing[1]).isBetween(10.0, 30.0);
  }

  /** Of strict and of fair routing. */
  private static double[] figures(String printed, String line) {
    Matcher matcher = Pattern.compile(line).matcher(printed);
    assertThat(matcher.find()).as(printed).isTrue();
    return new double[] {
      Double.parseDouble(matcher.group(1)), Double.parseDouble(matcher.group(2))
    };
  }
}
