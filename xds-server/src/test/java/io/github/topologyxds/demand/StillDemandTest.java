package io.github.topologyxds.demand;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.topologyxds.model.Demand;
import io.github.topologyxds.model.ObjectName;
import io.github.topologyxds.topology.decision.NearUse;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** When a replica tells something else of the demand. */
class StillDemandTest {
  private static final ObjectName CART = new ObjectName("shop", "cart");
  private static final long START = 1_000_000;
  private static final long MINUTE = 60;
  private static final int STEPS = 2000;

  private static final StillDemand EVEN =
      new StillDemand(Map.of(CART, Set.of(new NearUse(numbers(3, 3, 3), 0.2))));

  @Test
  void shouldTellWhatIsKnownFirst() {
    assertThat(next(ReplicaDemand.NONE, clients(START, 5, 1, 1), START))
        .isEqualTo(clients(START, 5, 1, 1));
  }

  @Test
  void shouldStandStillWhileClientsMoveALittle() {
    ReplicaDemand told = clients(START, 10, 10, 10);
    long later = START + 10 * MINUTE;
    assertThat(next(told, clients(later, 12, 9, 9), later)).isEqualTo(told);
  }

  @Test
  void shouldFollowClientsAtMostOnceAMinute() {
    ReplicaDemand told = clients(START, 10, 10, 10);
    long soon = START + MINUTE - 1;
    assertThat(next(told, clients(soon, 20, 5, 5), soon)).isEqualTo(told);
    long later = START + MINUTE;
    assertThat(next(told, clients(later, 20, 5, 5), later)).isEqualTo(clients(later, 20, 5, 5));
  }

  /** One client in three came, and the other two are somebody else's. */
  @Test
  void shouldJudgeByWhatAllTellTogether() {
    ReplicaDemand told = clients(START, 2, 1, 1);
    ReplicaDemand others = clients(START, 100, 100, 100);
    long later = START + MINUTE;
    assertThat(EVEN.next(new StillDemand.Told(told, others), clients(later, 8, 1, 1), later))
        .isEqualTo(told);
  }

  @Test
  void shouldTellRequestsInPlaceOfClientsAsSoonAsThereAreEnough() {
    ReplicaDemand told = clients(START, 1, 1, 1);
    ReplicaDemand counted = requests(told, START + 10, 500, 500, 500);
    ReplicaDemand next = next(told, counted, START + 10);
    assertThat(next.known().of(CART, Demand.UNKNOWN).source())
        .isEqualTo(Demand.Source.MEASURED_REQUESTS);
  }

  /** It began anew, and the others have told for long: what it knows is told when they are gone. */
  @Test
  void shouldTellWhatItHasThoughOthersTellTheSame() {
    long later = START + MINUTE;
    assertThat(
            EVEN.next(
                new StillDemand.Told(ReplicaDemand.NONE, clients(START, 10, 10, 10)),
                clients(later, 1, 1, 1),
                later))
        .isEqualTo(clients(later, 1, 1, 1));
  }

  /** A Service changes once a minute, whoever tells it. */
  @Test
  void shouldWaitAMinuteAfterAnybodyTold() {
    long later = START + 10 * MINUTE;
    ReplicaDemand own = clients(START, 10, 10, 10);
    ReplicaDemand others = clients(later - MINUTE + 1, 10, 10, 10);
    ReplicaDemand counted = clients(later, 90, 5, 5);
    assertThat(EVEN.next(new StillDemand.Told(own, others), counted, later)).isEqualTo(own);
    assertThat(EVEN.next(new StillDemand.Told(own, others), counted, later + 1)).isEqualTo(counted);
  }

  /** Their Envoys have gone to another replica, which has not told of them yet. */
  @Test
  void shouldKeepWhatClientsToldUntilOthersTell() {
    ReplicaDemand told = clients(START, 10, 5, 5);
    long later = START + 10 * MINUTE;
    assertThat(next(told, ReplicaDemand.NONE, later)).isEqualTo(told);
    assertThat(
            EVEN.next(
                new StillDemand.Told(told, clients(later, 9, 6, 5)), ReplicaDemand.NONE, later))
        .isEqualTo(ReplicaDemand.NONE);
  }

  @Test
  void shouldKnowFirstWhoUsesAService() {
    ReplicaDemand told = clients(START, 5, 5, 5);
    ReplicaDemand counted = users(told, START + 10, 9, 1, 1);
    ReplicaDemand next = next(told, counted, START + 10);
    Demand demand = next.known().of(CART, Demand.UNKNOWN);
    assertThat(demand.source()).isEqualTo(Demand.Source.CLIENTS_OF_SERVICE);
    assertThat(demand.byZone()).isEqualTo(counts(14, 6, 6));
    assertThat(next.known().of(new ObjectName("shop", "other"), Demand.UNKNOWN).byZone())
        .isEqualTo(counts(5, 5, 5));
  }

  @Test
  void shouldTellNoUsersWhereRequestsAreMeasured() {
    ReplicaDemand clients = clients(START, 5, 5, 5);
    ReplicaDemand counted = requests(users(clients, START, 9, 1, 1), START, 100, 100, 100);
    ReplicaDemand next = next(clients, counted, START);
    assertThat(next.users()).isEmpty();
    assertThat(next.known().of(CART, Demand.UNKNOWN).source())
        .isEqualTo(Demand.Source.MEASURED_REQUESTS);
  }

  /** A job that runs now and then pushes nothing when it ends. */
  @Test
  void shouldKeepWhatWasMeasuredForAnHour() {
    ReplicaDemand told = requests(clients(START, 1, 1, 1), START, 900, 500, 100);
    long later = START + 59 * MINUTE;
    assertThat(next(told, clients(later, 1, 1, 1), later).requests()).containsKey(CART);
    long muchLater = START + 60 * MINUTE;
    assertThat(next(told, clients(muchLater, 1, 1, 1), muchLater).requests()).isEmpty();
  }

  @Test
  void shouldTellNothingOfServicesThatItDoesNotMatterTo() {
    ReplicaDemand counted = requests(clients(START, 1, 1, 1), START, 900, 500, 100);
    ReplicaDemand next =
        new StillDemand(Map.of())
            .next(new StillDemand.Told(ReplicaDemand.NONE, ReplicaDemand.NONE), counted, START);
    assertThat(next.requests()).isEmpty();
  }

  /**
   * One client comes or goes every ten seconds: how often is that told, and how bad does it get?
   */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void shouldStandStillWhileClientsComeAndGo(long seed) {
    Random random = new Random(seed);
    int zones = 2 + random.nextInt(4);
    long[] connected = random.longs(zones, 5, 101).toArray();
    NearUse use = new NearUse(numbers(random.longs(zones, 2, 12).toArray()), 0.2);
    StillDemand still = new StillDemand(Map.of(CART, Set.of(use)));
    ReplicaDemand told = clients(START, connected);
    int publications = 0;
    double worst = 0;
    for (int step = 1; step <= STEPS; step++) {
      int zone = random.nextInt(zones);
      connected[zone] = Math.max(1, connected[zone] + (random.nextBoolean() ? 1 : -1));
      long now = START + 10L * step;
      ReplicaDemand counted = clients(now, connected);
      ReplicaDemand next = still.next(new StillDemand.Told(told, ReplicaDemand.NONE), counted, now);
      publications += next.equals(told) ? 0 : 1;
      told = next;
      worst =
          Math.max(
              worst,
              use.outcome(told.clients().any().numbers(), counted.clients().any().numbers())
                  .fullest());
    }
    assertThat(publications).isLessThanOrEqualTo(20);
    assertThat(worst).isLessThanOrEqualTo(1.35);
  }

  private static ReplicaDemand next(ReplicaDemand told, ReplicaDemand counted, long now) {
    return EVEN.next(new StillDemand.Told(told, ReplicaDemand.NONE), counted, now);
  }

  static ReplicaDemand clients(long since, long... byZone) {
    return new ReplicaDemand(
        new ClientCounts(new ZoneCounts(counts(byZone), since), ZoneCounts.NONE),
        new TreeMap<>(),
        new TreeMap<>());
  }

  private static ReplicaDemand users(ReplicaDemand clients, long since, long... byZone) {
    SortedMap<ObjectName, ZoneCounts> users = new TreeMap<>();
    users.put(CART, new ZoneCounts(counts(byZone), since));
    ZoneCounts choosing = users.get(CART);
    return new ReplicaDemand(
        new ClientCounts(clients.clients().any(), choosing), users, clients.requests());
  }

  private static ReplicaDemand requests(ReplicaDemand clients, long since, long... byZone) {
    SortedMap<ObjectName, ZoneCounts> requests = new TreeMap<>();
    requests.put(CART, new ZoneCounts(counts(byZone), since));
    return new ReplicaDemand(clients.clients(), clients.users(), requests);
  }

  private static SortedMap<String, Long> counts(long... byZone) {
    SortedMap<String, Long> counts = new TreeMap<>();
    for (int zone = 0; zone < byZone.length; zone++) {
      counts.put(String.valueOf((char) ('a' + zone)), byZone[zone]);
    }
    return counts;
  }

  private static SortedMap<String, Double> numbers(long... byZone) {
    return new ZoneCounts(counts(byZone), 0).numbers();
  }
}
