package io.github.topologyxds.e2e.replicas;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import io.envoyproxy.envoy.config.core.v3.Node;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryRequest;
import io.envoyproxy.envoy.service.discovery.v3.DiscoveryRequest;
import io.github.topologyxds.xds.resource.ResourceType;
import io.github.topologyxds.xds.resource.XdsProtocol;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What is said on one stream, encoded: the client asks for all clusters and their endpoints, and
 * accepts what comes. Of a response it decodes the names alone, so that a thousand fit beside the
 * server.
 *
 * <p>Owner: the event loop, but for {@link #holds}.
 */
final class Dialogue {
  private static final String CLUSTERS = ResourceType.CLUSTER.typeUrl();
  private static final String ENDPOINTS = ResourceType.ENDPOINT.typeUrl();

  /** Fields of both kinds of response. */
  private static final int VERSION = 1;

  private static final int RESOURCES = 2;
  private static final int TYPE_URL = 4;
  private static final int NONCE = 5;

  private final XdsProtocol protocol;
  private final Set<String> assignments = ConcurrentHashMap.newKeySet();
  private List<String> clusters = List.of();
  private Response endpoints = new Response(ENDPOINTS, "", "", List.of());

  private record Response(String type, String version, String nonce, List<String> names) {}

  Dialogue(XdsProtocol protocol) {
    this.protocol = protocol;
  }

  /** Returns whether load assignments of these names have come. */
  boolean holds(Collection<String> names) {
    return assignments.size() >= names.size() && assignments.containsAll(names);
  }

  /** Returns the first request. */
  byte[] hello() {
    Node node = Node.newBuilder().setId("fleet").build();
    return switch (protocol) {
      case DELTA ->
          DeltaDiscoveryRequest.newBuilder()
              .setNode(node)
              .setTypeUrl(CLUSTERS)
              .build()
              .toByteArray();
      case STATE_OF_THE_WORLD ->
          DiscoveryRequest.newBuilder().setNode(node).setTypeUrl(CLUSTERS).build().toByteArray();
    };
  }

  /** Returns the requests that answer a response. */
  List<byte[]> take(byte[] message) {
    Response response = read(message);
    if (response.type().equals(ENDPOINTS)) {
      assignments.addAll(response.names());
      endpoints = response;
      return List.of(accept(response, clusters));
    }
    clusters = response.names();
    return List.of(accept(response, List.of()), subscribe());
  }

  private byte[] accept(Response response, List<String> names) {
    return switch (protocol) {
      case DELTA ->
          DeltaDiscoveryRequest.newBuilder()
              .setTypeUrl(response.type())
              .setResponseNonce(response.nonce())
              .build()
              .toByteArray();
      case STATE_OF_THE_WORLD -> repeat(response, names);
    };
  }

  /**
   * Delta names what it wants more; state-of-the-world all that it wants, as an answer to the last.
   */
  private byte[] subscribe() {
    return switch (protocol) {
      case DELTA ->
          DeltaDiscoveryRequest.newBuilder()
              .setTypeUrl(ENDPOINTS)
              .addAllResourceNamesSubscribe(clusters)
              .build()
              .toByteArray();
      case STATE_OF_THE_WORLD -> repeat(endpoints, clusters);
    };
  }

  private static byte[] repeat(Response last, List<String> names) {
    return DiscoveryRequest.newBuilder()
        .setTypeUrl(last.type())
        .setVersionInfo(last.version())
        .setResponseNonce(last.nonce())
        .addAllResourceNames(names)
        .build()
        .toByteArray();
  }

  private Response read(byte[] message) {
    String type = "";
    String version = "";
    String nonce = "";
    List<String> names = new ArrayList<>();
    try {
      CodedInputStream in = CodedInputStream.newInstance(message);
      for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
        switch (WireFormat.getTagFieldNumber(tag)) {
          case VERSION -> version = in.readString();
          case RESOURCES -> names.add(name(in));
          case TYPE_URL -> type = in.readString();
          case NONCE -> nonce = in.readString();
          default -> in.skipField(tag);
        }
      }
    } catch (IOException e) {
      throw new IllegalArgumentException("not a response", e);
    }
    return new Response(type, version, nonce, names);
  }

  /** Of a Resource its name, of an Any the first field of what is in it. Equal ones are one. */
  private String name(CodedInputStream resource) throws IOException {
    return switch (protocol) {
      case DELTA -> find(resource, 3).intern();
      case STATE_OF_THE_WORLD -> find(resource, 2, 1).intern();
    };
  }

  /** Reads the message that comes next, and in it the text that lies there. */
  private static String find(CodedInputStream in, int... path) throws IOException {
    int outer = in.pushLimit(in.readRawVarint32());
    String found = "";
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      if (WireFormat.getTagFieldNumber(tag) != path[0]) {
        in.skipField(tag);
      } else if (path.length == 1) {
        found = in.readString();
      } else {
        found = find(in, path[1]);
      }
    }
    in.popLimit(outer);
    return found;
  }
}
