package io.github.topologyxds.delivery.grpc;

import io.envoyproxy.envoy.config.core.v3.Node;
import io.github.topologyxds.delivery.ClientNode;
import io.grpc.Status;

/** What the first request of a stream must say: who asks. */
sealed interface Introduction {
  int LONGEST_NODE_ID = 4096;

  record Accepted(ClientNode client) implements Introduction {}

  record Refused(Status status) implements Introduction {}

  static Introduction none() {
    return refused("the first request of a stream must hold a node (node.id, metadata.NODE_NAME)");
  }

  static Introduction of(Node node) {
    int length = node.getId().length();
    return length > LONGEST_NODE_ID
        ? refused("node.id has " + length + " characters (allowed: " + LONGEST_NODE_ID + ")")
        : new Accepted(ClientNode.of(node));
  }

  private static Introduction refused(String why) {
    return new Refused(Status.INVALID_ARGUMENT.withDescription(why));
  }
}
