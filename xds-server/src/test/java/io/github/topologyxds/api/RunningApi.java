package io.github.topologyxds.api;

import static org.awaitility.Awaitility.await;

import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import io.envoyproxy.envoy.config.core.v3.Node;
import io.envoyproxy.envoy.service.discovery.v3.AggregatedDiscoveryServiceGrpc;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryRequest;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryResponse;
import io.github.topologyxds.api.server.ApiSettings;
import io.github.topologyxds.load.CountedLoad;
import io.github.topologyxds.load.LoadSink;
import io.github.topologyxds.load.ReportIntake;
import io.github.topologyxds.serve.ControlPlane;
import io.github.topologyxds.serve.ServeSettings;
import io.github.topologyxds.serve.SourceSettings;
import io.github.topologyxds.topology.settings.RoutingOptions;
import io.github.topologyxds.xds.resource.ResourceType;
import io.grpc.ManagedChannel;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A control plane over a folder of files, with the API's port, and clients of both its ports. */
public final class RunningApi implements AutoCloseable {
  private static final InetSocketAddress ANY_PORT =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

  private final Path folder;
  private final ControlPlane controlPlane;
  private final HttpClient http = HttpClient.newHttpClient();
  private final List<ManagedChannel> channels = new ArrayList<>();

  public RunningApi(Path folder, String manifests) throws Exception {
    this.folder = folder;
    put(manifests);
    this.controlPlane =
        ControlPlane.start(
            new ServeSettings(
                    new SourceSettings.Folder(folder), ANY_PORT, ANY_PORT, RoutingOptions.DEFAULT)
                .withApi(new ApiSettings(ANY_PORT, List.of())));
    await().until(() -> controlPlane.store().complete());
  }

  /** The files say this from now on. */
  void put(String manifests) throws IOException {
    Path next = Files.writeString(folder.resolve("next"), manifests);
    Files.move(
        next,
        folder.resolve("all.yaml"),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
  }

  /** Proxies have reported this. */
  void report(CountedLoad... loads) {
    LoadSink sink = (LoadSink) controlPlane.loads();
    sink.add(new ReportIntake.Taken(List.of(loads), Map.of())).toCompletableFuture().join();
  }

  public int port() {
    OptionalInt port = controlPlane.apiPort();
    return port.orElseThrow();
  }

  int adminPort() {
    return controlPlane.adminPort();
  }

  public URI uri(String path) {
    return URI.create("http://127.0.0.1:" + port() + path);
  }

  public HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return http.send(request.timeout(Duration.ofSeconds(10)).build(), BodyHandlers.ofString());
  }

  public HttpResponse<String> get(String path) throws Exception {
    return send(HttpRequest.newBuilder(uri(path)));
  }

  public JsonNode json(String path) throws Exception {
    return new JsonMapper().readTree(get(path).body());
  }

  /** Opens a delta stream that asks for all clusters; the answers are the caller's. */
  StreamObserver<DeltaDiscoveryRequest> connect(
      String id, String node, StreamObserver<DeltaDiscoveryResponse> answers) {
    ManagedChannel channel =
        NettyChannelBuilder.forAddress("127.0.0.1", controlPlane.xdsPort())
            .usePlaintext()
            .directExecutor()
            .build();
    channels.add(channel);
    StreamObserver<DeltaDiscoveryRequest> requests =
        AggregatedDiscoveryServiceGrpc.newStub(channel).deltaAggregatedResources(answers);
    requests.onNext(
        DeltaDiscoveryRequest.newBuilder()
            .setTypeUrl(ResourceType.CLUSTER.typeUrl())
            .setNode(
                Node.newBuilder()
                    .setId(id)
                    .setUserAgentName("envoy")
                    .setUserAgentVersion("1.40.0")
                    .setMetadata(
                        Struct.newBuilder()
                            .putFields("NODE_NAME", Value.newBuilder().setStringValue(node).build())
                            .putFields(
                                "NAMESPACE", Value.newBuilder().setStringValue("shop").build())))
            .build());
    return requests;
  }

  @Override
  public void close() {
    channels.forEach(ManagedChannel::shutdownNow);
    controlPlane.close();
    http.close();
  }
}
