package io.github.topologyxds.e2e.protocol;

import static org.awaitility.Awaitility.await;

import io.github.topologyxds.demo.backend.BackendSpec;
import io.github.topologyxds.grpc.XdsServer;
import io.github.topologyxds.grpc.connection.XdsLimits;
import io.github.topologyxds.model.AddressType;
import io.github.topologyxds.model.EndpointModel;
import io.github.topologyxds.model.Hints;
import io.github.topologyxds.model.NodeModel;
import io.github.topologyxds.model.ObjectName;
import io.github.topologyxds.model.Protocol;
import io.github.topologyxds.model.Readiness;
import io.github.topologyxds.model.ServiceModel;
import io.github.topologyxds.model.ServicePort;
import io.github.topologyxds.model.ServiceTopology;
import io.github.topologyxds.model.ServiceType;
import io.github.topologyxds.model.SliceModel;
import io.github.topologyxds.model.SlicePort;
import io.github.topologyxds.model.TrafficDistribution;
import io.github.topologyxds.pipeline.TranslationPipeline;
import io.github.topologyxds.resources.ResourceStore;
import io.github.topologyxds.session.DeliveryMetrics;
import io.github.topologyxds.state.ModelObject;
import io.github.topologyxds.state.ObjectChange;
import io.github.topologyxds.state.StateChange;
import io.github.topologyxds.topology.settings.RoutingOptions;
import io.github.topologyxds.xds.Translator;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * The server without a source, so that thousands of changes go out one by one, each at once: the
 * Service shop/web, for clients on node-a in zone-a.
 */
final class DrivenServer implements AutoCloseable {
  static final String CLUSTER = "shop/web:http";

  private static final ObjectName WEB = new ObjectName("shop", "web");

  private final DeliveryMetrics metrics = new DeliveryMetrics();
  private final ResourceStore store = new ResourceStore("cluster.local");
  private final XdsServer server;
  private final TranslationPipeline pipeline;

  DrivenServer(BackendSpec... backends) throws IOException {
    InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    XdsLimits limits = XdsLimits.DEFAULT.withPushInterval(Duration.ZERO);
    server = new XdsServer(new XdsServer.Port(any, limits, null), store, metrics);
    pipeline =
        new TranslationPipeline(new Translator(RoutingOptions.DEFAULT), store, server::publish);
    ModelObject service =
        new ModelObject.OfService(
            new ServiceModel(
                WEB,
                ServiceType.CLUSTER_IP,
                List.of(),
                List.of(),
                List.of(new ServicePort("http", 80, Protocol.TCP, "")),
                new ServiceTopology(TrafficDistribution.PREFER_SAME_ZONE, false, false, "", ""),
                false,
                ServiceModel.AGE_UNKNOWN));
    ModelObject node = new ModelObject.OfNode(new NodeModel("node-a", "zone-a", ""));
    pipeline.accept(new StateChange.Everything(List.of(node, service, slice(backends)), List.of()));
    await().until(store::complete);
  }

  int port() {
    return server.port();
  }

  int streams() {
    return metrics.streams();
  }

  /** From now on these are the ready endpoints. */
  void endpoints(BackendSpec... backends) {
    pipeline.accept(
        new StateChange.Difference(List.of(new ObjectChange.Put(slice(backends))), List.of()));
  }

  private static ModelObject slice(BackendSpec... backends) {
    return new ModelObject.OfSlice(
        new SliceModel(
            new ObjectName("shop", "web-1"),
            WEB,
            AddressType.IPV4,
            false,
            List.of(new SlicePort("http", backends[0].port(), Protocol.TCP)),
            Stream.of(backends).map(DrivenServer::endpoint).toList()));
  }

  private static EndpointModel endpoint(BackendSpec backend) {
    return new EndpointModel(
        backend.address(), "", backend.zone(), "", "", Hints.NONE, Readiness.READY);
  }

  @Override
  public void close() {
    server.close();
    pipeline.close();
  }
}
