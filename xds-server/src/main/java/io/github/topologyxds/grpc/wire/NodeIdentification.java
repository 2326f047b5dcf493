package io.github.topologyxds.grpc.wire;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.envoyproxy.envoy.config.core.v3.Node;
import io.github.topologyxds.resources.node.ClientNode;
import io.grpc.Status;
import org.jspecify.annotations.Nullable;

/** What the first request of a stream must say: who asks. */
public sealed interface NodeIdentification {
  int MAX_NODE_ID = 4096;

  /** Bytes; an Envoy lists its extensions there, some 57 kB. */
  int MAX_NODE = 64 << 10;

  /** Who asks. */
  record Accepted(ClientNode client) implements NodeIdentification {}

  /** It does not say so, or too much; the stream ends with this status. */
  record Refused(Status status) implements NodeIdentification {}

  /** Returns that a stream has begun without saying who asks. */
  static NodeIdentification none() {
    return refused("the first request of a stream must hold a node (node.id, metadata.NODE_NAME)");
  }

  /** Reads the node of a request that nobody has parsed yet: no long one is. */
  static NodeIdentification of(@Nullable ByteString node) throws InvalidProtocolBufferException {
    if (node == null) {
      return none();
    }
    return node.size() > MAX_NODE ? tooLarge(node.size()) : ofShort(Node.parseFrom(node));
  }

  /** Reads the node of a request that is parsed already. */
  static NodeIdentification of(Node node) {
    int size = node.getSerializedSize();
    return size > MAX_NODE ? tooLarge(size) : ofShort(node);
  }

  private static NodeIdentification ofShort(Node node) {
    int length = node.getId().length();
    return length > MAX_NODE_ID
        ? refused("node.id has " + length + " characters (allowed: " + MAX_NODE_ID + ")")
        : new Accepted(ClientNode.of(node));
  }

  private static NodeIdentification tooLarge(int size) {
    return refused("the node has " + size + " bytes (allowed: " + MAX_NODE + ")");
  }

  private static NodeIdentification refused(String why) {
    return new Refused(Status.INVALID_ARGUMENT.withDescription(why));
  }
}
