package io.github.topologyxds.grpc.library;

import com.google.protobuf.Any;
import com.google.protobuf.Message;
import io.envoyproxy.controlplane.cache.Resources.ApiVersion;
import io.envoyproxy.controlplane.server.V3DiscoveryServer;
import io.envoyproxy.controlplane.server.serializer.ProtoResourcesSerializer;
import io.grpc.BindableService;
import io.grpc.ServerInterceptors;
import io.grpc.ServerServiceDefinition;
import java.util.List;
import java.util.stream.Stream;

/**
 * The discovery services of a single resource type (CDS, EDS, LDS, RDS), which java-control-plane
 * carries.
 */
public final class SingleTypeServices {
  private SingleTypeServices() {}

  /**
   * Returns the services, each stream of which the interceptor brings to the loop of its
   * connection.
   */
  public static List<ServerServiceDefinition> definitions(StreamInterceptor interceptor) {
    V3DiscoveryServer library =
        new V3DiscoveryServer(
            List.of(),
            new SinkWatcher(),
            () -> LibraryStream.current().loop()::execute,
            new AlreadySerialized());
    return Stream.<BindableService>of(
            library.getClusterDiscoveryServiceImpl(),
            library.getEndpointDiscoveryServiceImpl(),
            library.getListenerDiscoveryServiceImpl(),
            library.getRouteDiscoveryServiceImpl())
        .map(BindableService::bindService)
        .map(UndecodableRequests::letThrough)
        .map(service -> ServerInterceptors.intercept(service, interceptor))
        .toList();
  }

  /** Our resources come as {@code Any}, serialised once for all streams. */
  private static final class AlreadySerialized implements ProtoResourcesSerializer {
    @Override
    public Any serialize(Message resource, ApiVersion apiVersion) {
      return (Any) resource;
    }
  }
}
