package io.github.topologyxds.grpc.connection;

import io.envoyproxy.envoy.config.core.v3.Node;
import io.github.topologyxds.xds.resource.ResourceType;
import io.grpc.Status;
import java.util.ArrayList;
import java.util.List;

/**
 * An xDS stream without a client behind it: says what the test wants said, and no more. The node
 * goes with the first request only, as with Envoy's {@code set_node_on_first_message_only}.
 */
interface RawStream extends AutoCloseable {
  Inbox<?> inbox();

  /** Says another node with the next request. */
  void introduceAgain(Node node);

  /** Asks for more names; none at all in the first request of a type means every resource. */
  void subscribe(ResourceType type, String... names);

  void unsubscribe(ResourceType type, String... names);

  void ack(Answer answer);

  void nack(Answer answer, String error);

  /** A request that names this nonce and changes nothing else. */
  void say(String typeUrl, String nonce);

  /** Ends our half; the server then ends its own. */
  void halfClose();

  @Override
  void close();

  default Answer next(ResourceType type) throws InterruptedException {
    return inbox().next(type);
  }

  /** Takes the next response and accepts it. */
  default Answer accept(ResourceType type) throws InterruptedException {
    Answer answer = next(type);
    ack(answer);
    return answer;
  }

  /** Accepts responses until so many resources have come; returns all those responses. */
  default List<Answer> accept(ResourceType type, int resources) throws InterruptedException {
    List<Answer> answers = new ArrayList<>();
    for (int left = resources; left > 0; left -= answers.getLast().resources().size()) {
      answers.add(accept(type));
    }
    return answers;
  }

  default Status end() throws Exception {
    return inbox().end();
  }
}
