package io.github.topologyxds.benchmarks;

import io.github.topologyxds.model.AddressType;
import io.github.topologyxds.model.Family;
import io.github.topologyxds.model.ObjectName;
import io.github.topologyxds.model.Protocol;
import io.github.topologyxds.slices.AllowedAddresses;
import io.github.topologyxds.slices.DesiredPort;
import io.github.topologyxds.slices.DesiredService;
import io.github.topologyxds.slices.PlannerSettings;
import io.github.topologyxds.slices.PlanningInput;
import io.github.topologyxds.slices.ServicePlan;
import io.github.topologyxds.slices.SlicePlanner;
import io.github.topologyxds.slices.TargetPort;
import io.github.topologyxds.slices.hints.HintWish;
import io.github.topologyxds.slices.observed.ExternalWorkload;
import io.github.topologyxds.slices.observed.NodeCapacity;
import io.github.topologyxds.slices.observed.ObservedSlice;
import io.github.topologyxds.slices.observed.WorkloadPort;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Plans one Service with 10,000 ExternalWorkloads in 3 zones: 100 slices. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(value = 1, jvmArgsAppend = "-Xmx1g")
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class SlicePlanBenchmark {
  private static final int ENDPOINTS = 10_000;
  private static final ObjectName NAME = new ObjectName("bench", "svc");

  private final SlicePlanner planner =
      new SlicePlanner(PlannerSettings.allowing(AllowedAddresses.ALL));

  @Param({"AUTO", "OWN_ZONE"})
  private HintWish hints = HintWish.AUTO;

  private PlanningInput nothingYet = input(List.of(), 0);
  private PlanningInput oneChange = nothingYet;

  /** Makes the slices that a first plan creates, and changes the zone of one workload. */
  @Setup
  public void prepare() {
    nothingYet = input(List.of(), 0);
    List<ObservedSlice> slices = new ArrayList<>();
    for (ServicePlan.Content content : planner.plan(nothingYet).create()) {
      ObjectName name = new ObjectName("bench", "svc-" + slices.size());
      slices.add(
          new ObservedSlice(
              new ObservedSlice.Identity(name, "uid", "1"),
              content.labels(),
              content.annotations(),
              new ObservedSlice.Owner("svc", "uid-svc"),
              AddressType.IPV4,
              content.ports(),
              content.endpoints()));
    }
    oneChange = input(slices, 1);
    ServicePlan plan = planner.plan(oneChange);
    System.out.printf(
        "one change: %d created, %d updated, %d deleted%n",
        plan.create().size(), plan.update().size(), plan.delete().size());
  }

  /** Everything is new. */
  @Benchmark
  public ServicePlan first() {
    return planner.plan(nothingYet);
  }

  /** One of 10,000 endpoints is not what it was. */
  @Benchmark
  public ServicePlan change() {
    return planner.plan(oneChange);
  }

  private PlanningInput input(List<ObservedSlice> slices, int moved) {
    List<ExternalWorkload> workloads = new ArrayList<>();
    for (int i = 0; i < ENDPOINTS; i++) {
      workloads.add(
          new ExternalWorkload(
              new ObjectName("bench", "vm-" + i),
              "uid-" + i,
              new TreeMap<>(Map.of("app", "svc")),
              List.of("10.0." + i / 250 + "." + (1 + i % 250)),
              List.of(new WorkloadPort("http", 8080, Protocol.TCP)),
              "zone-" + i % 3,
              i < moved ? "node-of-its-own" : "",
              "",
              true));
    }
    List<NodeCapacity> nodes = new ArrayList<>();
    for (int zone = 0; zone < 3; zone++) {
      nodes.add(new NodeCapacity("node-" + zone, "zone-" + zone, true, false, 4000L + 400L * zone));
    }
    DesiredService service =
        new DesiredService(
            NAME,
            "uid-svc",
            new TreeMap<>(Map.of("app", "svc")),
            List.of(new DesiredPort("http", Protocol.TCP, "", new TargetPort.Named("http"))),
            List.of(Family.IPV4),
            hints,
            Set.of());
    return new PlanningInput(
        service, workloads, null, slices, PlanningInput.Nodes.of(nodes), PlanningInput.Memory.NONE);
  }
}
