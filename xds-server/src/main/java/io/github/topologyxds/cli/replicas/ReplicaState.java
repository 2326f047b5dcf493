package io.github.topologyxds.cli.replicas;

import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/**
 * What came of a replica when a command asked for all of them.
 *
 * @param name {@code NAMESPACE/POD}
 * @param detail why it did not answer, or what is odd about its answer; "" where it has answered
 */
public record ReplicaState(String name, State state, String detail) {
  /** How it stands. The names are stable: JSON prints them. */
  public enum State {
    ANSWERED,
    /** It does not have what was asked for, such as a client that is at another replica. */
    REFUSED,
    /** It was asked, and there is no answer, or not all of it. */
    FAILED,
    /** It is not ready, or ends: it was not asked. */
    NOT_READY
  }

  /** Adds {@code replicas[]} to an answer, if there are any. */
  public static void addTo(ObjectNode answer, List<ReplicaState> replicas) {
    if (!replicas.isEmpty()) {
      var array = answer.putArray("replicas");
      for (ReplicaState replica : replicas) {
        array
            .addObject()
            .put("name", replica.name)
            .put("state", replica.state.name())
            .put("detail", replica.detail);
      }
    }
  }
}
