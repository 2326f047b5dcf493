package io.github.topologyxds.e2e.gateways;

import com.google.protobuf.Any;
import com.google.protobuf.TypeRegistry;
import com.google.protobuf.util.JsonFormat;
import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import io.envoyproxy.envoy.config.endpoint.v3.ClusterLoadAssignment;
import io.envoyproxy.envoy.config.listener.v3.Listener;
import io.envoyproxy.envoy.config.route.v3.RouteConfiguration;
import io.envoyproxy.envoy.extensions.access_loggers.file.v3.FileAccessLog;
import io.envoyproxy.envoy.extensions.compression.gzip.compressor.v3.Gzip;
import io.envoyproxy.envoy.extensions.filters.http.compressor.v3.Compressor;
import io.envoyproxy.envoy.extensions.filters.http.cors.v3.Cors;
import io.envoyproxy.envoy.extensions.filters.http.grpc_stats.v3.FilterConfig;
import io.envoyproxy.envoy.extensions.filters.http.grpc_web.v3.GrpcWeb;
import io.envoyproxy.envoy.extensions.filters.http.local_ratelimit.v3.LocalRateLimit;
import io.envoyproxy.envoy.extensions.filters.http.lua.v3.Lua;
import io.envoyproxy.envoy.extensions.filters.http.rbac.v3.RBAC;
import io.envoyproxy.envoy.extensions.filters.http.router.v3.Router;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager;
import io.envoyproxy.envoy.extensions.upstreams.http.v3.HttpProtocolOptions;
import io.envoyproxy.envoy.service.cluster.v3.ClusterDiscoveryServiceGrpc;
import io.envoyproxy.envoy.service.discovery.v3.DiscoveryRequest;
import io.envoyproxy.envoy.service.discovery.v3.DiscoveryResponse;
import io.envoyproxy.envoy.service.endpoint.v3.EndpointDiscoveryServiceGrpc;
import io.envoyproxy.envoy.service.listener.v3.ListenerDiscoveryServiceGrpc;
import io.envoyproxy.envoy.service.route.v3.RouteDiscoveryServiceGrpc;
import io.envoyproxy.envoy.service.runtime.v3.Runtime;
import io.envoyproxy.envoy.service.runtime.v3.RuntimeDiscoveryServiceGrpc;
import io.grpc.MethodDescriptor;
import io.grpc.Server;
import io.grpc.ServerServiceDefinition;
import io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import io.netty.handler.ssl.ClientAuth;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.JsonNode;

/**
 * Contour's xDS port, which serves what Contour has made: each type by streams of its own, in
 * state-of-the-world, to clients with a certificate. Nothing of it changes.
 */
final class RecordedContour implements AutoCloseable {
  private static final JsonFormat.Parser JSON =
      JsonFormat.parser()
          .usingTypeRegistry(
              TypeRegistry.newBuilder()
                  .add(
                      List.of(
                          Cluster.getDescriptor(),
                          ClusterLoadAssignment.getDescriptor(),
                          Compressor.getDescriptor(),
                          Cors.getDescriptor(),
                          FileAccessLog.getDescriptor(),
                          FilterConfig.getDescriptor(),
                          GrpcWeb.getDescriptor(),
                          Gzip.getDescriptor(),
                          HttpConnectionManager.getDescriptor(),
                          HttpProtocolOptions.getDescriptor(),
                          Listener.getDescriptor(),
                          LocalRateLimit.getDescriptor(),
                          Lua.getDescriptor(),
                          RBAC.getDescriptor(),
                          RouteConfiguration.getDescriptor(),
                          Router.getDescriptor(),
                          Runtime.getDescriptor()))
                  .build());

  private final Set<String> endpointsAskedFor = ConcurrentHashMap.newKeySet();
  private final Server server;

  private record Recorded(String name, Any resource) {}

  /**
   * Starts to listen.
   *
   * @param made what Contour has made, a list for each type
   * @param certificates a folder with {@code tls.crt} and {@code tls.key}, its own, and {@code
   *     ca.crt}, whose certificates clients have
   */
  RecordedContour(JsonNode made, Path certificates) throws IOException {
    server =
        NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
            .sslContext(
                GrpcSslContexts.forServer(
                        certificates.resolve("tls.crt").toFile(),
                        certificates.resolve("tls.key").toFile())
                    .trustManager(certificates.resolve("ca.crt").toFile())
                    .clientAuth(ClientAuth.REQUIRE)
                    .build())
            .addService(
                service(ListenerDiscoveryServiceGrpc.getStreamListenersMethod(), made, "listeners"))
            .addService(
                service(ClusterDiscoveryServiceGrpc.getStreamClustersMethod(), made, "clusters"))
            .addService(service(RouteDiscoveryServiceGrpc.getStreamRoutesMethod(), made, "routes"))
            .addService(
                service(EndpointDiscoveryServiceGrpc.getStreamEndpointsMethod(), made, "endpoints"))
            .addService(
                service(RuntimeDiscoveryServiceGrpc.getStreamRuntimeMethod(), made, "runtimes"))
            .build()
            .start();
  }

  int port() {
    return server.getPort();
  }

  /** Returns the names of all load assignments that it was asked for. */
  Set<String> endpointsAskedFor() {
    return Set.copyOf(endpointsAskedFor);
  }

  @Override
  public void close() {
    server.shutdownNow();
  }

  private ServerServiceDefinition service(
      MethodDescriptor<DiscoveryRequest, DiscoveryResponse> method, JsonNode made, String type)
      throws IOException {
    List<Recorded> resources = new ArrayList<>();
    for (JsonNode resource : made.path(type)) {
      Any.Builder any = Any.newBuilder();
      JSON.merge(resource.toString(), any);
      String name = resource.path(type.equals("endpoints") ? "clusterName" : "name").asString();
      resources.add(new Recorded(name, any.build()));
    }
    return ServerServiceDefinition.builder(method.getServiceName())
        .addMethod(
            method,
            ServerCalls.asyncBidiStreamingCall(envoy -> new Requests(type, resources, envoy)))
        .build();
  }

  /** Answers the first request of a stream; those that follow accept it. */
  private final class Requests implements StreamObserver<DiscoveryRequest> {
    private final String type;
    private final List<Recorded> resources;
    private final StreamObserver<DiscoveryResponse> envoy;

    Requests(String type, List<Recorded> resources, StreamObserver<DiscoveryResponse> envoy) {
      this.type = type;
      this.resources = resources;
      this.envoy = envoy;
    }

    @Override
    public void onNext(DiscoveryRequest request) {
      List<String> names = request.getResourceNamesList();
      if (type.equals("endpoints")) {
        endpointsAskedFor.addAll(names);
      }
      if (request.getResponseNonce().isEmpty()) {
        DiscoveryResponse.Builder response =
            DiscoveryResponse.newBuilder()
                .setTypeUrl(request.getTypeUrl())
                .setVersionInfo("1")
                .setNonce("1");
        resources.stream()
            .filter(resource -> names.isEmpty() || names.contains(resource.name()))
            .forEach(resource -> response.addResources(resource.resource()));
        envoy.onNext(response.build());
      }
    }

    @Override
    public void onError(Throwable gone) {}

    @Override
    public void onCompleted() {
      envoy.onCompleted();
    }
  }
}
