package io.github.topologyxds.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.topologyxds.load.LoadMatrix.Cell;
import io.github.topologyxds.model.ObjectName;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** The matrices that are read from what was reported. */
class LoadReportsTest {
  private final AtomicLong clock = new AtomicLong(Duration.ofMinutes(1000).toNanos());

  private static CountedLoad load(String port, String to, int priority, long requests) {
    return new CountedLoad(
        new LoadKey(port, "zone-a", to, priority), new LoadCounts(requests, 1, 120_000));
  }

  private static ReportIntake.Taken taken(CountedLoad... loads) {
    return new ReportIntake.Taken(List.of(loads), Map.of(NotCounted.RATE, 5L));
  }

  @Test
  void ofAllOfAServiceAndOfEachPort() {
    try (LoadReports reports = new LoadReports(clock::get)) {
      clock.addAndGet(Duration.ofSeconds(30).toNanos());
      reports.add(
          taken(
              load("shop/cart:http", "zone-a", 0, 60),
              load("shop/cart:http", "zone-b", 1, 10),
              load("shop/cart:metrics", "zone-b", 0, 20),
              load("shop/cart-2:http", "zone-b", 0, 5),
              load("shop/cart-2:http", LoadKey.UNKNOWN, 0, 500)));
      LoadMatrix cart = reports.of(new ObjectName("shop", "cart"), 5);

      assertThat(cart.cells().keySet())
          .containsExactly(
              new Cell("zone-a", "zone-a", 0),
              new Cell("zone-a", "zone-b", 0),
              new Cell("zone-a", "zone-b", 1));
      assertThat(cart.between("zone-a", "zone-b")).isEqualTo(new LoadCounts(30, 2, 240_000));
      assertThat(cart.from("zone-a").requests()).isEqualTo(90);
      assertThat(cart.crossZoneShare()).isEqualTo(30 / 90.0);
      assertThat(cart.seconds()).isEqualTo(30);
      assertThat(cart.inFlight(cart.between("zone-a", "zone-a"))).isEqualTo(4.0);
      assertThat(reports.all(5).total().requests()).isEqualTo(595);
      assertThat(reports.all(5).crossZoneShare()).isEqualTo(35 / 95.0);
      assertThat(reports.byPort(5).keySet())
          .containsExactly("shop/cart-2:http", "shop/cart:http", "shop/cart:metrics");
      assertThat(reports.requests(new LoadReports.ZonePair("zone-a", "zone-b"))).isEqualTo(35);
      assertThat(reports.notCounted(NotCounted.RATE)).isEqualTo(5);
      assertThat(reports.reports()).isEqualTo(1);
    }
  }

  @Test
  void whatIsNotKeptApartIsToldBesideAService() {
    try (LoadReports reports = new LoadReports(clock::get)) {
      reports.add(taken(load(LoadKey.OTHER, "zone-a", 0, 7), load("shop/a:http", "zone-a", 0, 1)));

      assertThat(reports.of(new ObjectName("shop", "a"), 1).otherRequests()).isEqualTo(7);
      assertThat(reports.all(1).total().requests()).isEqualTo(8);
      assertThat(reports.all(1).otherRequests()).isZero();
    }
  }

  @Test
  void theSecondsAreThoseOfTheMinutes() {
    try (LoadReports reports = new LoadReports(clock::get)) {
      clock.addAndGet(Duration.ofMinutes(90).plusSeconds(12).toNanos());

      assertThat(reports.all(5).seconds()).isEqualTo(5 * 60 + 12);
      assertThat(reports.all(60).seconds()).isEqualTo(60 * 60 + 12);
    }
  }
}
