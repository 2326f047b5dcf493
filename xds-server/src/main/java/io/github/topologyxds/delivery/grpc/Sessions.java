package io.github.topologyxds.delivery.grpc;

import io.grpc.Status;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The open streams. Any thread. */
final class Sessions {
  private final Set<OpenStream> open = ConcurrentHashMap.newKeySet();

  void add(OpenStream stream) {
    open.add(stream);
  }

  void remove(OpenStream stream) {
    open.remove(stream);
  }

  /** Closes every stream; its client comes back, here or elsewhere. */
  void closeAll(Status status) {
    open.forEach(stream -> stream.close(status));
  }
}
