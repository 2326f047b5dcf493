package io.github.topologyxds.delivery.grpc;

import io.github.topologyxds.delivery.Publication;
import io.grpc.Status;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The open streams that have introduced themselves. Any thread. */
final class Sessions {
  private final Set<StreamListener<?>> open = ConcurrentHashMap.newKeySet();

  void add(StreamListener<?> stream) {
    open.add(stream);
  }

  void remove(StreamListener<?> stream) {
    open.remove(stream);
  }

  /** Closes every stream; its client comes back, here or elsewhere. */
  void closeAll(Status status) {
    open.forEach(stream -> stream.close(status));
  }

  /** Tells every stream, each on its own thread. */
  void publish(Publication publication) {
    open.forEach(stream -> stream.published(publication));
  }
}
