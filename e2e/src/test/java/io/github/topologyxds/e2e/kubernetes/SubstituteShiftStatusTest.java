package io.github.topologyxds.e2e.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.topologyxds.e2e.apiserver.ApiServer;
import io.github.topologyxds.e2e.apiserver.Fault;
import io.github.topologyxds.e2e.apiserver.Injection;
import io.github.topologyxds.e2e.apiserver.RecordedRequest;
import io.github.topologyxds.e2e.apiserver.ResourceKind;
import io.github.topologyxds.e2e.apiserver.Verb;
import io.github.topologyxds.e2e.apiserver.Where;
import io.github.topologyxds.e2e.bench.Wait;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The scenarios against the substitute, which tells who has asked for what. */
class SubstituteShiftStatusTest extends ShiftStatusScenarios {
  private final ApiServer api = ApiServer.start();

  @Override
  Path kubeconfig(Path into) throws IOException {
    return api.kubeconfig(into);
  }

  @Override
  void release() {
    api.close();
  }

  private List<RecordedRequest> patches() {
    return api.requests().stream()
        .filter(request -> request.verb() == Verb.PATCH)
        .filter(request -> request.path().endsWith("/zonalshifts/" + id() + "/status"))
        .toList();
  }

  private long writesOfLeases() {
    return api.requests().stream()
        .filter(request -> request.path().contains("/leases"))
        .filter(request -> request.verb().writes())
        .count();
  }

  @Test
  void ofTwoReplicasOneWritesAndOnce() throws Exception {
    try (ShiftReplica one = replica();
        ShiftReplica other = replica()) {
      shift(Instant.now().plusSeconds(3600), "10m");
      await("Active", 1);
      awaitRenewals(4);
      assertThat(patches()).as("of both, while the Lease was renewed").hasSize(1);
      assertThat(one.acting()).isEqualTo(other.acting()).hasSize(1);
    }
  }

  /** Renewed every 2 s: so the writer has looked at its work several times. */
  private void awaitRenewals(int more) {
    long enough = writesOfLeases() + more;
    Wait.until("the Lease is renewed")
        .atMost(Duration.ofSeconds(30))
        .until(() -> writesOfLeases() >= enough);
  }

  /** The shift acts all the same, and its status comes once it may be written. */
  @Test
  void whatMayNotBeWrittenActsAndIsTriedAgain() throws Exception {
    Injection denied =
        api.faults()
            .inject(new Fault.Forbidden(), Where.of(ResourceKind.ZONAL_SHIFTS).only(Verb.PATCH));
    shift(Instant.now().plusSeconds(3600), "10m");
    try (ShiftReplica replica = replica()) {
      Wait.until("two tries").atMost(Duration.ofSeconds(30)).until(() -> patches().size() >= 2);
      assertThat(patches()).allMatch(request -> request.status() == 403);
      assertThat(replica.acting()).hasSize(1);
      assertThat(object().has("status")).isFalse();
      denied.close();
      await("Active", 1);
    }
  }

  @Test
  void withoutALeaseItActsAndNothingIsWritten() throws Exception {
    api.faults().inject(new Fault.Forbidden(), Where.of(ResourceKind.LEASES));
    shift(Instant.now().plusSeconds(3600), "10m");
    try (ShiftReplica replica = replica()) {
      Wait.until("the Lease was asked for")
          .until(() -> api.requests().stream().anyMatch(r -> r.path().contains("/leases")));
      Wait.until("it acts").until(() -> replica.acting().size() == 1);
      assertThat(patches()).isEmpty();
    }
  }

  @Test
  void outsideOfAPodNothingIsWritten() throws Exception {
    shift(Instant.now().plusSeconds(3600), "10m");
    try (ShiftReplica replica = ShiftReplica.outside(kubeconfig(), id());
        ShiftReplica inPod = replica()) {
      await("Active", 1);
      assertThat(replica.acting()).hasSize(1);
      assertThat(inPod.acting()).hasSize(1);
    }
    api.clearRequests();
    try (ShiftReplica replica = ShiftReplica.outside(kubeconfig(), id())) {
      Wait.until("it acts").until(() -> replica.acting().size() == 1);
    }
    assertThat(api.requests()).noneMatch(request -> request.path().contains("/leases"));
    assertThat(patches()).isEmpty();
  }

  @Test
  void withoutShiftsNoLeaseIsAskedFor() throws Exception {
    try (ShiftReplica replica = replica()) {
      Wait.until("it serves").until(replica.controlPlane().store()::complete);
      shift(Instant.now().plusSeconds(3600), "10m");
      await("Active", 1);
    }
    client().genericKubernetesResources(SHIFTS).withName(id()).delete();
    api.clearRequests();
    try (ShiftReplica replica = replica()) {
      Wait.until("it serves").until(replica.controlPlane().store()::complete);
    }
    assertThat(api.requests()).noneMatch(request -> request.path().contains("/leases"));
  }
}
