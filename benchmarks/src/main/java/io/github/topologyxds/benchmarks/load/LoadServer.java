package io.github.topologyxds.benchmarks.load;

import io.github.topologyxds.api.Observed;
import io.github.topologyxds.api.ServerStatus;
import io.github.topologyxds.api.server.ApiServer;
import io.github.topologyxds.api.server.ApiSettings;
import io.github.topologyxds.api.server.Revisions;
import io.github.topologyxds.benchmarks.SyntheticCluster;
import io.github.topologyxds.benchmarks.load.measured.FullCollections;
import io.github.topologyxds.explain.LiveCluster;
import io.github.topologyxds.grpc.XdsServer;
import io.github.topologyxds.grpc.lrs.LoadReporting;
import io.github.topologyxds.load.LoadReports;
import io.github.topologyxds.model.EndpointModel;
import io.github.topologyxds.model.SliceModel;
import io.github.topologyxds.pipeline.TranslationPipeline;
import io.github.topologyxds.resources.ResourceStore;
import io.github.topologyxds.session.DeliveryMetrics;
import io.github.topologyxds.state.ModelObject;
import io.github.topologyxds.state.ObjectChange;
import io.github.topologyxds.state.StateChange;
import io.github.topologyxds.topology.settings.Balance;
import io.github.topologyxds.topology.settings.Failover;
import io.github.topologyxds.topology.settings.OverloadThreshold;
import io.github.topologyxds.topology.settings.RoutingOptions;
import io.github.topologyxds.topology.settings.TrafficPolicy;
import io.github.topologyxds.xds.Translator;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The server under load: the product's pipeline and server, without a source. Standard input says
 * what changes ({@code set SERVICE ADDRESS}, {@code add SERVICE}); {@code gc} asks for the
 * collections so far, {@code heap} for the bytes that live after one, {@code reports} for how many
 * load reports came, {@code requests} for what they add up to, {@code api} for the API's port.
 */
final class LoadServer {
  private static final int ZONES = 3;

  private final SyntheticCluster cluster = new SyntheticCluster(ZONES);
  private final int endpoints;
  private final TranslationPipeline pipeline;
  private final LoadReports reports;
  private final int apiPort;
  private final FullCollections collections = new FullCollections();

  private LoadServer(
      int endpoints, TranslationPipeline pipeline, LoadReports reports, int apiPort) {
    this.apiPort = apiPort;
    this.endpoints = endpoints;
    this.reports = reports;
    this.pipeline = pipeline;
  }

  /**
   * Arguments: services, endpoints, the {@link HostileNeighbour}'s in their order, and the balance
   * of all Services.
   */
  public static void main(String[] args) throws IOException, InterruptedException {
    ResourceStore store = new ResourceStore("cluster.local");
    InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    try (LoadReports reports = new LoadReports(System::nanoTime);
        XdsServer server =
            new XdsServer(
                new XdsServer.Port(any),
                store,
                new DeliveryMetrics(),
                new LoadReporting(LoadReporting.DEFAULT_INTERVAL, reports));
        TranslationPipeline pipeline =
            new TranslationPipeline(new Translator(options(args[5])), store, server::publish);
        ApiServer api = api(any, observed(store, pipeline, server, reports))) {
      LoadServer load = new LoadServer(Integer.parseInt(args[1]), pipeline, reports, api.port());
      HostileNeighbour neighbour =
          new HostileNeighbour(
              Integer.parseInt(args[2]), Integer.parseInt(args[3]), Integer.parseInt(args[4]));
      load.fill(Integer.parseInt(args[0]), neighbour);
      while (!store.complete()) {
        TimeUnit.MILLISECONDS.sleep(1);
      }
      neighbour.begin(pipeline, store);
      System.out.println("port " + server.port());
      load.obey();
    }
  }

  private static RoutingOptions options(String balance) {
    return RoutingOptions.DEFAULT.with(
        TrafficPolicy.ofServer(
            Failover.ANYWHERE, Balance.parse(balance).orElseThrow(), OverloadThreshold.DEFAULT));
  }

  private static ApiServer api(InetSocketAddress address, Observed observed) throws IOException {
    return new ApiServer(new ApiSettings(address, List.of()), observed, new Revisions());
  }

  private static Observed observed(
      ResourceStore store, TranslationPipeline pipeline, XdsServer server, LoadReports reports) {
    return new Observed(
        new LiveCluster(pipeline.served(), store.findings()),
        RoutingOptions.DEFAULT,
        store.findings()::current,
        server.clients(),
        reports,
        store::originOf,
        store.onDemand()::called,
        List::of,
        () -> new ServerStatus(store.complete(), List.of(), Duration.ZERO, false));
  }

  private void fill(int services, HostileNeighbour neighbour) {
    List<ModelObject> all = new ArrayList<>(cluster.nodes());
    for (int i = 0; i < services; i++) {
      all.add(cluster.service(i));
      all.addAll(cluster.slices(i, endpoints, 1));
    }
    neighbour.objects().forEach(all::add);
    pipeline.accept(new StateChange.Everything(all, List.of()));
  }

  /** Until the other end of the pipe is gone. */
  private void obey() throws IOException {
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      String[] words = line.split(" ", -1);
      switch (words[0]) {
        case "set" -> set(Integer.parseInt(words[1]), words[2]);
        case "add" -> add(Integer.parseInt(words[1]));
        case "api" -> System.out.println("api " + apiPort);
        case "heap" -> System.out.println("heap " + liveHeap());
        case "reports" -> System.out.println("reports " + reports.reports());
        case "requests" -> System.out.println("requests " + reports.all(60).total().requests());
        default -> System.out.println(collections.line());
      }
    }
  }

  private static long liveHeap() {
    System.gc();
    Runtime jvm = Runtime.getRuntime();
    return jvm.totalMemory() - jvm.freeMemory();
  }

  private void add(int service) {
    List<ObjectChange> changes = new ArrayList<>();
    changes.add(new ObjectChange.Put(cluster.service(service)));
    cluster
        .slices(service, endpoints, 1)
        .forEach(slice -> changes.add(new ObjectChange.Put(slice)));
    pipeline.accept(new StateChange.Difference(changes, List.of()));
  }

  private void set(int service, String address) {
    List<ModelObject> slices = cluster.slices(service, endpoints, 1);
    if (slices.getFirst() instanceof ModelObject.OfSlice first) {
      pipeline.accept(
          new StateChange.Difference(
              List.of(new ObjectChange.Put(new ModelObject.OfSlice(with(first.model(), address)))),
              List.of()));
    }
  }

  private static SliceModel with(SliceModel slice, String address) {
    List<EndpointModel> changed = new ArrayList<>(slice.endpoints());
    EndpointModel first = changed.getFirst();
    changed.set(
        0,
        new EndpointModel(
            address,
            first.nodeName(),
            first.zone(),
            first.hostname(),
            first.targetUid(),
            first.hints(),
            first.readiness()));
    return new SliceModel(
        slice.name(), slice.service(), slice.addressType(), false, slice.ports(), changed);
  }
}
