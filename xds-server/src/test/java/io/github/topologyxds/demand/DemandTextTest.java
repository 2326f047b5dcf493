package io.github.topologyxds.demand;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.topologyxds.model.ObjectName;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What replicas write into their Leases, and what they believe of it. */
class DemandTextTest {
  private static final ReplicaDemand MANY = StillDemandTest.clients(7, 20, 10, 10);

  @Test
  void shouldReadWhatItWrites() {
    ReplicaDemand demand =
        new ReplicaDemand(
            new ClientCounts(zones(5, 7), zones(6, 1)),
            services(3, "users", 2),
            services(4, "requests", 100));
    assertThat(DemandText.read(DemandText.write(demand, ReplicaDemand.NONE))).isEqualTo(demand);
    assertThat(DemandText.read(DemandText.write(ReplicaDemand.NONE, demand)))
        .isEqualTo(ReplicaDemand.NONE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "no JSON {",
        "[]",
        "7",
        "{\"zones\": 5, \"any\": 5}",
        "{\"any\": [1, 5]}",
        "{\"zones\": [\"*\", \"\"], \"any\": [1, 5, 5]}",
        "{\"zones\": [\"a\"], \"any\": [1, -5]}",
        "{\"zones\": [\"a\"], \"any\": [1, \"x\"]}",
        "{\"zones\": [\"a\"], \"requests\": {\"no-name\": [1, 5]}}"
      })
  void shouldNotBelieveWhatIsNone(String text) {
    assertThat(DemandText.read(text)).isEqualTo(ReplicaDemand.NONE);
  }

  @Test
  void shouldBelieveNoLongText() {
    String text = DemandText.write(MANY, ReplicaDemand.NONE);
    assertThat(DemandText.read(text + " ".repeat(DemandText.MAX_LENGTH)))
        .isEqualTo(ReplicaDemand.NONE);
  }

  @Test
  void shouldClampNumbers() {
    assertThat(
            DemandText.read(
                    "{\"zones\": [\"a\"], \"any\": [9223372036854775807, 9223372036854775807]}")
                .clients()
                .any())
        .isEqualTo(new ZoneCounts(new TreeMap<>(Map.of("a", 1_000_000_000_000L)), 253402300799L));
  }

  /** The names are as long as they are in a large cluster. */
  @Test
  void shouldHaveRoomForAThousandServices() {
    ReplicaDemand demand =
        new ReplicaDemand(
            MANY.clients(), new TreeMap<>(), services(3000, "service-of-a-shop", 5000));
    String text = DemandText.write(demand, ReplicaDemand.NONE);
    assertThat(text.getBytes(StandardCharsets.UTF_8).length).isLessThanOrEqualTo(64 * 1024);
    ReplicaDemand read = DemandText.read(text);
    assertThat(read.clients()).isEqualTo(MANY.clients());
    assertThat(read.requests()).hasSize(TopServices.MAX_SERVICES);
    assertThat(read.requests()).containsKey(new ObjectName("shop", "service-of-a-shop-2999"));
    assertThat(read.requests()).doesNotContainKey(new ObjectName("shop", "service-of-a-shop-0"));
  }

  @Test
  void shouldStayWithinTheLimitWhateverNamesThereAre() {
    ReplicaDemand demand =
        new ReplicaDemand(MANY.clients(), new TreeMap<>(), services(1000, "n".repeat(200), 5000));
    String text = DemandText.write(demand, ReplicaDemand.NONE);
    assertThat(text.getBytes(StandardCharsets.UTF_8).length).isBetween(62 * 1024, 64 * 1024);
    assertThat(DemandText.read(text).requests()).hasSizeBetween(250, 300);
  }

  /** Two that are alike would take turns, and each turn is a push. */
  @Test
  void shouldKeepAServiceUntilAnotherHasTwiceAsMuch() {
    ReplicaDemand earlier =
        DemandText.read(
            DemandText.write(
                new ReplicaDemand(MANY.clients(), new TreeMap<>(), services(1000, "first", 1000)),
                ReplicaDemand.NONE));
    SortedMap<ObjectName, ZoneCounts> more = services(1000, "first", 1000);
    more.put(new ObjectName("shop", "second"), zones(1, 1900));
    ReplicaDemand next = new ReplicaDemand(MANY.clients(), new TreeMap<>(), more);
    assertThat(DemandText.write(next, earlier)).isEqualTo(DemandText.write(earlier, earlier));
    more.put(new ObjectName("shop", "second"), zones(1, 9000));
    ReplicaDemand much = new ReplicaDemand(MANY.clients(), new TreeMap<>(), more);
    assertThat(DemandText.write(much, earlier)).contains("shop/second");
  }

  /** Each has more than the one before. */
  private static SortedMap<ObjectName, ZoneCounts> services(int count, String name, long least) {
    SortedMap<ObjectName, ZoneCounts> services = new TreeMap<>();
    for (int number = 0; number < count; number++) {
      services.put(
          new ObjectName("shop", name + "-" + number), zones(1_700_000_000, least + number));
    }
    return services;
  }

  private static ZoneCounts zones(long since, long inEach) {
    SortedMap<String, Long> zones = new TreeMap<>();
    for (int zone = 0; zone < 3; zone++) {
      zones.put("europe-west1-" + zone, inEach);
    }
    return new ZoneCounts(zones, since);
  }
}
