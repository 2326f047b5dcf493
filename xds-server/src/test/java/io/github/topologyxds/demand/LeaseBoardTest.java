package io.github.topologyxds.demand;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.topologyxds.kubernetes.WriteApi;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Replicas that tell each other by Leases. */
class LeaseBoardTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final ReplicaDemand MANY = StillDemandTest.clients(7, 20, 10, 10);
  private static final ReplicaDemand FEW = StillDemandTest.clients(9, 1, 2, 3);

  private final Leases leases = new Leases();
  private long nanos;

  /** An API server that keeps Leases, and refuses a write of what has changed meanwhile. */
  private static final class Leases implements WriteApi {
    private final Map<String, ObjectNode> byName = new HashMap<>();
    private long version;
    private int away;
    private int reads;
    private int writes;

    @Override
    public Reply send(Request request) {
      if (away > 0) {
        return reply(away, JSON.createObjectNode());
      }
      String name = request.path().substring(request.path().lastIndexOf('/') + 1);
      ObjectNode known = byName.get(name);
      return switch (request.method()) {
        case GET -> {
          reads++;
          yield known == null ? reply(404, JSON.createObjectNode()) : reply(200, known.deepCopy());
        }
        case POST -> {
          ObjectNode created = (ObjectNode) JSON.readTree(request.body());
          name = created.path("metadata").path("name").asString("");
          yield byName.containsKey(name) ? reply(409, created) : store(name, created, 201);
        }
        case PUT -> {
          ObjectNode changed = (ObjectNode) JSON.readTree(request.body());
          yield known != null && version(changed).equals(version(known))
              ? store(name, changed, 200)
              : reply(409, changed);
        }
        case PATCH, DELETE -> throw new AssertionError("nobody patches or deletes Leases");
      };
    }

    private static String version(JsonNode lease) {
      return lease.path("metadata").path("resourceVersion").asString("");
    }

    private Reply store(String name, ObjectNode lease, int status) {
      lease.withObject("metadata").put("resourceVersion", String.valueOf(++version));
      byName.put(name, lease);
      writes++;
      return reply(status, lease.deepCopy());
    }

    private static Reply reply(int status, JsonNode body) {
      return new Reply(status, body, Duration.ZERO, status < 300 ? "" : "answers " + status);
    }
  }

  private LeaseBoard board(String identity) {
    return new LeaseBoard(
        leases,
        new LeaseBoard.Holder(new CountedClients.OfAllReplicas("ns"), identity),
        new LeaseBoard.Clocks(() -> nanos, () -> Instant.EPOCH.plusNanos(nanos)));
  }

  private void later(Duration time) {
    nanos += time.toNanos();
  }

  private static ReplicaDemand all(LeaseBoard board) throws InterruptedException {
    return board.told().all();
  }

  @Test
  void shouldComeToTheSameSum() throws Exception {
    LeaseBoard one = board("one");
    LeaseBoard two = board("two");
    one.told();
    one.tell(MANY);
    two.told();
    two.tell(FEW);

    assertThat(all(one)).isEqualTo(all(two)).isEqualTo(StillDemandTest.clients(9, 21, 12, 13));
    assertThat(two.told().own()).isEqualTo(FEW);
    assertThat(leases.byName.keySet())
        .containsExactlyInAnyOrder("topology-xds-demand-0", "topology-xds-demand-1");
  }

  /** Both looked before either had written. */
  @Test
  void shouldGiveALeaseToOneOfTwo() throws Exception {
    LeaseBoard one = board("one");
    LeaseBoard two = board("two");
    one.told();
    two.told();
    one.tell(MANY);
    two.tell(FEW);
    assertThat(two.told().own()).isEqualTo(ReplicaDemand.NONE);
    two.tell(FEW);
    assertThat(all(one)).isEqualTo(all(two)).isEqualTo(StillDemandTest.clients(9, 21, 12, 13));
  }

  @Test
  void shouldForgetAReplicaThatIsGone() throws Exception {
    LeaseBoard one = board("one");
    LeaseBoard two = board("two");
    one.told();
    one.tell(MANY);
    two.told();
    two.tell(FEW);
    goOn(two, Duration.ofSeconds(170));
    assertThat(all(two).clients().any().total()).isEqualTo(46);
    goOn(two, Duration.ofSeconds(10));
    assertThat(all(two)).isEqualTo(FEW);
    LeaseBoard three = board("three");
    assertThat(three.told().others()).as("by the time that its holder wrote").isEqualTo(FEW);
    three.tell(MANY);
    assertThat(three.told().own()).isEqualTo(MANY);
    assertThat(leases.byName).as("its Lease was free").hasSize(2);
    JsonNode first = Objects.requireNonNull(leases.byName.get("topology-xds-demand-0"));
    assertThat(first.at("/spec/leaseTransitions").asInt(-1)).isEqualTo(1);
  }

  /** One that looks every ten seconds, as the keeper does. */
  private void goOn(LeaseBoard board, Duration time) throws InterruptedException {
    for (int second = 0; second < time.toSeconds(); second += 10) {
      later(Duration.ofSeconds(10));
      board.told();
    }
  }

  @Test
  void shouldStandWhileTheApiIsAway() throws Exception {
    LeaseBoard one = board("one");
    LeaseBoard two = board("two");
    one.told();
    one.tell(MANY);
    two.told();
    two.tell(FEW);
    ReplicaDemand before = all(two);
    leases.away = 503;
    goOn(two, Duration.ofHours(1));
    assertThat(all(two)).isEqualTo(before);
    leases.away = 0;
    goOn(two, Duration.ofSeconds(10));
    assertThat(all(two)).as("the hour does not count").isEqualTo(before);
    goOn(two, Duration.ofMinutes(3));
    assertThat(all(two)).isEqualTo(FEW);
  }

  @Test
  void shouldKnowNothingWithoutTheRight() throws Exception {
    LeaseBoard one = board("one");
    one.told();
    one.tell(MANY);
    leases.away = 403;
    LeaseBoard two = board("two");
    assertThat(all(two)).isEqualTo(ReplicaDemand.NONE);
    int writes = leases.writes;
    two.tell(FEW);
    assertThat(leases.writes).isEqualTo(writes);
    assertThat(all(one)).isEqualTo(ReplicaDemand.NONE);
  }

  /** Twice a minute at most, and a Lease is renewed once a minute. */
  @Test
  void shouldWriteSeldom() throws Exception {
    LeaseBoard one = board("one");
    one.told();
    for (int second = 0; second < 600; second++) {
      later(Duration.ofSeconds(1));
      one.told();
      one.tell(StillDemandTest.clients(second, second + 1, 1));
    }
    assertThat(leases.writes).isBetween(10, 21);
    int busy = leases.writes;
    for (int second = 0; second < 600; second++) {
      later(Duration.ofSeconds(1));
      one.told();
      one.tell(one.told().own());
    }
    assertThat(leases.writes - busy).isBetween(9, 10);
  }

  /** Of eight Leases those are read that are held, and the first that is free. */
  @Test
  void shouldReadFewLeases() throws Exception {
    LeaseBoard one = board("one");
    one.told();
    one.tell(MANY);
    one.told();
    leases.reads = 0;
    goOn(one, Duration.ofSeconds(50));
    assertThat(leases.reads).isEqualTo(5 * 2);
  }

  /** The ninth tells nothing, and takes the Lease of the first that is gone. */
  @Test
  void shouldHaveRoomForEight() throws Exception {
    List<LeaseBoard> boards = new ArrayList<>();
    for (int replica = 0; replica < 9; replica++) {
      LeaseBoard board = board("replica-" + replica);
      board.told();
      board.tell(FEW);
      boards.add(board);
    }
    assertThat(leases.byName).hasSize(LeaseBoard.LEASES);
    assertThat(boards.getLast().told().own()).isEqualTo(ReplicaDemand.NONE);
    for (int minute = 0; minute < 4; minute++) {
      later(Duration.ofMinutes(1));
      for (LeaseBoard alive : boards.subList(1, 9)) {
        alive.told();
      }
    }
    boards.getLast().tell(FEW);
    assertThat(boards.getLast().told().own()).isEqualTo(FEW);
    assertThat(leases.byName).hasSize(LeaseBoard.LEASES);
  }
}
