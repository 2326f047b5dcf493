package io.github.topologyxds.slices;

import io.github.topologyxds.model.Family;
import io.github.topologyxds.model.ObjectName;
import io.github.topologyxds.model.Protocol;
import io.github.topologyxds.slices.hints.HintWish;
import io.github.topologyxds.slices.observed.ExternalWorkload;
import io.github.topologyxds.slices.observed.NodeCapacity;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** A plain Service in two equal zones, for examples. */
final class ExampleService {
  private ExampleService() {}

  static DesiredService asking(HintWish hints) {
    return new DesiredService(
        new ObjectName("shop", "cart"),
        "uid-1",
        new TreeMap<>(Map.of("app", "cart")),
        List.of(new DesiredPort("http", Protocol.TCP, "", new TargetPort.Numbered(8080))),
        List.of(Family.IPV4),
        hints,
        Set.of());
  }

  static PlanningInput input(HintWish hints, List<String> zones) {
    List<NodeCapacity> nodes =
        List.of(
            new NodeCapacity("a1", "a", true, false, 4000),
            new NodeCapacity("b1", "b", true, false, 4000));
    return new PlanningInput(
        asking(hints),
        workloads(zones),
        null,
        List.of(),
        PlanningInput.Nodes.of(nodes),
        PlanningInput.Memory.NONE);
  }

  /** One workload for each zone; the address tells its number. */
  static List<ExternalWorkload> workloads(List<String> zones) {
    List<ExternalWorkload> workloads = new ArrayList<>();
    for (String zone : zones) {
      workloads.add(workload(workloads.size() + 1, zone));
    }
    return workloads;
  }

  static ExternalWorkload workload(int number, String zone) {
    return new ExternalWorkload(
        new ObjectName("shop", "vm-" + number),
        "uid-" + number,
        new TreeMap<>(Map.of("app", "cart")),
        List.of("10.0.0." + (100 + number)),
        List.of(),
        zone,
        "",
        "",
        true);
  }

  static PlanningInput with(PlanningInput input, List<ExternalWorkload> workloads) {
    return new PlanningInput(
        input.service(),
        workloads,
        input.endpoints(),
        input.slices(),
        input.nodes(),
        input.memory());
  }

  static PlanningInput held(PlanningInput input) {
    return input.holding(Set.of(Family.IPV4));
  }
}
