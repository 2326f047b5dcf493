package io.github.topologyxds.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a report claims, and what of it counts. */
class ReportIntakeTest {
  private static final String CART = "shop/cart:http";
  private static final String PAY = "shop/pay:http";
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final ServedLabels LABELS =
      new ServedLabels(Set.of(CART, PAY)::contains, Set.of("zone-a", "zone-b")::contains);

  private final ReportIntake intake = new ReportIntake(LABELS, MINUTE, 0);

  private record Client(String zone, Set<String> subscribed) implements ReportingClient {
    @Override
    public boolean subscribes(String assignment) {
      return subscribed.contains(assignment);
    }
  }

  private static final Client IN_A = new Client("zone-a", Set.of(CART, "made/up:http"));

  private static LocalityLoad load(String assignment, String zone, long issued) {
    return new LocalityLoad(assignment, zone, 0, issued, 0, 0);
  }

  private static LoadKey key(String port, String from, String to) {
    return new LoadKey(port, from, to, 0);
  }

  private static CountedLoad counted(LoadKey key, long requests) {
    return new CountedLoad(key, new LoadCounts(requests, 0, 0));
  }

  @Test
  void onlyWhatTheClientIsSubscribedToAndWhatIsServedCounts() {
    ReportIntake.Taken taken =
        intake.take(
            List.of(
                load(CART, "zone-a", 1),
                load(PAY, "zone-a", 10),
                load("made/up:http", "zone-a", 100),
                load("topology-xds", "", 1000)),
            IN_A,
            0);

    assertThat(taken.loads()).containsExactly(counted(key(CART, "zone-a", "zone-a"), 1));
    assertThat(taken.refused()).isEqualTo(Map.of(NotCounted.NOT_SUBSCRIBED, 1110L));
  }

  @Test
  void zonesThatNoNodeIsInAreOneLabel() {
    List<LocalityLoad> report =
        List.of(
            load(CART, "zone-b", 1), load(CART, "\"><script>", 2), load(CART, "z".repeat(9999), 4));

    assertThat(intake.take(report, IN_A, 0).loads())
        .containsExactly(
            counted(key(CART, "zone-a", "zone-b"), 1),
            counted(key(CART, "zone-a", LoadKey.UNKNOWN), 2),
            counted(key(CART, "zone-a", LoadKey.UNKNOWN), 4));
    assertThat(intake.take(report, new Client("", Set.of(CART)), 0).loads())
        .extracting(load -> load.key().fromZone())
        .containsOnly(LoadKey.UNKNOWN);
  }

  @Test
  void nobodyCountsFasterThanAClientCanSend() {
    long most = 2 * 60 * ReportBudget.REQUESTS_PER_SECOND;
    List<LocalityLoad> forged = List.of(load(CART, "zone-a", -1), load(CART, "zone-b", 5));

    ReportIntake.Taken first = intake.take(forged, IN_A, 0);
    ReportIntake.Taken atOnce = intake.take(forged, IN_A, 0);
    ReportIntake.Taken later = intake.take(forged, IN_A, MINUTE.toNanos());

    assertThat(first.loads()).containsExactly(counted(key(CART, "zone-a", "zone-a"), most));
    assertThat(first.refused()).containsOnlyKeys(NotCounted.RATE);
    assertThat(atOnce.loads()).isEmpty();
    assertThat(later.loads())
        .containsExactly(
            counted(key(CART, "zone-a", "zone-a"), 60 * ReportBudget.REQUESTS_PER_SECOND));
  }

  @Test
  void neitherErrorsNorRequestsUnderWayAreWithoutLimit() {
    LocalityLoad forged = new LocalityLoad(CART, "zone-a", -7, 10, -1, -1);
    LoadCounts counts =
        intake.take(List.of(forged, forged), IN_A, MINUTE.toNanos()).loads().stream()
            .map(CountedLoad::counts)
            .reduce(LoadCounts.NONE, LoadCounts::plus);

    assertThat(counts.requests()).isBetween(1L, 20L);
    assertThat(counts.errors()).isBetween(1L, 2 * 60 * ReportBudget.REQUESTS_PER_SECOND);
    assertThat(counts.inFlightMillis()).isEqualTo(ReportBudget.IN_PROGRESS * 60_000);
    assertThat(intake.take(List.of(forged), IN_A, 2 * MINUTE.toNanos()).loads())
        .extracting(load -> load.key().priority())
        .containsExactly(128);
  }

  /** Measured with Envoy 1.40: a connection that fails is an error of no issued request. */
  @Test
  void failedConnectionsAreErrorsWithoutRequests() {
    assertThat(
            intake
                .take(List.of(new LocalityLoad(CART, "zone-a", 0, 0, 50, 0)), IN_A, 0)
                .loads()
                .getFirst()
                .counts())
        .isEqualTo(new LoadCounts(0, 50, 0));
  }

  @Test
  void requestsUnderWayCountByTheTimeSinceTheLastReport() {
    intake.take(List.of(), IN_A, Duration.ofSeconds(10).toNanos());
    List<LocalityLoad> report = List.of(new LocalityLoad(CART, "zone-a", 0, 0, 0, 20));

    assertThat(
            intake.take(report, IN_A, Duration.ofSeconds(70).toNanos()).loads().getFirst().counts())
        .isEqualTo(new LoadCounts(0, 0, 20 * 60_000));
  }
}
