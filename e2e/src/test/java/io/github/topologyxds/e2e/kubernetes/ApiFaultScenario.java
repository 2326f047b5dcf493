package io.github.topologyxds.e2e.kubernetes;

import io.github.topologyxds.demo.workspace.FreePorts;
import io.github.topologyxds.e2e.apiserver.ApiServer;
import io.github.topologyxds.e2e.apiserver.RecordedRequest;
import io.github.topologyxds.e2e.apiserver.ResourceKind;
import io.github.topologyxds.e2e.apiserver.Verb;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A world behind an API server that does what it is told to do, for each test a new one. */
abstract class ApiFaultScenario {
  static final List<String> KINDS =
      List.of("namespaces", "nodes", "services", "endpointslices", "servicecidrs", "zonalshifts");

  @TempDir private Path folder = Path.of("");
  final ApiServer api = ApiServer.start();
  final Shop shop;
  Path kubeconfig = Path.of("");
  private ClusterReader reader;

  ApiFaultScenario() throws Exception {
    shop = new Shop(api, FreePorts.next());
  }

  @BeforeEach
  void connect() throws Exception {
    kubeconfig = api.kubeconfig(folder);
    reader = new ClusterReader(api.kubeconfig(folder, "reader"));
  }

  @AfterEach
  void stop() {
    reader.close();
    shop.close();
    api.close();
  }

  final void awaitInSync(LiveBench bench) {
    bench.awaitInSync(reader, "shop"::equals);
  }

  /** A deletion, a new Service, a change: what must be noticed although it was not told. */
  final void changeEverything() {
    shop.endpoints(2, 3);
    shop.other("late", "10.9.9.9");
    api.delete(ResourceKind.SERVICES, "shop", "gone");
    api.delete(ResourceKind.ENDPOINT_SLICES, "shop", "gone-1");
  }

  final List<RecordedRequest> ours(Verb verb) {
    return api.requests().stream()
        .filter(request -> request.verb() == verb && request.user().equals("topology-xds"))
        .toList();
  }

  /** LISTs of whole collections; those of one object ask how far the server is. */
  final List<RecordedRequest> wholeLists() {
    return ours(Verb.LIST).stream().filter(r -> !isQuestion(r)).toList();
  }

  static boolean isQuestion(RecordedRequest request) {
    return (request.query() + "&").contains("limit=1&");
  }
}
