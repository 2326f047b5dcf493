package io.github.topologyxds.grpc.connection;

import io.github.topologyxds.identity.ClientIdentity;
import io.grpc.Context;
import java.util.Optional;

/**
 * Who opened a stream, as its credential proves; known before the stream's first message is read.
 *
 * <p>Owner: the event loop of the stream's connection.
 */
public final class StreamIdentity {
  private static final Context.Key<StreamIdentity> CURRENT = Context.key("stream-identity");

  private Optional<ClientIdentity> identity = Optional.empty();

  Context current() {
    return Context.current().withValue(CURRENT, this);
  }

  void is(ClientIdentity proven) {
    identity = Optional.of(proven);
  }

  /** Returns who opened the stream whose message is handled now; empty: nobody has asked. */
  public static Optional<ClientIdentity> ofCurrentStream() {
    StreamIdentity current = CURRENT.get();
    return current == null ? Optional.empty() : current.identity;
  }
}
