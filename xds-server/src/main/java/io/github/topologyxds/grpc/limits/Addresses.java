package io.github.topologyxds.grpc.limits;

import io.github.topologyxds.identity.ClientIdentity;
import io.github.topologyxds.session.ClientLimit;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What the clients of each address have, whatever they say that they are, and how many streams each
 * proven identity has. An address is forgotten with its last connection, an identity with its last
 * stream. Any thread.
 */
public final class Addresses {
  private static final long SECOND = Duration.ofSeconds(1).toNanos();
  private static final int BURST_SECONDS = 5;

  private final ClientLimits limits;
  private final LongSupplier nanos;
  private final Map<InetAddress, Use> uses = new ConcurrentHashMap<>();
  private final Map<Owner, Integer> streams = new ConcurrentHashMap<>();

  /**
   * Whose a stream is.
   *
   * @param address null where the identity is one Pod; the Pods of a certificate share an identity
   */
  private record Owner(ClientIdentity identity, @Nullable InetAddress address) {}

  /**
   * What an address has.
   *
   * @param credit of new streams, in nanoseconds of waiting for them
   */
  private record Use(int connections, int streams, long credit, long since) {
    Use at(long now, long most) {
      return new Use(connections, streams, Math.min(most, credit + (now - since)), now);
    }

    Use connections(int more) {
      return new Use(connections + more, streams, credit, since);
    }

    Use streams(int more, long spent) {
      return new Use(connections, streams + more, credit - spent, since);
    }
  }

  /**
   * None has anything.
   *
   * @param nanos {@link System#nanoTime}
   */
  public Addresses(ClientLimits limits, LongSupplier nanos) {
    this.limits = limits;
    this.nanos = nanos;
  }

  /** Returns what one address may use. */
  public ClientLimits limits() {
    return limits;
  }

  /** Returns whether an address may have one connection more, which it then has. */
  public boolean connect(@Nullable SocketAddress client) {
    InetAddress address = address(client);
    if (address == null) {
      return true;
    }
    boolean[] admitted = {false};
    uses.compute(
        address,
        (key, known) -> {
          Use use = known == null ? fresh() : known;
          admitted[0] = use.connections() < limits.connections();
          return admitted[0] ? use.connections(1) : use;
        });
    return admitted[0];
  }

  private Use fresh() {
    return new Use(0, 0, BURST_SECONDS * SECOND, nanos.getAsLong());
  }

  /** A connection that was admitted has ended. */
  public void disconnected(@Nullable SocketAddress client) {
    InetAddress address = address(client);
    if (address != null) {
      uses.computeIfPresent(
          address, (key, use) -> use.connections() <= 1 ? null : use.connections(-1));
    }
  }

  /** Returns why an address may not have one stream more; if nothing is said it has it. */
  public Optional<ClientLimit> open(@Nullable SocketAddress client) {
    InetAddress address = address(client);
    if (address == null) {
      return Optional.empty();
    }
    @Nullable ClientLimit[] beyond = {null};
    long price = SECOND / limits.newStreams();
    uses.computeIfPresent(
        address,
        (key, known) -> {
          Use use = known.at(nanos.getAsLong(), BURST_SECONDS * SECOND);
          if (use.streams() >= limits.streams()) {
            beyond[0] = ClientLimit.STREAMS_PER_ADDRESS;
          } else if (use.credit() < price) {
            beyond[0] = ClientLimit.NEW_STREAMS_PER_ADDRESS;
          } else {
            return use.streams(1, price);
          }
          return use;
        });
    return Optional.ofNullable(beyond[0]);
  }

  /** A stream that was let in has ended. */
  void closed(@Nullable SocketAddress client) {
    InetAddress address = address(client);
    if (address != null) {
      uses.computeIfPresent(address, (key, use) -> use.streams(-1, 0));
    }
  }

  /**
   * A stream counts for this identity now, and for its address no more; returns false where the
   * identity has too many: then nothing has changed.
   */
  boolean move(@Nullable SocketAddress client, ClientIdentity identity) {
    boolean[] admitted = {false};
    streams.compute(
        owner(client, identity),
        (key, open) -> {
          int now = open == null ? 0 : open;
          admitted[0] = now < limits.streams();
          return admitted[0] ? Integer.valueOf(now + 1) : open;
        });
    if (admitted[0]) {
      closed(client);
    }
    return admitted[0];
  }

  /** A stream of this identity has ended. */
  void closed(@Nullable SocketAddress client, ClientIdentity identity) {
    streams.computeIfPresent(
        owner(client, identity), (key, open) -> open <= 1 ? null : Integer.valueOf(open - 1));
  }

  private static Owner owner(@Nullable SocketAddress client, ClientIdentity identity) {
    return new Owner(identity, identity.pod().isEmpty() ? address(client) : null);
  }

  /** Returns how many identities have streams. */
  int identities() {
    return streams.size();
  }

  /** Returns how many addresses have something. */
  int size() {
    return uses.size();
  }

  private static @Nullable InetAddress address(@Nullable SocketAddress client) {
    return client instanceof InetSocketAddress internet ? internet.getAddress() : null;
  }
}
