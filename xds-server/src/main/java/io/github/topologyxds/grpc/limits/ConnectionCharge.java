package io.github.topologyxds.grpc.limits;

import io.github.topologyxds.identity.ClientIdentity;
import java.net.SocketAddress;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Who an open connection counts for: its client's address, until a stream on it is proven to be of
 * a Pod, then that Pod. A certificate tells no Pod: what its holder opens counts for the address.
 *
 * <p>Owner: the connection's event loop.
 */
public final class ConnectionCharge {
  private final Addresses addresses;
  private final @Nullable SocketAddress client;
  private Optional<ClientIdentity> pod = Optional.empty();

  /** Counts for the address, which has admitted it. */
  public ConnectionCharge(Addresses addresses, @Nullable SocketAddress client) {
    this.addresses = addresses;
    this.client = client;
  }

  /**
   * Counts for the Pod of this identity from now on, if none was proven before; returns false where
   * that has too many: it counts as before.
   */
  boolean moveTo(ClientIdentity proven) {
    if (pod.isPresent() || proven.pod().isEmpty()) {
      return true;
    }
    if (!addresses.moveConnection(client, proven)) {
      return false;
    }
    pod = Optional.of(proven);
    return true;
  }

  /** The connection is over. */
  public void release() {
    pod.ifPresentOrElse(
        proven -> addresses.disconnected(client, proven), () -> addresses.disconnected(client));
  }
}
