package io.github.topologyxds.csds;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.ServiceDescriptor;
import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import io.envoyproxy.envoy.config.endpoint.v3.ClusterLoadAssignment;
import io.envoyproxy.envoy.config.listener.v3.Listener;
import io.envoyproxy.envoy.config.route.v3.RouteConfiguration;
import io.envoyproxy.envoy.service.status.v3.CsdsProto;
import io.github.topologyxds.session.status.ConnectedClients;
import io.github.topologyxds.xds.resource.PackedMessages;
import io.grpc.ServerServiceDefinition;
import io.grpc.reflection.v1.ServerReflectionProto;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;

/** The gRPC services about clients' status: CSDS, and the reflection that explains its answers. */
public final class StatusServices {
  private StatusServices() {}

  /**
   * Returns the services.
   *
   * @param workers make the answers; they may refuse
   */
  public static List<ServerServiceDefinition> of(ConnectedClients clients, Executor workers) {
    List<ServiceDescriptor> services = new ArrayList<>(CsdsProto.getDescriptor().getServices());
    services.addAll(ServerReflectionProto.getDescriptor().getServices());
    List<Descriptor> answers = new ArrayList<>(PackedMessages.descriptors());
    answers.add(Cluster.getDescriptor());
    answers.add(ClusterLoadAssignment.getDescriptor());
    answers.add(Listener.getDescriptor());
    answers.add(RouteConfiguration.getDescriptor());
    return List.of(
        new ClientStatusService(clients, workers).bindService(),
        new SchemaReflection(services, answers).bindService());
  }
}
