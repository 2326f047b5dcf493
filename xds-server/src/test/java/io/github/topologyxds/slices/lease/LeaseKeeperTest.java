package io.github.topologyxds.slices.lease;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LeaseKeeperTest {
  private static final long START = Long.MAX_VALUE - 1_000_000_000L;
  private static final LeaseName NAME = new LeaseName("ns", "writers");

  private final FakeLeases leases = new FakeLeases();
  private final AtomicLong clock = new AtomicLong(START);

  private final class Replica implements LeaseKeeper.Candidate {
    private final Fence fence = new Fence(clock::get);
    private final LeaseKeeper keeper;
    private String trouble = "";

    Replica(String identity) {
      this(identity, Duration.ZERO);
    }

    /** Its clock on the wall is wrong by so much. */
    Replica(String identity, Duration skew) {
      InstantSource wall =
          () -> Instant.EPOCH.plusSeconds(1_000_000).plusNanos(clock.get() - START).plus(skew);
      keeper =
          new LeaseKeeper(
              leases,
              new LeaseKeeper.Holder(NAME, identity, "EndpointSlices", "slice-lease"),
              this,
              new LeaseKeeper.Clocks(fence, wall));
    }

    void step() throws InterruptedException {
      assertThat(keeper.step()).isBetween(Duration.ofNanos(1), Duration.ofSeconds(2));
    }

    boolean writes() {
      return fence.epoch().isPresent();
    }

    int epoch() {
      return fence.epoch().map(Epoch::transitions).orElse(-1);
    }

    String lease() {
      return fence.epoch().map(Epoch::lease).orElse("");
    }

    @Override
    public boolean ready() {
      return true;
    }

    @Override
    public void hindered(String now) {
      trouble = now;
    }

    @Override
    public void unhindered() {
      trouble = "";
    }
  }

  private void pass(double seconds) {
    clock.addAndGet((long) (seconds * 1e9));
  }

  @Test
  void oneOfTwoHoldsIt() throws Exception {
    Replica a = new Replica("a");
    Replica b = new Replica("b");
    for (int i = 0; i < 30; i++) {
      a.step();
      b.step();
      assertThat(a.writes()).isTrue();
      assertThat(b.writes()).isFalse();
      pass(2);
    }
    assertThat(leases.holder()).isEqualTo("a");
    assertThat(leases.transitions()).as("no other has had it").isEqualTo(1);
  }

  @Test
  void theFenceClosesBeforeAnotherMayTakeIt() throws Exception {
    Replica a = new Replica("a");
    Replica b = new Replica("b");
    a.step();
    b.step();
    pass(9.9);
    assertThat(a.writes()).isTrue();
    pass(0.1);
    assertThat(a.writes()).as("10 s after it was renewed").isFalse();
    b.step();
    assertThat(leases.holder()).isEqualTo("a");
    pass(5);
    b.step();
    assertThat(leases.holder()).as("15 s after b has seen it").isEqualTo("b");
    assertThat(b.epoch()).isEqualTo(2);
    a.step();
    assertThat(a.writes()).isFalse();
    a.step();
    assertThat(leases.holder()).isEqualTo("b");
  }

  @Test
  void whoCannotReachTheServerStopsAndGoesOnIfNobodyCame() throws Exception {
    Replica a = new Replica("a");
    a.step();
    leases.away(true);
    for (int i = 0; i < 5; i++) {
      pass(2);
      a.step();
    }
    assertThat(a.writes()).isFalse();
    leases.away(false);
    a.step();
    assertThat(a.epoch()).as("still its own term").isEqualTo(1);
  }

  @Test
  void aClockThatIsWrongDoesNotMatter() throws Exception {
    Replica a = new Replica("a");
    Replica b = new Replica("b");
    a.step();
    // Renewed an hour ago, says the holder's clock: it is what changes that counts.
    leases.lease().withObject("spec").put("renewTime", Instant.EPOCH.toString());
    b.step();
    pass(14.9);
    b.step();
    assertThat(leases.holder()).isEqualTo("a");
  }

  /** One writer, whatever a replica's clock says. */
  @ParameterizedTest
  @ValueSource(ints = {-30, 30})
  void aReplicaWhoseClockIsWrongTakesTurnsWithTheOthers(int seconds) throws Exception {
    Replica right = new Replica("right");
    Replica wrong = new Replica("wrong", Duration.ofSeconds(seconds));
    for (Replica holder : List.of(right, wrong)) {
      Replica other = holder == right ? wrong : right;
      for (int i = 0; i < 30; i++) {
        holder.step();
        other.step();
        assertThat(holder.writes()).isTrue();
        assertThat(other.writes()).isFalse();
        pass(2);
      }
      // The holder is away: the other one waits for as long as a Lease lasts, and no longer.
      pass(12.9);
      other.step();
      assertThat(other.writes() || holder.writes()).as("nobody").isFalse();
      pass(0.1);
      other.step();
      assertThat(other.writes()).isTrue();
      assertThat(holder.writes()).isFalse();
      holder.step();
      holder.step();
      assertThat(holder.writes()).isFalse();
    }
  }

  @Test
  void aLeaseThatIsMadeAgainCountsAnew() throws Exception {
    Replica a = new Replica("a");
    a.step();
    String before = a.lease();
    leases.delete();
    a.step();
    a.step();
    assertThat(a.lease()).isNotEqualTo(before);
    assertThat(a.epoch()).isEqualTo(1);
  }

  /** The API server refuses a negative one, but it would be read back as our own memory. */
  @ParameterizedTest
  @ValueSource(ints = {Integer.MIN_VALUE, -1, 0, 999_999_999, Integer.MAX_VALUE})
  void whatSomebodyWroteIntoTheLeaseStopsNobody(int transitions) throws Exception {
    Replica a = new Replica("a");
    a.step();
    leases.edit().withObject("spec").put("leaseTransitions", transitions);
    pass(2);
    a.step();
    a.step();
    assertThat(a.writes()).isTrue();
    assertThat(a.epoch()).isGreaterThanOrEqualTo(0);
    leases.edit().withObject("spec").put("holderIdentity", "");
    Replica b = new Replica("b");
    b.step();
    assertThat(b.writes()).isTrue();
    assertThat(b.epoch()).isBetween(1, Integer.MAX_VALUE);
  }

  /** kube-scheduler's, a node's: whoever names it by mistake must not take it over. */
  @Test
  void aLeaseOfSomebodyElseIsNeverTaken() throws Exception {
    leases
        .edit()
        .withObject("spec")
        .put("holderIdentity", "scheduler-1")
        .put("leaseTransitions", 3)
        .put("renewTime", "2026-01-01T00:00:00.000000Z");
    String before = leases.body();
    Replica a = new Replica("a");
    for (int i = 0; i < 30; i++) {
      a.step();
      pass(2);
    }
    leases.edit().withObject("spec").put("holderIdentity", "");
    a.step();
    assertThat(a.writes()).isFalse();
    leases.edit().withObject("spec").put("holderIdentity", "scheduler-1");
    assertThat(leases.body().replaceAll("resourceVersion\":\"\\d+", ""))
        .isEqualTo(before.replaceAll("resourceVersion\":\"\\d+", ""));
    assertThat(a.trouble)
        .contains("ns/writers is not ours", "topology-xds.io/installation=ns/writers");
    leases
        .edit()
        .withObject("metadata")
        .withObject("annotations")
        .put("topology-xds.io/installation", "ns/writers");
    a.step();
    pass(15);
    a.step();
    assertThat(a.writes()).as("somebody says that it is ours").isTrue();
    assertThat(a.trouble).isEmpty();
  }

  @Test
  void aLeaseThatNobodyEverHeldIsTaken() throws Exception {
    leases.edit().withObject("spec");
    Replica a = new Replica("a");
    a.step();
    assertThat(a.writes()).isTrue();
  }

  @Test
  void theMarkIsPutBackOnALeaseThatWeHold() throws Exception {
    Replica a = new Replica("a");
    a.step();
    leases.edit().withObject("metadata").remove("annotations");
    pass(2);
    a.step();
    a.step();
    assertThat(a.writes()).isTrue();
    assertThat(leases.body()).contains("\"topology-xds.io/installation\":\"ns/writers\"");
  }

  /** Its holder has not heard of it yet, and still writes. */
  @Test
  void whoNeverAskedForTheLeaseDoesNotBelieveThatItHoldsIt() throws Exception {
    Replica a = new Replica("a");
    Replica b = new Replica("b");
    a.step();
    b.step();
    leases.edit().withObject("spec").put("holderIdentity", "b");
    b.step();
    assertThat(b.writes()).isFalse();
    pass(15);
    b.step();
    assertThat(b.writes()).isTrue();
    assertThat(b.epoch()).isEqualTo(2);
  }
}
