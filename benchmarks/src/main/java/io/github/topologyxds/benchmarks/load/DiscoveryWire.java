package io.github.topologyxds.benchmarks.load;

import com.google.protobuf.ByteString;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import io.envoyproxy.envoy.config.core.v3.Locality;
import io.envoyproxy.envoy.config.core.v3.Node;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryRequest;
import io.envoyproxy.envoy.service.discovery.v3.DiscoveryRequest;
import io.github.topologyxds.xds.resource.ResourceNames;
import java.util.ArrayList;
import java.util.List;

/** The messages of a stream, encoded. */
final class DiscoveryWire {
  static final String CDS = "type.googleapis.com/envoy.config.cluster.v3.Cluster";
  static final String EDS = "type.googleapis.com/envoy.config.endpoint.v3.ClusterLoadAssignment";

  static final String LDS = "type.googleapis.com/envoy.config.listener.v3.Listener";
  static final String RDS = "type.googleapis.com/envoy.config.route.v3.RouteConfiguration";

  private static final int VERSION = 1;
  private static final int RESOURCES = 2;
  private static final int TYPE_URL = 4;
  private static final int NONCE = 5;

  private final AdsVariant variant;

  DiscoveryWire(AdsVariant variant) {
    this.variant = variant;
  }

  /**
   * What a client looks at in a response.
   *
   * @param bodyLength up to the nonce: what equal responses share
   */
  record Response(String type, String version, String nonce, int resources, int bodyLength) {}

  static Response read(byte[] message) {
    WireCursor cursor = new WireCursor(message, 0, message.length);
    String type = "";
    String version = "";
    String nonce = "";
    int resources = 0;
    int body = message.length;
    while (cursor.next()) {
      switch (cursor.field()) {
        case VERSION -> version = cursor.text();
        case RESOURCES -> resources++;
        case TYPE_URL -> type = cursor.text();
        case NONCE -> {
          nonce = cursor.text();
          body = cursor.tagAt();
        }
        default -> {}
      }
    }
    return new Response(type, version, nonce, resources, body);
  }

  /** Returns the names of a response's clusters. */
  List<String> clusterNames(byte[] message) {
    List<String> names = new ArrayList<>();
    WireCursor cursor = new WireCursor(message, 0, message.length);
    while (cursor.next()) {
      if (cursor.field() == RESOURCES) {
        WireCursor resource = cursor.inside();
        names.add(
            switch (variant) {
              case DELTA -> resource.find(3).rest();
              case SOTW -> resource.find(2).find(1).rest();
            });
      }
    }
    return names;
  }

  /** Returns the names of the load assignments that a delta response's clusters take. */
  static List<String> assignmentsOf(byte[] message) {
    List<String> names = new ArrayList<>();
    WireCursor cursor = new WireCursor(message, 0, message.length);
    while (cursor.next()) {
      if (cursor.field() == RESOURCES) {
        // Resource.resource, Any.value, Cluster.eds_cluster_config, its service_name.
        String name = cursor.inside().find(2).find(2).find(3).find(2).rest();
        if (!name.isEmpty()) {
          names.add(name);
        }
      }
    }
    return names;
  }

  /** The first request of a stream: all clusters. */
  byte[] hello(int client, LoadPlan plan) {
    Struct.Builder metadata = Struct.newBuilder();
    if (plan.asked().way() == LoadPlan.Way.SCOPED) {
      Value.Builder services = Value.newBuilder();
      for (int i = 0; i < plan.wanted(); i++) {
        int service = (client + i) % plan.world().services();
        services.getListValueBuilder().addValues(text("bench/svc-" + service));
      }
      metadata.putFields("SERVICES", services.build());
    } else if (!plan.world().neighbour().isNobody()) {
      metadata.putFields("SERVICES", text("bench/*"));
    }
    Node self = self(client, metadata);
    return switch (variant) {
      case DELTA ->
          DeltaDiscoveryRequest.newBuilder().setNode(self).setTypeUrl(CDS).build().toByteArray();
      case SOTW ->
          DiscoveryRequest.newBuilder().setNode(self).setTypeUrl(CDS).build().toByteArray();
    };
  }

  /**
   * The first request of a sidecar on demand that comes back: what all of them have, and the
   * clusters that its application has used.
   */
  static byte[] helloOnDemand(int client, LoadPlan plan) {
    DeltaDiscoveryRequest.Builder hello =
        DeltaDiscoveryRequest.newBuilder()
            .setNode(self(client, Struct.newBuilder().putFields("SIDECAR", text("on-demand"))))
            .setTypeUrl(CDS)
            .addResourceNamesSubscribe("*");
    plan.used(client)
        .forEach(service -> hello.addResourceNamesSubscribe("//svc-" + service + ".bench"));
    return hello.build().toByteArray();
  }

  private static Node self(int client, Struct.Builder metadata) {
    int node = client % 30;
    return Node.newBuilder()
        .setId("load-" + client)
        .setCluster("load")
        .setUserAgentName("envoy")
        .setLocality(Locality.newBuilder().setZone("zone-" + node % 3))
        .setMetadata(metadata.putFields("NODE_NAME", text("node-" + node)))
        .build();
  }

  private static Value text(String value) {
    return Value.newBuilder().setStringValue(value).build();
  }

  /** Returns the name of a Service's cluster, which is that of its endpoints. */
  static String cluster(int service) {
    return "bench/svc-" + service + ":http";
  }

  /** Asks for these endpoints. */
  byte[] subscribe(List<String> names) {
    return subscribe(EDS, names);
  }

  /** Asks for the routes to all Services. */
  byte[] subscribeToRoutes() {
    return subscribe(RDS, List.of(ResourceNames.OUTBOUND));
  }

  /** Asks for the listeners. */
  byte[] subscribeToListeners() {
    return subscribe(LDS, List.of());
  }

  private byte[] subscribe(String type, List<String> names) {
    return switch (variant) {
      case DELTA ->
          DeltaDiscoveryRequest.newBuilder()
              .setTypeUrl(type)
              .addAllResourceNamesSubscribe(names)
              .build()
              .toByteArray();
      case SOTW ->
          DiscoveryRequest.newBuilder()
              .setTypeUrl(type)
              .addAllResourceNames(names)
              .build()
              .toByteArray();
    };
  }

  /**
   * Accepts a response.
   *
   * @param subscription state-of-the-world repeats it; empty for all
   */
  byte[] accept(Response response, byte[] subscription) {
    return switch (variant) {
      case DELTA ->
          DeltaDiscoveryRequest.newBuilder()
              .setTypeUrl(response.type())
              .setResponseNonce(response.nonce())
              .build()
              .toByteArray();
      case SOTW -> {
        byte[] head =
            DiscoveryRequest.newBuilder()
                .setVersionInfo(response.version())
                .setResponseNonce(response.nonce())
                // With a subscription, the type stands there.
                .setTypeUrl(subscription.length == 0 ? response.type() : "")
                .build()
                .toByteArray();
        yield ByteString.copyFrom(head).concat(ByteString.copyFrom(subscription)).toByteArray();
      }
    };
  }
}
