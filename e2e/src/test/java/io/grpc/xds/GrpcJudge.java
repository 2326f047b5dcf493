package io.grpc.xds;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import io.github.topologyxds.e2e.judge.JudgedLocality;
import io.grpc.InsecureChannelCredentials;
import io.grpc.xds.client.Bootstrapper.ServerInfo;
import io.grpc.xds.client.XdsResourceType;
import io.grpc.xds.client.XdsResourceType.ResourceInvalidException;
import io.grpc.xds.shaded.io.envoyproxy.envoy.config.cluster.v3.Cluster;
import io.grpc.xds.shaded.io.envoyproxy.envoy.config.endpoint.v3.ClusterLoadAssignment;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** grpc-java's own reading of our resources, with the parsers that its xDS client uses. */
public final class GrpcJudge {
  private static final XdsResourceType.Args ARGS =
      new XdsResourceType.Args(
          ServerInfo.create("judge", InsecureChannelCredentials.create()),
          "1",
          "1",
          null,
          null,
          Set.of());

  private GrpcJudge() {}

  /**
   * Returns the EDS name that grpc-java would ask for.
   *
   * @throws ResourceInvalidException when grpc-java refuses the cluster (NACK)
   */
  public static String edsName(Any cluster)
      throws ResourceInvalidException, InvalidProtocolBufferException {
    XdsClusterResource.CdsUpdate update =
        XdsClusterResource.getInstance().doParse(ARGS, Cluster.parseFrom(cluster.getValue()));
    String serviceName = update.edsServiceName();
    return serviceName == null ? update.clusterName() : serviceName;
  }

  /**
   * Returns the localities as grpc-java keeps them, by name.
   *
   * @throws ResourceInvalidException when grpc-java refuses the load assignment (NACK)
   */
  public static SortedMap<String, JudgedLocality> localities(Any assignment)
      throws ResourceInvalidException, InvalidProtocolBufferException {
    XdsEndpointResource.EdsUpdate update =
        XdsEndpointResource.getInstance()
            .doParse(ARGS, ClusterLoadAssignment.parseFrom(assignment.getValue()));
    SortedMap<String, JudgedLocality> localities = new TreeMap<>();
    update.localityLbEndpointsMap.forEach((locality, endpoints) -> {
      String name = locality.region() + "/" + locality.zone();
      SortedSet<String> used = new TreeSet<>();
      SortedSet<String> unused = new TreeSet<>();
      for (Endpoints.LbEndpoint endpoint : endpoints.endpoints()) {
        for (SocketAddress address : endpoint.eag().getAddresses()) {
          (endpoint.isHealthy() ? used : unused).add(text((InetSocketAddress) address));
        }
      }
      localities.put(
          name,
          new JudgedLocality(name, endpoints.priority(), endpoints.localityWeight(), used, unused));
    });
    return localities;
  }

  private static String text(InetSocketAddress address) {
    return address.getAddress().getHostAddress() + ":" + address.getPort();
  }
}
