package io.github.topologyxds.benchmarks;

import io.github.topologyxds.model.ClientView;
import io.github.topologyxds.model.ServiceState;
import io.github.topologyxds.state.ClusterStateStore;
import io.github.topologyxds.state.ModelObject;
import io.github.topologyxds.state.StateChange;
import io.github.topologyxds.topology.settings.RoutingOptions;
import io.github.topologyxds.xds.PortTranslation;
import io.github.topologyxds.xds.Translator;
import io.github.topologyxds.xds.resource.ResourceType;
import io.github.topologyxds.xds.resource.XdsResource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/** 1,000 endpoints of one Service, translated and serialised for 30 client views, one thread. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class TranslateBenchmark {
  private static final int VIEWS = 30;

  private final Translator translator = new Translator(RoutingOptions.DEFAULT);
  private final List<ClientView> views = new ArrayList<>();
  private List<ServiceState> service = List.of();

  /** Builds the Service in 30 zones. */
  @Setup
  public void prepare() {
    SyntheticCluster cluster = new SyntheticCluster(VIEWS);
    List<ModelObject> objects = new ArrayList<>(cluster.nodes());
    objects.add(cluster.service(1));
    objects.addAll(cluster.slices(1, 1000, 1));
    ClusterStateStore store = new ClusterStateStore();
    store.apply(new StateChange.Everything(objects, List.of()));
    service = store.service(SyntheticCluster.name(1)).stream().toList();
    for (int zone = 0; zone < VIEWS; zone++) {
      views.add(new ClientView("", "zone-" + zone, null));
    }
  }

  /** From the slices to the bytes of 30 load assignments. */
  @Benchmark
  public void translateForThirtyViews(Blackhole blackhole) {
    for (PortTranslation port : translator.translate(service.getFirst()).ports()) {
      for (ClientView view : views) {
        blackhole.consume(
            XdsResource.of(
                ResourceType.ENDPOINT, port.cluster().name(), port.assign(view).message()));
      }
    }
  }
}
