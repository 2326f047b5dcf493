package io.github.topologyxds.grpc.limits;

import io.github.topologyxds.identity.ClientIdentity;
import io.github.topologyxds.session.ClientLimit;
import java.net.SocketAddress;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Who an open stream counts for: its client's address until it is proven whose it is, then that
 * identity, as many clients may stand behind one address.
 *
 * <p>Owner: the event loop of the stream's connection.
 */
public final class StreamCharge {
  private final Addresses addresses;
  private final @Nullable SocketAddress client;
  private final @Nullable ConnectionCharge connection;
  private final Consumer<ClientLimit> refusal;
  private Optional<ClientIdentity> identity = Optional.empty();

  /**
   * Counts for the address, which has admitted it.
   *
   * @param connection what it is on; null for none that is counted
   * @param refusal ends the stream
   */
  public StreamCharge(
      Addresses addresses,
      @Nullable SocketAddress client,
      @Nullable ConnectionCharge connection,
      Consumer<ClientLimit> refusal) {
    this.addresses = addresses;
    this.client = client;
    this.connection = connection;
    this.refusal = refusal;
  }

  /**
   * Counts for this identity from now on, and so does its connection; returns false where that has
   * too many: the stream has ended.
   */
  public boolean moveTo(ClientIdentity proven) {
    if (connection != null && !connection.moveTo(proven)) {
      refusal.accept(ClientLimit.CONNECTIONS_PER_IDENTITY);
      return false;
    }
    if (!addresses.move(client, proven)) {
      refusal.accept(ClientLimit.STREAMS_PER_IDENTITY);
      return false;
    }
    identity = Optional.of(proven);
    return true;
  }

  /** The stream is over. */
  public void release() {
    identity.ifPresentOrElse(
        proven -> addresses.closed(client, proven), () -> addresses.closed(client));
  }
}
