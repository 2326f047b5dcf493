package io.github.topologyxds.session;

import io.github.topologyxds.resources.ResourceStore;
import io.github.topologyxds.resources.ResourceUpdate;
import io.github.topologyxds.resources.node.ClientNode;
import io.github.topologyxds.subscription.InitialResponseCache;
import io.github.topologyxds.subscription.PushLimits;
import io.github.topologyxds.subscription.SubscriberIndex;
import io.github.topologyxds.xds.resource.ResourceType;
import io.github.topologyxds.xds.resource.XdsProtocol;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The sessions of one thread, and the index of what they are subscribed to: what is published costs
 * its subscribers' share and touches nobody else.
 *
 * <p>Owner: that thread.
 */
public final class SessionGroup {
  private final ResourceStore store;
  private final DeliveryMetrics metrics;
  private final PushLimits limits;
  private final GroupClock clock;
  private final Map<ResourceType, SubscriberIndex> subscribers = new EnumMap<>(ResourceType.class);

  private final InitialResponseCache initialResponses = new InitialResponseCache();

  /** By number; null: the number is free. */
  private final List<@Nullable ClientSession> sessions = new ArrayList<>();

  private final BitSet taken = new BitSet();

  private final ClientStreams clients = new ClientStreams();

  private final Pacing pacing;

  /** Begins without sessions. */
  public SessionGroup(
      ResourceStore store, DeliveryMetrics metrics, GroupClock clock, PushLimits limits) {
    this.store = store;
    this.metrics = metrics;
    this.limits = limits;
    this.clock = clock;
    this.pacing = new Pacing(clock, limits.interval(), this::lastSent, this::flush);
    for (ResourceType type : ResourceType.values()) {
      subscribers.put(type, new SubscriberIndex());
    }
  }

  /** A client has introduced itself: from now on it is told of what changes. */
  public ClientSession open(XdsProtocol protocol, ClientNode client, Transport transport) {
    int number = taken.nextClearBit(0);
    taken.set(number);
    ClientSession session =
        new ClientSession(
            this, number, new ClientSession.Peer(protocol, client, transport), metrics);
    while (sessions.size() <= number) {
      sessions.add(null);
    }
    sessions.set(number, session);
    clients.opened(session);
    return session;
  }

  /** Returns the streams of each client. */
  public ClientStreams clients() {
    return clients;
  }

  void closed(ClientSession session) {
    clients.closed(session);
    int number = session.number();
    taken.clear(number);
    sessions.set(number, null);
    pacing.forget(number);
    initialResponses.forgetStale(this::subscribers);
  }

  ResourceStore store() {
    return store;
  }

  GroupClock clock() {
    return clock;
  }

  PushLimits limits() {
    return limits;
  }

  InitialResponseCache initialResponses() {
    return initialResponses;
  }

  SubscriberIndex subscribers(ResourceType type) {
    SubscriberIndex known = subscribers.get(type);
    if (known == null) {
      throw new IllegalStateException("no index for " + type);
    }
    return known;
  }

  /** Returns how many sessions are open. */
  public int size() {
    return taken.cardinality();
  }

  /**
   * Returns some of the clients, in the order of their numbers, which never change.
   *
   * @param from the first number
   * @param most how many at most; fewer: these are the last
   * @param look what is asked of each
   */
  public <T> List<Numbered<T>> clients(int from, int most, Function<ClientSession, T> look) {
    List<Numbered<T>> clients = new ArrayList<>();
    for (int i = taken.nextSetBit(from);
        i >= 0 && clients.size() < most;
        i = taken.nextSetBit(i + 1)) {
      ClientSession session = sessions.get(i);
      if (session != null) {
        clients.add(new Numbered<>(i, look.apply(session)));
      }
    }
    return clients;
  }

  /** A client with the number of its session. */
  public record Numbered<T>(int number, T client) {}

  /** Returns how many names of a type some session wants or has. */
  public int names(ResourceType type) {
    return subscribers(type).size();
  }

  /** Something was published: tells those whom it may concern, and sends what they are due. */
  public void published(ResourceUpdate update) {
    initialResponses.clear();
    BitSet concerned = new BitSet();
    if (!update.movedNodes().isEmpty()) {
      each(
          taken,
          session -> {
            if (session.relocated(update.movedNodes())) {
              concerned.set(session.number());
            }
          });
    }
    for (ResourceType type : ResourceType.values()) {
      update.changed(type).forEach(name -> tell(type, name, concerned));
      if (type.isAwaited()) {
        // What comes later in the order leads to no endpoints.
        each(concerned, session -> session.changedSince(update.since()));
      }
    }
    if (update.changesAny(ResourceType::isRouting)) {
      each(
          taken,
          session -> {
            if (session.routesChanged()) {
              concerned.set(session.number());
            }
          });
    }
    BitSet urgent = urgent(update);
    pacing.hurry(urgent);
    concerned.andNot(urgent);
    pacing.changed(concerned);
  }

  Pacing pacing() {
    return pacing;
  }

  /** Returns those that would be held back, and must not be. */
  private BitSet urgent(ResourceUpdate update) {
    BitSet urgent = new BitSet();
    NearLoss loss = new NearLoss();
    for (ResourceType type : ResourceType.values()) {
      if (type.isAwaited()) {
        update.changed(type).forEach(name -> addUrgent(type, name, loss, urgent));
      }
    }
    return urgent;
  }

  private void addUrgent(ResourceType type, String name, NearLoss loss, BitSet urgent) {
    BitSet subscribers = new BitSet();
    subscribers(type).collect(name, subscribers);
    each(
        subscribers,
        session -> {
          if (pacing.wouldDelay(session.number()) && session.losesNear(type, name, loss)) {
            urgent.set(session.number());
          }
        });
  }

  private long lastSent(int number) {
    ClientSession session = sessions.get(number);
    return session == null ? 0 : session.lastSent();
  }

  private void flush(int number) {
    step(number, ClientSession::flush);
  }

  private void tell(ResourceType type, String name, BitSet concerned) {
    BitSet subscribers = new BitSet();
    subscribers(type).collect(name, subscribers);
    each(subscribers, session -> session.changed(type, name));
    concerned.or(subscribers);
  }

  @FunctionalInterface
  private interface Step {
    void on(ClientSession session);
  }

  /** A defect that one session meets must not keep the others from their due. */
  private void each(BitSet numbers, Step step) {
    BitSet snapshot = (BitSet) numbers.clone();
    for (int i = snapshot.nextSetBit(0); i >= 0; i = snapshot.nextSetBit(i + 1)) {
      step(i, step);
    }
  }

  private void step(int number, Step step) {
    ClientSession session = sessions.get(number);
    if (session != null) {
      try {
        step.on(session);
      } catch (RuntimeException e) {
        session.transport().fail(e);
      } catch (OutOfMemoryError e) {
        // Netty's own limit of direct memory, which does not end the JVM.
        session.transport().fail(new IllegalStateException("no memory for a response", e));
      }
    }
  }
}
