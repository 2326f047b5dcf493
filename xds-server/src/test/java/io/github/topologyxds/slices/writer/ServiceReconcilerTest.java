package io.github.topologyxds.slices.writer;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.topologyxds.kubernetes.WriteApi.Method;
import io.github.topologyxds.kubernetes.WriteApi.Reply;
import io.github.topologyxds.kubernetes.WriteApi.Request;
import io.github.topologyxds.model.Family;
import io.github.topologyxds.model.ObjectName;
import io.github.topologyxds.model.Protocol;
import io.github.topologyxds.slices.AllowedAddresses;
import io.github.topologyxds.slices.DesiredPort;
import io.github.topologyxds.slices.DesiredService;
import io.github.topologyxds.slices.PlannerSettings;
import io.github.topologyxds.slices.TargetPort;
import io.github.topologyxds.slices.hints.HintWish;
import io.github.topologyxds.slices.lease.Epoch;
import io.github.topologyxds.slices.lease.FakeLeases;
import io.github.topologyxds.slices.lease.Fence;
import io.github.topologyxds.slices.lease.LeaseName;
import io.github.topologyxds.slices.observed.ExternalWorkload;
import io.github.topologyxds.state.StateChange;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.ObjectNode;

class ServiceReconcilerTest {
  private static final long SECOND = Duration.ofSeconds(1).toNanos();
  private static final Epoch EPOCH = new Epoch("lease-1", 1);

  private long now;
  private final List<Method> sent = new ArrayList<>();
  private final PlanningWorld world =
      new PlanningWorld(PlannerSettings.allowing(AllowedAddresses.ALL));
  private final Fence fence = new Fence(() -> now);
  private final ServiceReconciler reconciler =
      new ServiceReconciler(
          new ServiceReconciler.Surroundings(
              new WriterSettings(
                  PlannerSettings.allowing(AllowedAddresses.ALL),
                  new LeaseName("topology-xds", "topology-xds")),
              world,
              this::answer,
              fence,
              new WriterMetrics(),
              new WriterTroubles()),
          new EventRecorder(event -> {}, new WriterMetrics()));

  /** Takes every slice, and has none: somebody deletes each at once. */
  private Reply answer(Request request) {
    sent.add(request.method());
    if (request.method() != Method.POST) {
      return new Reply(404, MissingNode.getInstance(), Duration.ZERO, "has none");
    }
    ObjectNode slice = (ObjectNode) FakeLeases.JSON.readTree(request.body());
    slice.withObject("metadata").put("name", "cart-1").put("resourceVersion", "7");
    return new Reply(201, slice, Duration.ZERO, "");
  }

  private static PlanningObject cart() {
    return new PlanningObject.OfService(
        new DesiredService(
            new ObjectName("shop", "cart"),
            "uid-1",
            new TreeMap<>(Map.of("app", "cart")),
            List.of(new DesiredPort("http", Protocol.TCP, "", new TargetPort.Numbered(8080))),
            List.of(Family.IPV4),
            HintWish.NONE,
            Set.of()));
  }

  private static PlanningObject workload() {
    return new PlanningObject.OfWorkload(
        new ExternalWorkload(
            new ObjectName("shop", "vm-1"),
            "uid-2",
            new TreeMap<>(Map.of("app", "cart")),
            List.of("10.0.0.1"),
            List.of(),
            "zone-a",
            "",
            "",
            true));
  }

  private void lead() throws InterruptedException {
    fence.renewed(EPOCH, now);
    while (reconciler.isDue()) {
      reconciler.next(EPOCH);
    }
  }

  /** The API server's watch may leave out what came and went between two of its answers. */
  @Test
  void aSliceThatIsDeletedBeforeTheWatchToldOfItIsMissed() throws Exception {
    world.apply(new StateChange.Everything(List.of(cart(), workload()), List.of()));
    reconciler.begin();
    lead();
    assertThat(sent).containsExactly(Method.POST);

    now += 9 * SECOND;
    lead();
    assertThat(sent).as("the watch still has time").containsExactly(Method.POST);

    now += SECOND;
    lead();
    assertThat(sent).containsExactly(Method.POST, Method.GET, Method.POST);
  }
}
