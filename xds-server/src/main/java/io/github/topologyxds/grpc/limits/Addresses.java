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
 * What the clients of each address have, whatever they say that they are, and what each proven
 * identity has: of streams, and a Pod of connections, too. An address is forgotten with its last
 * connection, an identity with the last that it has. Any thread.
 */
public final class Addresses {
  private static final long SECOND = Duration.ofSeconds(1).toNanos();
  private static final int BURST_SECONDS = 5;

  private final ClientLimits limits;
  private final LongSupplier nanos;
  private final Map<InetAddress, Use> uses = new ConcurrentHashMap<>();
  private final Map<Owner, Held> identities = new ConcurrentHashMap<>();

  /** What an identity has. */
  private record Held(int connections, int streams) {
    static final Held NOTHING = new Held(0, 0);

    private @Nullable Held orNull() {
      return equals(NOTHING) ? null : this;
    }
  }

  /**
   * Whose a stream is.
   *
   * @param address null where the identity is one Pod; the Pods of a certificate share an identity
   */
  private record Owner(ClientIdentity identity, @Nullable InetAddress address) {}

  /**
   * What an address has.
   *
   * @param moved connections from it that count for a Pod; their streams have their rate here
   * @param credit of new streams, in nanoseconds of waiting for them
   */
  private record Use(int connections, int moved, int streams, long credit, long since) {
    Use at(long now, long most) {
      return new Use(connections, moved, streams, Math.min(most, credit + (now - since)), now);
    }

    Use connections(int more) {
      return new Use(connections + more, moved, streams, credit, since);
    }

    Use moved(int more) {
      return new Use(connections, moved + more, streams, credit, since);
    }

    Use streams(int more, long spent) {
      return new Use(connections, moved, streams + more, credit - spent, since);
    }

    private @Nullable Use orNull() {
      return connections == 0 && moved == 0 ? null : this;
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
    return new Use(0, 0, 0, BURST_SECONDS * SECOND, nanos.getAsLong());
  }

  /** A connection that was admitted has ended. */
  public void disconnected(@Nullable SocketAddress client) {
    InetAddress address = address(client);
    if (address != null) {
      uses.computeIfPresent(address, (key, use) -> use.connections(-1).orNull());
    }
  }

  /**
   * A connection counts for this Pod now, and for its address no more; returns false where the Pod
   * has too many: then nothing has changed.
   */
  boolean moveConnection(@Nullable SocketAddress client, ClientIdentity pod) {
    boolean[] admitted = {false};
    identities.compute(
        owner(client, pod),
        (key, known) -> {
          Held held = known == null ? Held.NOTHING : known;
          admitted[0] = held.connections() < limits.connectionsOfAPod();
          return admitted[0] ? new Held(held.connections() + 1, held.streams()) : known;
        });
    InetAddress address = address(client);
    if (admitted[0] && address != null) {
      uses.computeIfPresent(address, (key, use) -> use.connections(-1).moved(1));
    }
    return admitted[0];
  }

  /** A connection of this Pod has ended. */
  void disconnected(@Nullable SocketAddress client, ClientIdentity pod) {
    identities.computeIfPresent(
        owner(client, pod),
        (key, held) -> new Held(held.connections() - 1, held.streams()).orNull());
    InetAddress address = address(client);
    if (address != null) {
      uses.computeIfPresent(address, (key, use) -> use.moved(-1).orNull());
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
    identities.compute(
        owner(client, identity),
        (key, known) -> {
          Held held = known == null ? Held.NOTHING : known;
          admitted[0] = held.streams() < limits.streams();
          return admitted[0] ? new Held(held.connections(), held.streams() + 1) : known;
        });
    if (admitted[0]) {
      closed(client);
    }
    return admitted[0];
  }

  /** A stream of this identity has ended. */
  void closed(@Nullable SocketAddress client, ClientIdentity identity) {
    identities.computeIfPresent(
        owner(client, identity),
        (key, held) -> new Held(held.connections(), held.streams() - 1).orNull());
  }

  private static Owner owner(@Nullable SocketAddress client, ClientIdentity identity) {
    return new Owner(identity, identity.pod().isEmpty() ? address(client) : null);
  }

  /** Returns how many identities have something. */
  int identities() {
    return identities.size();
  }

  /** Returns how many addresses have something. */
  int size() {
    return uses.size();
  }

  private static @Nullable InetAddress address(@Nullable SocketAddress client) {
    return client instanceof InetSocketAddress internet ? internet.getAddress() : null;
  }
}
