package io.github.topologyxds.source.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.topologyxds.model.AddressType;
import io.github.topologyxds.model.EndpointModel;
import io.github.topologyxds.model.Family;
import io.github.topologyxds.model.Hints;
import io.github.topologyxds.model.NamespaceModel;
import io.github.topologyxds.model.NodeModel;
import io.github.topologyxds.model.ObjectName;
import io.github.topologyxds.model.Protocol;
import io.github.topologyxds.model.Readiness;
import io.github.topologyxds.model.ServiceModel;
import io.github.topologyxds.model.ServicePort;
import io.github.topologyxds.model.ServiceState;
import io.github.topologyxds.model.ServiceTopology;
import io.github.topologyxds.model.ServiceType;
import io.github.topologyxds.model.SliceModel;
import io.github.topologyxds.model.SlicePort;
import io.github.topologyxds.model.TrafficDistribution;
import io.github.topologyxds.model.finding.Reason;
import io.github.topologyxds.state.ClusterStateStore;
import io.github.topologyxds.state.KeptState;
import io.github.topologyxds.state.ModelObject;
import io.github.topologyxds.state.ObjectChange;
import io.github.topologyxds.state.SourceHealth;
import io.github.topologyxds.state.StateChange;
import io.github.topologyxds.state.WatchHealth;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is kept of a state, when it is served, and when it must not be. */
class StateKeeperTest {
  private static final String CLUSTER = "cluster https://10.0.0.1";
  private static final ObjectName WEB = new ObjectName("shop", "web");
  private static final Readiness UNREADY = new Readiness(false, false, false);

  @TempDir private Path folder = Path.of("");
  private ClusterStateStore store = new ClusterStateStore();
  private final List<StateChange> taken = new ArrayList<>();
  private long nanos;
  private long millis = 1_800_000_000_000L;
  private Duration silence = Duration.ZERO;
  private boolean refused;

  /** Of the cluster that answers; empty while none does. */
  private Optional<String> uid = Optional.of("1");

  private final SourceHealth health =
      new SourceHealth() {
        @Override
        public boolean refuses() {
          return refused;
        }

        @Override
        public Duration unconfirmed() {
          return silence;
        }

        @Override
        public List<WatchHealth> watches() {
          return List.of();
        }
      };

  @Test
  void shouldServeWhatWasServedWithItsMemoryAndGiveWayWithoutAnEmptyMoment() throws Exception {
    runAndStop();
    ServiceState before = store.service(WEB).orElseThrow();
    store = new ClusterStateStore();
    StateKeeper keeper = keeper(CLUSTER);
    turn(keeper, Duration.ofSeconds(19));
    assertThat(taken).isEmpty();
    turn(keeper, Duration.ofSeconds(1));
    assertThat(taken).singleElement().isInstanceOf(StateChange.Restored.class);
    assertThat(taken.getFirst().findings())
        .singleElement()
        .satisfies(finding -> {
          assertThat(finding.reason()).isEqualTo(Reason.STATE_RESTORED);
          assertThat(finding.message()).contains("2027-01-15T08:00:00Z");
        });
    assertThat(store.service(WEB)).contains(before);
    assertThat(before.seenReady()).containsExactlyInAnyOrder("a", "was-ready");
    // A Node that is gone keeps its zone in memory, and a region that no Node names.
    assertThat(before.topology().zoneOf("node-gone")).isEqualTo("zone-b");
    assertThat(keeper.servedAge()).contains(Duration.ofSeconds(20));
    assertThat(keeper.lines()).containsExactly("stale: the snapshot of 20 s ago is served");

    keeper.accept(new StateChange.Everything(world(true), List.of()));
    assertThat(store.service(WEB).orElseThrow().seenReady()).isEqualTo(before.seenReady());
    assertThat(keeper.lines()).isEmpty();
    assertThat(taken).hasSize(2);
    keeper.close();
  }

  @Test
  void shouldTakeNothingUpOnceTheSourceHasDelivered() throws Exception {
    runAndStop();
    taken.clear();
    StateKeeper keeper = keeper(CLUSTER);
    keeper.accept(new StateChange.Everything(world(false), List.of()));
    turn(keeper, Duration.ofHours(2));
    assertThat(taken).singleElement().isInstanceOf(StateChange.Everything.class);
    assertThat(
            new ClusterStateStore()
                .apply(new StateChange.Restored(store.keep(), List.of()))
                .services())
        .contains(WEB);
    assertThat(store.apply(new StateChange.Restored(kept(), List.of())).services()).isEmpty();
    keeper.close();
  }

  @Test
  void shouldCountTheAgeFromTheMomentWhenTheSourceWasHeardLast() throws Exception {
    StateKeeper first = keeper(CLUSTER);
    first.accept(new StateChange.Everything(world(false), List.of()));
    turn(first, Duration.ofSeconds(10));
    // The API goes away. What is written after that does not make the state younger.
    for (int i = 0; i < 30; i++) {
      silence = silence.plusSeconds(100);
      turn(first, Duration.ofSeconds(100));
    }
    first.close();
    StateKeeper second = keeper(CLUSTER);
    silence = Duration.ofDays(9);
    turn(second, Duration.ofMinutes(10).minusSeconds(1));
    assertThat(second.servedAge()).contains(Duration.ofSeconds(3000 + 599));
    second.close();
    store = new ClusterStateStore();
    StateKeeper third = keeper(CLUSTER);
    turn(third, Duration.ofSeconds(20));
    assertThat(third.servedAge()).isEmpty();
    third.close();
  }

  @Test
  void shouldConfirmAQuietStateWithoutWritingItAgain() throws Exception {
    StateKeeper first = keeper(CLUSTER);
    first.accept(new StateChange.Everything(world(false), List.of()));
    turn(first, Duration.ofSeconds(10));
    var written = Files.readAttributes(folder.resolve("state"), "*").get("fileKey");
    turn(first, Duration.ofMinutes(30));
    assertThat(Files.readAttributes(folder.resolve("state"), "*").get("fileKey"))
        .isEqualTo(written);
    turn(first, Duration.ofMinutes(29));
    first.close();
    StateKeeper second = keeper(CLUSTER);
    turn(second, Duration.ofSeconds(20));
    assertThat(second.servedAge()).contains(Duration.ofSeconds(20));
    second.close();
  }

  @Test
  void shouldServeNothingOldWhereTheApiAnswersAndRefuses() throws Exception {
    runAndStop();
    taken.clear();
    StateKeeper keeper = keeper(CLUSTER);
    refused = true;
    turn(keeper, Duration.ofSeconds(1));
    refused = false; // And then it is away: what it would have told is not known.
    turn(keeper, Duration.ofMinutes(1));
    assertThat(taken).isEmpty();
    keeper.close();
  }

  @Test
  void shouldServeNothingOfAnotherClusterOrOfAnotherTime() throws Exception {
    runAndStop();
    taken.clear();
    StateKeeper other = keeper("cluster https://10.0.0.2");
    turn(other, Duration.ofSeconds(20));
    millis -= Duration.ofHours(3).toMillis();
    StateKeeper early = keeper(CLUSTER);
    turn(early, Duration.ofSeconds(20));
    assertThat(taken).isEmpty();
    other.close();
    early.close();
  }

  @Test
  void shouldServeNothingOfAClusterThatWasBuiltAnewUnderTheSameAddress() throws Exception {
    runAndStop();
    uid = Optional.of("2");
    StateKeeper keeper = keeper(CLUSTER);
    turn(keeper, Duration.ofSeconds(20));
    assertThat(taken).isEmpty();
    keeper.close();
  }

  @Test
  void shouldWithdrawWhatIsOfAnotherClusterOnceThatAnswers() throws Exception {
    runAndStop();
    uid = Optional.empty();
    store = new ClusterStateStore();
    StateKeeper keeper = keeper(CLUSTER);
    turn(keeper, Duration.ofSeconds(20));
    assertThat(store.complete()).isTrue();
    uid = Optional.of("1"); // The same cluster is back; its watches are not there yet.
    turn(keeper, Duration.ofSeconds(1));
    assertThat(store.complete()).isTrue();
    uid = Optional.of("2");
    turn(keeper, Duration.ofSeconds(1));
    assertThat(store.complete()).isFalse();
    assertThat(keeper.servedAge()).isEmpty();
    assertThat(taken).last().isInstanceOf(StateChange.Withdrawn.class);
    turn(keeper, Duration.ofMinutes(1));
    assertThat(taken).hasSize(2);
    keeper.accept(new StateChange.Everything(world(true), List.of()));
    assertThat(store.complete()).isTrue();
    store.apply(new StateChange.Withdrawn());
    assertThat(store.complete()).as("what the source says stays").isTrue();
    keeper.close();
  }

  @Test
  void shouldServeWhatIsOfAnUnknownCluster() throws Exception {
    uid = Optional.empty(); // kube-system cannot be read.
    runAndStop();
    uid = Optional.of("2");
    StateKeeper keeper = keeper(CLUSTER);
    turn(keeper, Duration.ofSeconds(20));
    assertThat(keeper.servedAge()).isPresent();
    keeper.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 9, 50, 100, -9, -1})
  void shouldServeNothingDamaged(int at) throws Exception {
    runAndStop();
    taken.clear();
    Path state = folder.resolve("state");
    byte[] bytes = Files.readAllBytes(state);
    bytes[at < 0 ? bytes.length + at : at] ^= 4;
    Files.write(state, bytes);
    StateKeeper keeper = keeper(CLUSTER);
    turn(keeper, Duration.ofSeconds(20));
    assertThat(taken).isEmpty();
    keeper.close();
    Files.write(state, List.of("cut"));
    assertThatThrownBy(() -> new SnapshotFile(folder, CLUSTER).read())
        .isInstanceOf(IOException.class)
        .hasMessage("it is no snapshot");
  }

  @Test
  void shouldSayWhichFolderCannotBeWritten() throws Exception {
    Path file = Files.writeString(folder.resolve("file"), "");
    SnapshotSettings settings =
        new SnapshotSettings(file, Duration.ofSeconds(20), Duration.ofHours(1));
    assertThatThrownBy(() -> StateKeeper.open(settings, origin(CLUSTER), around()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("cannot write into the folder of --snapshot " + file);
  }

  @Test
  void shouldKeepALargeClusterInFewBytes() throws Exception {
    List<ModelObject> large = new ArrayList<>();
    for (int i = 0; i < 2_000; i++) {
      ObjectName name = new ObjectName("shop", "svc-" + i);
      large.add(service(name));
      List<EndpointModel> endpoints = new ArrayList<>();
      for (int j = 0; j < 10; j++) {
        String uid = "0a1b2c3d-1234-5678-9abc-%012d".formatted(i * 10 + j);
        endpoints.add(endpoint("10.1." + i + "." + j, "node-" + j, uid, Readiness.READY));
      }
      large.add(slice(new ObjectName("shop", "svc-" + i + "-x7x2q"), name, endpoints));
    }
    store.apply(new StateChange.Everything(large, List.of()));
    SnapshotFile file = new SnapshotFile(folder, CLUSTER);
    file.write(new Snapshot(1, "", store.keep()));
    // A fifth of 10,000 Services, which may take 20 MB.
    assertThat(Files.size(folder.resolve("state"))).isLessThan(4_000_000);
    assertThat(file.read().orElseThrow().state().slices()).hasSize(2_000);
  }

  private KeptState kept() {
    ClusterStateStore other = new ClusterStateStore();
    other.apply(new StateChange.Everything(world(true), List.of()));
    return other.keep();
  }

  /** A process that has seen a complete state and a change, and is told to stop. */
  private void runAndStop() throws IOException {
    StateKeeper keeper = keeper(CLUSTER);
    keeper.accept(new StateChange.Everything(world(false), List.of()));
    keeper.accept(
        new StateChange.Difference(
            List.of(
                new ObjectChange.Put(
                    slice(
                        new ObjectName("shop", "web-1"),
                        WEB,
                        List.of(
                            endpoint("10.0.0.1", "node-a", "a", Readiness.READY),
                            endpoint("10.0.0.2", "node-gone", "was-ready", UNREADY),
                            endpoint("10.0.0.3", "node-a", "never-ready", UNREADY)))),
                new ObjectChange.Delete(
                    new ModelObject.OfNode(new NodeModel("node-gone", "zone-b", "r2")).key())),
            List.of()));
    keeper.close();
    taken.clear();
  }

  private List<ModelObject> world(boolean later) {
    List<ModelObject> objects = new ArrayList<>();
    objects.add(new ModelObject.OfNamespace(new NamespaceModel("shop", "none", "")));
    objects.add(new ModelObject.OfNode(new NodeModel("node-a", "zone-a", "r1")));
    if (!later) {
      objects.add(new ModelObject.OfNode(new NodeModel("node-gone", "zone-b", "r2")));
    }
    objects.add(service(WEB));
    List<EndpointModel> endpoints = new ArrayList<>();
    endpoints.add(endpoint("10.0.0.1", "node-a", "a", Readiness.READY));
    endpoints.add(
        endpoint("10.0.0.2", "node-gone", "was-ready", later ? UNREADY : Readiness.READY));
    if (later) {
      endpoints.add(endpoint("10.0.0.3", "node-a", "never-ready", UNREADY));
    }
    objects.add(slice(new ObjectName("shop", "web-1"), WEB, endpoints));
    return objects;
  }

  private StateKeeper keeper(String source) throws IOException {
    SnapshotSettings settings =
        new SnapshotSettings(
            folder, SnapshotSettings.DEFAULT_AFTER, SnapshotSettings.DEFAULT_MAX_AGE);
    StateKeeper keeper = StateKeeper.open(settings, origin(source), around());
    keeper.follow(health);
    return keeper;
  }

  private Origin origin(String name) {
    return new Origin(name, () -> uid);
  }

  private StateKeeper.Surroundings around() {
    return new StateKeeper.Surroundings(
        change -> {
          taken.add(change);
          store.apply(change);
        },
        () -> CompletableFuture.completedFuture(store.keep()),
        () -> nanos,
        () -> millis);
  }

  private void turn(StateKeeper keeper, Duration time) throws InterruptedException {
    nanos += time.toNanos();
    millis += time.toMillis();
    keeper.step();
  }

  private static ModelObject service(ObjectName name) {
    return new ModelObject.OfService(
        new ServiceModel(
            name,
            ServiceType.CLUSTER_IP,
            List.of("10.96.0.1"),
            List.of(Family.IPV4),
            List.of(new ServicePort("http", 80, Protocol.TCP, "http")),
            new ServiceTopology(TrafficDistribution.PREFER_SAME_ZONE, false, false, "", ""),
            false,
            7));
  }

  private static ModelObject slice(
      ObjectName name, ObjectName service, List<EndpointModel> endpoints) {
    return new ModelObject.OfSlice(
        new SliceModel(
            name,
            service,
            AddressType.IPV4,
            false,
            List.of(new SlicePort("http", 8080, Protocol.TCP)),
            endpoints));
  }

  private static EndpointModel endpoint(
      String address, String node, String uid, Readiness readiness) {
    Hints hints = new Hints(new TreeSet<>(Set.of("zone-a")), new TreeSet<>());
    return new EndpointModel(address, node, "", "", uid, hints, readiness);
  }
}
