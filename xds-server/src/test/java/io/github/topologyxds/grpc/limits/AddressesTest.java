package io.github.topologyxds.grpc.limits;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.topologyxds.identity.ClientIdentity;
import io.github.topologyxds.session.ClientLimit;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** What the clients of one address may have, with a clock of the test. */
class AddressesTest {
  private final AtomicLong clock = new AtomicLong();
  private final Addresses addresses =
      new Addresses(new ClientLimits(3, 20, 2, Long.MAX_VALUE), clock::get);

  private static SocketAddress client(String ip, int port) {
    return new InetSocketAddress(ip, port);
  }

  @Test
  void connectionsAreCountedByAddressWhateverThePort() {
    for (int port = 1; port <= 3; port++) {
      assertThat(addresses.connect(client("10.0.0.1", port))).isTrue();
    }
    assertThat(addresses.connect(client("10.0.0.1", 4))).isFalse();
    assertThat(addresses.connect(client("10.0.0.2", 4))).isTrue();
    addresses.disconnected(client("10.0.0.1", 2));
    assertThat(addresses.connect(client("10.0.0.1", 5))).isTrue();
  }

  @Test
  void anAddressIsForgottenWithItsLastConnection() {
    addresses.connect(client("10.0.0.1", 1));
    addresses.connect(client("10.0.0.1", 2));
    addresses.disconnected(client("10.0.0.1", 1));
    assertThat(addresses.size()).isEqualTo(1);
    addresses.disconnected(client("10.0.0.1", 2));
    assertThat(addresses.size()).isZero();
  }

  @Test
  void newStreamsHaveABurstAndThenARate() {
    SocketAddress one = client("10.0.0.1", 1);
    addresses.connect(one);
    for (int stream = 0; stream < 10; stream++) {
      assertThat(addresses.open(one)).isEmpty();
      addresses.closed(one);
    }
    assertThat(addresses.open(one)).contains(ClientLimit.NEW_STREAMS_PER_ADDRESS);
    SocketAddress other = client("10.0.0.2", 1);
    addresses.connect(other);
    assertThat(addresses.open(other)).isEmpty();
    clock.addAndGet(TimeUnit.MILLISECONDS.toNanos(500));
    assertThat(addresses.open(one)).isEmpty();
    assertThat(addresses.open(one)).contains(ClientLimit.NEW_STREAMS_PER_ADDRESS);
  }

  @Test
  void openStreamsAreCounted() {
    SocketAddress one = client("10.0.0.1", 1);
    addresses.connect(one);
    for (int stream = 0; stream < 20; stream++) {
      clock.addAndGet(TimeUnit.SECONDS.toNanos(1));
      assertThat(addresses.open(one)).isEmpty();
    }
    clock.addAndGet(TimeUnit.SECONDS.toNanos(1));
    assertThat(addresses.open(one)).contains(ClientLimit.STREAMS_PER_ADDRESS);
    addresses.closed(one);
    assertThat(addresses.open(one)).isEmpty();
  }

  /** Behind one address are many clients: who is proven to be somebody counts by itself. */
  @Test
  void streamsOfAnIdentityDoNotCountForTheAddress() {
    SocketAddress one = client("10.0.0.1", 1);
    addresses.connect(one);
    for (int stream = 0; stream < 20; stream++) {
      clock.addAndGet(TimeUnit.SECONDS.toNanos(1));
      assertThat(addresses.open(one)).isEmpty();
      assertThat(addresses.move(one, pod("front-0"))).isTrue();
    }
    clock.addAndGet(TimeUnit.SECONDS.toNanos(1));
    assertThat(addresses.open(one)).isEmpty();
    assertThat(addresses.move(one, pod("front-0"))).isFalse();
    assertThat(addresses.move(one, pod("front-1"))).isTrue();
    addresses.closed(one, pod("front-0"));
    clock.addAndGet(TimeUnit.SECONDS.toNanos(1));
    assertThat(addresses.open(one)).isEmpty();
    assertThat(addresses.move(one, pod("front-0"))).isTrue();
  }

  /** Behind one address are many Pods, and each has a few; who proves nothing has the address's. */
  @Test
  void connectionsOfAPodDoNotCountForTheAddress() {
    for (int pod = 0; pod < 5; pod++) {
      assertThat(addresses.connect(client("10.0.0.1", pod))).isTrue();
      assertThat(addresses.moveConnection(client("10.0.0.1", pod), pod("front-" + pod))).isTrue();
    }
    for (int port = 5; port < 8; port++) {
      assertThat(addresses.connect(client("10.0.0.1", port))).isTrue();
    }
    assertThat(addresses.connect(client("10.0.0.1", 8))).isFalse();
    assertThat(addresses.moveConnection(client("10.0.0.1", 5), pod("front-0"))).isFalse();
    addresses.disconnected(client("10.0.0.1", 0), pod("front-0"));
    assertThat(addresses.moveConnection(client("10.0.0.1", 5), pod("front-0"))).isTrue();
    assertThat(addresses.connect(client("10.0.0.1", 8))).isTrue();
  }

  /** Else who has moved all its connections could open streams at any rate. */
  @Test
  void anAddressIsKnownAsLongAsConnectionsFromIt() {
    SocketAddress one = client("10.0.0.1", 1);
    addresses.connect(one);
    addresses.moveConnection(one, pod("front-0"));
    for (int stream = 0; stream < 10; stream++) {
      assertThat(addresses.open(one)).isEmpty();
      addresses.closed(one);
    }
    assertThat(addresses.open(one)).contains(ClientLimit.NEW_STREAMS_PER_ADDRESS);
    addresses.disconnected(one, pod("front-0"));
    assertThat(addresses.size()).isZero();
    assertThat(addresses.identities()).isZero();
  }

  /** A certificate does not tell the Pod: those of a fleet are told apart by their addresses. */
  @Test
  void anIdentityOfManyPodsCountsForEachAddress() {
    ClientIdentity fleet =
        new ClientIdentity(ClientIdentity.Source.CERTIFICATE, "shop", "front", "", "");
    for (int host = 1; host <= 2; host++) {
      SocketAddress one = client("10.0.0." + host, 1);
      addresses.connect(one);
      for (int stream = 0; stream < 20; stream++) {
        clock.addAndGet(TimeUnit.SECONDS.toNanos(1));
        assertThat(addresses.open(one)).isEmpty();
        assertThat(addresses.move(one, fleet)).isTrue();
      }
      assertThat(addresses.move(one, fleet)).isFalse();
    }
    assertThat(addresses.identities()).isEqualTo(2);
  }

  @Test
  void anIdentityIsForgottenWithItsLastStream() {
    SocketAddress one = client("10.0.0.1", 1);
    addresses.connect(one);
    addresses.open(one);
    addresses.move(one, pod("front-0"));
    assertThat(addresses.identities()).isEqualTo(1);
    addresses.closed(one, pod("front-0"));
    assertThat(addresses.identities()).isZero();
  }

  private static ClientIdentity pod(String name) {
    return new ClientIdentity(ClientIdentity.Source.TOKEN, "shop", "front", name, "node-a");
  }
}
