package io.github.topologyxds.session;

import io.github.topologyxds.tls.HandshakeFailure;
import io.github.topologyxds.xds.resource.ResourceType;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongConsumer;

/** Counts what delivery does, for {@code /metrics}. Any thread. */
public final class DeliveryMetrics {
  private final Map<ResourceType, LongAdder> pushes = new EnumMap<>(ResourceType.class);
  private final Map<ResourceType, LongAdder> nacks = new EnumMap<>(ResourceType.class);
  private final Map<HandshakeFailure, LongAdder> handshakes = new EnumMap<>(HandshakeFailure.class);
  private final Map<ClientLimit, LongAdder> limited = new EnumMap<>(ClientLimit.class);
  private final LongAdder refusedConnections = new LongAdder();
  private final LongAdder changes = new LongAdder();
  private final AtomicInteger streams = new AtomicInteger();
  private final ClientCounts clients = new ClientCounts();
  private final NackLog nackLog = new NackLog();
  private final ClientLog clientLog = new ClientLog();
  private final FleetGarbage fleetGarbage = new FleetGarbage();
  private volatile LongConsumer acknowledgements = nanos -> {};

  /** Counts from 0. */
  public DeliveryMetrics() {
    for (ResourceType type : ResourceType.values()) {
      pushes.put(type, new LongAdder());
      nacks.put(type, new LongAdder());
    }
    for (ClientLimit limit : ClientLimit.values()) {
      limited.put(limit, new LongAdder());
    }
    for (HandshakeFailure failure : HandshakeFailure.values()) {
      handshakes.put(failure, new LongAdder());
    }
  }

  /** Something is to be told of a client that was not before. */
  void clientChanged() {
    changes.increment();
  }

  /** Returns a number that grows whenever something else is to be told of the clients. */
  public long revision() {
    return changes.sum();
  }

  void pushed(ResourceType type) {
    count(pushes, type);
  }

  void refused(ResourceType type) {
    count(nacks, type);
  }

  /** A client has accepted endpoints that changed so many nanoseconds ago. */
  void acknowledged(long nanosSinceChange) {
    acknowledgements.accept(nanosSinceChange);
  }

  /**
   * Tells of every acknowledged change of endpoints from now on.
   *
   * @param listener takes the nanoseconds since the change came from the source; any thread
   */
  public void onAcknowledged(LongConsumer listener) {
    acknowledgements = listener;
  }

  /** Returns where nacks are told, as often as is of use to anybody. */
  NackLog nackLog() {
    return nackLog;
  }

  /** Returns what is told of clients that come and go, to collect what they leave. */
  FleetGarbage fleetGarbage() {
    return fleetGarbage;
  }

  /** Returns where it is told who comes and goes. */
  ClientLog clientLog() {
    return clientLog;
  }

  /**
   * The server has stopped: what is still to be told of its clients is written before this returns.
   */
  public void finishClientLog() {
    clientLog.finish();
  }

  /** Returns who is connected. */
  public ClientCounts clients() {
    return clients;
  }

  /** A stream was opened. */
  public void streamOpened() {
    streams.incrementAndGet();
  }

  /** A stream has ended, for whatever reason. */
  public void streamClosed() {
    streams.decrementAndGet();
  }

  /** A TLS handshake has failed. */
  public void handshakeFailed(HandshakeFailure failure) {
    count(handshakes, failure);
  }

  /** A client has met a limit. */
  public void limited(ClientLimit limit) {
    count(limited, limit);
  }

  /** Returns how often clients have met a limit. */
  public long limitedBy(ClientLimit limit) {
    return sum(limited, limit);
  }

  /** A connection was one too many. */
  public void connectionRefused() {
    refusedConnections.increment();
  }

  /** Returns how many TLS handshakes have failed for this reason. */
  public long failedHandshakes(HandshakeFailure failure) {
    return sum(handshakes, failure);
  }

  /** Returns how many connections were one too many. */
  public long refusedConnections() {
    return refusedConnections.sum();
  }

  /** Returns how many responses of a type have been sent. */
  public long pushes(ResourceType type) {
    return sum(pushes, type);
  }

  /** Returns how many responses of a type clients have refused (NACK). */
  public long nacks(ResourceType type) {
    return sum(nacks, type);
  }

  /** Returns how many streams are open. */
  public int streams() {
    return streams.get();
  }

  private static <K> void count(Map<K, LongAdder> counters, K key) {
    LongAdder counter = counters.get(key);
    if (counter != null) {
      counter.increment();
    }
  }

  private static <K> long sum(Map<K, LongAdder> counters, K key) {
    LongAdder counter = counters.get(key);
    return counter == null ? 0 : counter.sum();
  }
}
