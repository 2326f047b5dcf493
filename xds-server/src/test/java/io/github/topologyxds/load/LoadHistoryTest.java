package io.github.topologyxds.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** An hour of counts in a limited memory. */
class LoadHistoryTest {
  private static final int MEGABYTE = 1_000_000;

  private static CountedLoad load(String port, long requests) {
    return load(port, "zone-b", requests);
  }

  private static CountedLoad load(String port, String toZone, long requests) {
    return new CountedLoad(
        new LoadKey(port, "zone-a", toZone, 1), new LoadCounts(requests, requests / 2, 7));
  }

  private static Map<String, Long> requests(LoadHistory history, long now, int minutes) {
    Map<String, Long> requests = new TreeMap<>();
    history.each(
        now, minutes, (key, counts) -> requests.merge(key.port(), counts.requests(), Long::sum));
    return requests;
  }

  @Test
  void theLastMinutesAndTheRunningOne() {
    LoadHistory history = new LoadHistory(MEGABYTE);
    history.add(100, List.of(load("shop/cart:http", 1), load("shop/pay:http", 1000)));
    history.add(100, List.of(load("shop/cart:http", 2)));
    history.add(101, List.of(load("shop/cart:http", 4)));
    history.add(103, List.of(load("shop/cart:http", 8)));

    assertThat(requests(history, 103, 1)).isEqualTo(Map.of("shop/cart:http", 8L));
    assertThat(requests(history, 103, 2)).isEqualTo(Map.of("shop/cart:http", 12L));
    assertThat(requests(history, 103, 3))
        .isEqualTo(Map.of("shop/cart:http", 15L, "shop/pay:http", 1000L));
    assertThat(requests(history, 160, 60))
        .isEqualTo(Map.of("shop/cart:http", 15L, "shop/pay:http", 1000L));
    assertThat(requests(history, 161, 60)).isEqualTo(Map.of("shop/cart:http", 12L));
    assertThat(requests(history, 164, 60)).isEmpty();
    assertThat(history.bytes()).isZero();
  }

  /** Aliases of a port have its EDS name, and the localities of one zone differ by the Node. */
  @Test
  void whatHasOneKeyIsSummed() {
    LoadHistory history = new LoadHistory(MEGABYTE);
    history.add(1, List.of(load("shop/cart:http", 3), load("shop/cart:http", 4)));

    assertThat(requests(history, 1, 1)).isEqualTo(Map.of("shop/cart:http", 7L));
    assertThat(requests(history, 2, 1)).isEqualTo(Map.of("shop/cart:http", 7L));
  }

  @Test
  void cellsComeBackAsTheyWere() {
    LoadHistory history = new LoadHistory(MEGABYTE);
    Map<LoadKey, LoadCounts> expected = new HashMap<>();
    List<CountedLoad> loads = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      LoadKey key =
          new LoadKey("ns-" + i % 7 + "/s-" + i % 70 + ":http", "z" + i % 3, "z" + i % 5, i % 128);
      LoadCounts counts = new LoadCounts(1L << i % 62, i, (long) i * i * i);
      loads.add(new CountedLoad(key, counts));
      expected.merge(key, counts, LoadCounts::plus);
    }
    history.add(1, loads);
    Map<LoadKey, LoadCounts> read = new HashMap<>();
    history.each(2, 60, (key, counts) -> read.merge(key, counts, LoadCounts::plus));

    assertThat(read).isEqualTo(expected);
  }

  @Test
  void theLeastUsedPortsAreNotKeptApartAndNoSumChanges() {
    LoadHistory history = new LoadHistory(MEGABYTE / 5);
    long sum = 0;
    for (int minute = 0; minute < 30; minute++) {
      for (int service = 0; service < 400; service++) {
        long requests = service < 10 ? 1000 : 1 + service % 3;
        history.add(minute, List.of(load("shop/service-" + service + ":http", requests)));
        history.add(minute, List.of(load("shop/service-" + service + ":http", "zone-c", requests)));
        sum += 2 * requests;
        assertThat(history.bytes()).isLessThanOrEqualTo(MEGABYTE / 5);
      }
    }
    Map<String, Long> requests = requests(history, 29, 60);

    assertThat(requests.values().stream().mapToLong(Long::longValue).sum()).isEqualTo(sum);
    assertThat(requests.get(LoadKey.OTHER)).isPositive();
    for (int service = 0; service < 10; service++) {
      assertThat(requests).containsEntry("shop/service-" + service + ":http", 30 * 2000L);
    }
    assertThat(requests.getOrDefault("shop/service-12:http", 0L)).isLessThan(30 * 2L);
  }

  /** 40,000 cells a minute, with names that change, and what of it is in the heap in the end. */
  @Test
  void thirtyMegabytesAreEnough() {
    long before = used();
    LoadHistory history = new LoadHistory(LoadHistory.USUAL_LIMIT);
    long sum = 0;
    for (int minute = 0; minute < 40; minute++) {
      for (int service = 0; service < 20_000; service++) {
        String port =
            "namespace-" + service % 50 + "/service-" + (service + minute * 2000) + ":http";
        history.add(minute, List.of(load(port, 3), load(port, "zone-c", 500)));
        sum += 503;
      }
      assertThat(history.bytes()).isLessThanOrEqualTo(LoadHistory.USUAL_LIMIT);
    }
    history.each(40, 0, (key, counts) -> {});
    long taken = used() - before;
    long kept = requests(history, 40, 60).values().stream().mapToLong(Long::longValue).sum();

    assertThat(taken).isLessThanOrEqualTo(LoadHistory.USUAL_LIMIT + 2 * MEGABYTE);
    assertThat(kept).isEqualTo(sum);
    assertThat(requests(history, 40, 60).get(LoadKey.OTHER)).isPositive();
  }

  private static long used() {
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }
}
