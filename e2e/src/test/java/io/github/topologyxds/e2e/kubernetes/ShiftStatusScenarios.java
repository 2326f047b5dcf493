package io.github.topologyxds.e2e.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.github.topologyxds.e2e.bench.Wait;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the leader writes into ZonalShifts, against an API server, real or not. */
abstract class ShiftStatusScenarios {
  static final ResourceDefinitionContext SHIFTS =
      new ResourceDefinitionContext.Builder()
          .withGroup("topology-xds.io")
          .withVersion("v1alpha1")
          .withKind("ZonalShift")
          .withPlural("zonalshifts")
          .withNamespaced(false)
          .build();

  private static final JsonMapper JSON = JsonMapper.builder().build();

  @TempDir private Path folder = Path.of("");

  private final String id = "txds-" + UUID.randomUUID().toString().substring(0, 8);
  private Path kubeconfig;
  private ClusterReader reader;
  private TestObjects objects;

  /** Returns the kubeconfig of the cluster to test against. */
  abstract Path kubeconfig(Path into) throws Exception;

  /** Is called when all is cleaned up. */
  void release() {}

  @BeforeEach
  final void prepare() throws Exception {
    kubeconfig = kubeconfig(folder);
    reader = new ClusterReader(kubeconfig);
    objects = new TestObjects(reader.client(), id);
    objects.kind(Path.of("../deploy/zonal-shift/zonalshift-crd.yaml"), SHIFTS);
    objects.namespace();
    objects.node(id + "-node", zone());
    objects.node(id + "-other", id + "-other");
  }

  @AfterEach
  final void remove() {
    client().genericKubernetesResources(SHIFTS).withName(id).delete();
    objects.close();
    reader.close();
    release();
  }

  final KubernetesClient client() {
    return reader.client();
  }

  final Path kubeconfig() {
    return kubeconfig;
  }

  final String id() {
    return id;
  }

  final String zone() {
    return id + "-zone";
  }

  final ShiftReplica replica() throws Exception {
    return ShiftReplica.inPod(kubeconfig, id);
  }

  /** Makes the shift, or gives the one that there is another time. */
  final void shift(Instant expireAt, String returnOver) {
    objects.clusterWide(
        SHIFTS,
        """
        apiVersion: topology-xds.io/v1alpha1
        kind: ZonalShift
        metadata: {name: %s}
        spec: {awayFrom: %s, expireAt: "%s", returnOver: %s}
        """
            .formatted(id, zone(), expireAt.truncatedTo(ChronoUnit.SECONDS), returnOver));
  }

  /** Writes this phase by hand, as nobody but the server should. */
  final void say(String phase) {
    var shifts = client().genericKubernetesResources(SHIFTS);
    GenericKubernetesResource shift = Objects.requireNonNull(shifts.withName(id).get());
    shift.setAdditionalProperty("status", Map.of("phase", phase));
    shifts.resource(shift).updateStatus();
  }

  final JsonNode object() {
    GenericKubernetesResource shift =
        Objects.requireNonNull(
            client().genericKubernetesResources(SHIFTS).withName(id).get(), "the shift");
    return JSON.valueToTree(shift);
  }

  /** Waits until it says that of this generation; returns its status. */
  final JsonNode await(String phase, int generation) {
    Wait.until(phase)
        .atMost(Duration.ofSeconds(40))
        .untilAsserted(() -> {
          JsonNode status = object().path("status");
          assertThat(status.path("phase").asString("")).isEqualTo(phase);
          assertThat(status.path("observedGeneration").asInt()).isEqualTo(generation);
        });
    return object().path("status");
  }

  final JsonNode condition(String type) {
    for (JsonNode condition : object().path("status").path("conditions")) {
      if (condition.path("type").asString("").equals(type)) {
        return condition;
      }
    }
    throw new AssertionError("no condition " + type);
  }

  private static Instant in(Duration time) {
    return Instant.now().plus(time);
  }

  @Test
  void itSaysWhatItComesToFromTheFirstMinuteToTheLast() throws Exception {
    shift(in(Duration.ofHours(80)), "3s");
    try (ShiftReplica replica = replica()) {
      await("Refused", 1);
      assertThat(condition("Accepted").path("status").asString()).isEqualTo("False");
      assertThat(condition("Accepted").path("reason").asString()).isEqualTo("ZONAL_SHIFT_REFUSED");
      assertThat(condition("Accepted").path("message").asString()).contains("more than 72 h");
      String refused = condition("Accepted").path("lastTransitionTime").asString();

      shift(in(Duration.ofHours(1)), "3s");
      await("Active", 2);
      assertThat(condition("Accepted").path("status").asString()).isEqualTo("True");
      assertThat(condition("Accepted").path("lastTransitionTime").asString())
          .isGreaterThanOrEqualTo(refused);
      assertThat(condition("TrafficShifted").path("status").asString()).isEqualTo("True");
      assertThat(replica.acting()).hasSize(1);

      shift(in(Duration.ofSeconds(5)), "5s");
      await("Returning", 3);
      assertThat(condition("TrafficShifted").path("status").asString()).isEqualTo("True");
      await("Expired", 3);
      assertThat(condition("TrafficShifted").path("status").asString()).isEqualTo("False");
      assertThat(condition("TrafficShifted").path("message").asString())
          .isEqualTo("has its share back");
      assertThat(object().path("metadata").path("generation").asInt())
          .as("a status is no change of the spec")
          .isEqualTo(3);
    }
  }

  @Test
  void whatExpiresWhileNobodyIsThereIsWrittenByWhoComesNext() throws Exception {
    Instant end = in(Duration.ofSeconds(6)).truncatedTo(ChronoUnit.SECONDS);
    shift(end, "0s");
    try (ShiftReplica replica = replica()) {
      await("Active", 1);
      assertThat(replica.acting()).hasSize(1);
    }
    Wait.until("its end").until(() -> Instant.now().isAfter(end.plusSeconds(1)));
    assertThat(object().path("status").path("phase").asString()).isEqualTo("Active");
    try (ShiftReplica replica = replica()) {
      await("Expired", 1);
      assertThat(replica.acting()).isEmpty();
    }
  }

  /** Whoever may write the spec cannot say that it acts, and whoever has said so is put right. */
  @Test
  void aStatusIsTheServersOwn() throws Exception {
    shift(in(Duration.ofHours(1)), "3s");
    try (ShiftReplica replica = replica()) {
      await("Active", 1);
      String before = object().path("status").toString();
      objects.clusterWide(
          SHIFTS,
          """
          apiVersion: topology-xds.io/v1alpha1
          kind: ZonalShift
          metadata: {name: %s}
          spec: {awayFrom: %s, expireAt: "%s", returnOver: 3s}
          status: {phase: Refused}
          """
              .formatted(id, zone(), object().path("spec").path("expireAt").asString()));
      assertThat(object().path("status")).hasToString(before);

      say("Expired");
      await("Active", 1);
      assertThat(condition("Accepted").path("status").asString()).isEqualTo("True");
      assertThat(replica.acting()).hasSize(1);
    }
  }
}
