package io.github.topologyxds.grpc.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import io.envoyproxy.envoy.config.core.v3.Node;
import io.envoyproxy.envoy.service.discovery.v3.AggregatedDiscoveryServiceGrpc;
import io.envoyproxy.envoy.service.endpoint.v3.EndpointDiscoveryServiceGrpc;
import io.github.topologyxds.grpc.XdsServer;
import io.github.topologyxds.grpc.lrs.LoadReporting;
import io.github.topologyxds.load.LoadReports;
import io.github.topologyxds.pipeline.TranslationPipeline;
import io.github.topologyxds.resources.ResourceStore;
import io.github.topologyxds.session.DeliveryMetrics;
import io.github.topologyxds.session.status.ConnectedClient;
import io.github.topologyxds.state.ModelObject;
import io.github.topologyxds.state.ObjectChange;
import io.github.topologyxds.state.StateChange;
import io.github.topologyxds.topology.settings.RoutingOptions;
import io.github.topologyxds.xds.Translator;
import io.github.topologyxds.xds.resource.XdsProtocol;
import io.grpc.Channel;
import io.grpc.ClientInterceptors;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.MetadataUtils;
import io.netty.handler.ssl.SslContext;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The server from the pipeline to the port, connections to it, and the log of both. */
public final class ServerUnderTest implements AutoCloseable {
  private final DeliveryMetrics metrics = new DeliveryMetrics();
  private final LogLines log = new LogLines();
  private final ResourceStore store = new ResourceStore("cluster.local");
  private final LoadReports loads = new LoadReports(System::nanoTime);
  private final XdsServer server;
  private final TranslationPipeline pipeline;
  private final List<ManagedChannel> channels = new ArrayList<>();
  private int streams;

  private ServerUnderTest(XdsLimits limits, @Nullable SslContext ssl) throws IOException {
    this(new XdsServer.Port(anyPort(), limits, ssl), LoadReporting.DEFAULT_INTERVAL);
  }

  private ServerUnderTest(XdsServer.Port port, Duration reportInterval) throws IOException {
    server = new XdsServer(port, store, metrics, new LoadReporting(reportInterval, loads));
    pipeline =
        new TranslationPipeline(new Translator(RoutingOptions.DEFAULT), store, server::publish);
  }

  /** A server that does not know the cluster yet. */
  static ServerUnderTest incomplete() throws IOException {
    return new ServerUnderTest(XdsLimits.DEFAULT, null);
  }

  static ServerUnderTest with(ModelObject... objects) throws IOException {
    return with(XdsLimits.DEFAULT, objects);
  }

  static ServerUnderTest with(XdsLimits limits, ModelObject... objects) throws IOException {
    ServerUnderTest started = new ServerUnderTest(limits, null);
    started.complete(objects);
    return started;
  }

  private static InetSocketAddress anyPort() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
  }

  /** A server whose clients must prove who they are. */
  static ServerUnderTest asking(
      @Nullable SslContext ssl, Authentication.Parts who, ModelObject... objects)
      throws IOException {
    return asking(new XdsServer.Port(anyPort(), XdsLimits.DEFAULT, ssl, Optional.of(who)), objects);
  }

  /** Likewise, each of whom may take only so much. */
  static ServerUnderTest askingWithin(
      XdsLimits limits, Authentication.Parts who, ModelObject... objects) throws IOException {
    return asking(new XdsServer.Port(anyPort(), limits, null, Optional.of(who)), objects);
  }

  private static ServerUnderTest asking(XdsServer.Port port, ModelObject... objects)
      throws IOException {
    ServerUnderTest started = new ServerUnderTest(port, LoadReporting.DEFAULT_INTERVAL);
    started.complete(objects);
    return started;
  }

  static ServerUnderTest with(SslContext ssl, ModelObject... objects) throws IOException {
    ServerUnderTest started = new ServerUnderTest(XdsLimits.DEFAULT, ssl);
    started.complete(objects);
    return started;
  }

  /** One whose clients are to report their load this often. */
  static ServerUnderTest reportingEvery(Duration interval, ModelObject... objects)
      throws IOException {
    ServerUnderTest started =
        new ServerUnderTest(new XdsServer.Port(anyPort(), XdsLimits.DEFAULT, null), interval);
    started.complete(objects);
    return started;
  }

  public InetSocketAddress address() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port());
  }

  /** A stream on a connection of the test's own. */
  static DeltaStream delta(Channel channel) {
    return new DeltaStream(
        channel, AggregatedDiscoveryServiceGrpc.getDeltaAggregatedResourcesMethod(), on("node-a"));
  }

  void complete(ModelObject... objects) {
    pipeline.accept(new StateChange.Everything(List.of(objects), List.of()));
    await().until(store::complete);
  }

  public void put(ModelObject... objects) {
    change(Stream.of(objects).map(ObjectChange.Put::new).toList());
  }

  void delete(ModelObject... objects) {
    change(Stream.of(objects).map(object -> new ObjectChange.Delete(object.key())).toList());
  }

  private void change(List<? extends ObjectChange> changes) {
    pipeline.accept(new StateChange.Difference(List.copyOf(changes), List.of()));
  }

  /** An aggregated stream; without a node when it is null. */
  RawStream open(XdsProtocol variant, @Nullable Node node) {
    return open(variant, node, channel());
  }

  /** An aggregated stream whose call has these headers. */
  RawStream open(XdsProtocol variant, Node node, Metadata headers) {
    return open(
        variant,
        node,
        ClientInterceptors.intercept(
            channel(), MetadataUtils.newAttachHeadersInterceptor(headers)));
  }

  /** Likewise, on a connection of its own. */
  RawStream openAlone(XdsProtocol variant, Node node, Metadata headers) {
    streams = 0;
    return open(variant, node, headers);
  }

  private static RawStream open(XdsProtocol variant, @Nullable Node node, Channel channel) {
    return switch (variant) {
      case STATE_OF_THE_WORLD ->
          new SotwStream(
              channel, AggregatedDiscoveryServiceGrpc.getStreamAggregatedResourcesMethod(), node);
      case DELTA ->
          new DeltaStream(
              channel, AggregatedDiscoveryServiceGrpc.getDeltaAggregatedResourcesMethod(), node);
    };
  }

  /** A stream of endpoints alone, whose call has these headers. */
  static RawStream endpoints(Channel channel, XdsProtocol variant, Node node, Metadata headers) {
    Channel with =
        ClientInterceptors.intercept(channel, MetadataUtils.newAttachHeadersInterceptor(headers));
    return switch (variant) {
      case STATE_OF_THE_WORLD ->
          new SotwStream(with, EndpointDiscoveryServiceGrpc.getStreamEndpointsMethod(), node);
      case DELTA ->
          new DeltaStream(with, EndpointDiscoveryServiceGrpc.getDeltaEndpointsMethod(), node);
    };
  }

  DeltaStream openDelta(@Nullable Node node) {
    return new DeltaStream(
        channel(), AggregatedDiscoveryServiceGrpc.getDeltaAggregatedResourcesMethod(), node);
  }

  /** A client on a Node of the cluster. */
  static Node on(String nodeName) {
    return client("NODE_NAME", nodeName);
  }

  /** A client that says this of itself, and nothing else. */
  static Node client(String key, String value) {
    return Node.newBuilder()
        .setId("test-client")
        .setMetadata(
            Struct.newBuilder().putFields(key, Value.newBuilder().setStringValue(value).build()))
        .build();
  }

  /** A connection with room for one more stream. */
  ManagedChannel channel() {
    if (streams++ % ConnectionStreams.BEFORE_NODE == 0) {
      // What came first is seen first, on whichever of its streams.
      channels.add(
          NettyChannelBuilder.forAddress(address()).usePlaintext().directExecutor().build());
    }
    return channels.getLast();
  }

  /** Takes no more connections and closes the streams, within this time. */
  void drain(Duration longest) {
    server.drain(longest);
  }

  /** Who is connected now. */
  List<ConnectedClient> clients() {
    return server.clients().all().join();
  }

  public DeliveryMetrics metrics() {
    return metrics;
  }

  LoadReports loads() {
    return loads;
  }

  public LogLines log() {
    return log;
  }

  /** Stops everything; nothing of what the test did may have left a stack trace in the log. */
  @Override
  public void close() {
    channels.forEach(ManagedChannel::shutdownNow);
    await().untilAsserted(() -> assertThat(metrics.streams()).isZero());
    server.close();
    loads.close();
    pipeline.close();
    log.close();
    assertThat(log.alarming()).isEmpty();
  }
}
