package io.github.topologyxds.subscription;

import io.github.topologyxds.resources.NameCount;
import io.github.topologyxds.xds.XdsResource;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What a client wants and has of one type, as far as we know: the names that it asked for, what may
 * be different from what it has, and the content that it was last sent. The response that it has
 * not answered yet counts as accepted until it is refused.
 *
 * <p>Of each name one object is kept: the resource that the client has; or the version of one from
 * an earlier stream; or {@link #ABSENT}; or null.
 *
 * <p>Owner: the stream's thread.
 */
public final class ClientState {
  /** The version of a resource that the client has been told does not exist. */
  private static final String ABSENT = "";

  private final SubscriberIndex topics;
  private final int session;
  private ClientStateTable table = new ClientStateTable();
  private final DirtyNames dirty = new DirtyNames(this);
  private @Nullable UnackedResponse open;

  /**
   * Knows nothing.
   *
   * @param session the number of the session in the index
   */
  public ClientState(SubscriberIndex topics, int session) {
    this.topics = topics;
    this.session = session;
  }

  /** Returns the topic of a name that the client wants or has; null if it does neither. */
  @Nullable Subscribers find(String name) {
    Subscribers topic = topics.find(name);
    return topic == null || table.find(topic) < 0 ? null : topic;
  }

  /** Takes over what another client has that was sent the same; there was nothing before. */
  void startAs(InitialResponseCache.Answer answer) {
    table = new ClientStateTable(answer.table());
    each(topic -> topic.sessions().set(session));
    dirty.startAs(answer.due());
    open = answer.response();
  }

  /** Returns what others can start from that are sent the same; nothing was sent before. */
  InitialResponseCache.Answer answer(UnackedResponse response, Push push) {
    return new InitialResponseCache.Answer(
        new ClientStateTable(table), dirty.names(), response, push, topics.forgotten());
  }

  /** Returns what the client has asked for by name. */
  NameCount named() {
    return table.named();
  }

  /** Returns how many names the client wants or has. */
  int size() {
    return table.size();
  }

  /** Makes room for so many more names, at once. */
  void reserve(int more) {
    table.reserve(more);
  }

  public Subscribers enter(String name) {
    Subscribers topic = topics.join(name, session);
    table.add(topic);
    return topic;
  }

  /** Forgets a name of which there is nothing to remember. */
  void tidy(Subscribers topic) {
    int slot = table.find(topic);
    if (slot >= 0 && table.unmarked(slot) && table.held(slot) == null) {
      table.remove(slot);
      topics.leave(topic, session);
    }
  }

  /** Forgets everything of a name. */
  public void drop(Subscribers topic) {
    int slot = table.find(topic);
    if (slot >= 0) {
      dirty.clean(topic);
      table.remove(slot);
      topics.leave(topic, session);
    }
  }

  /** The stream is over. */
  void dropAll() {
    each(topic -> topics.leave(topic, session));
    topics.leaveAll(session);
  }

  /** Calls for each topic that is known; the callee may change anything but this table's size. */
  void each(Consumer<Subscribers> action) {
    for (int slot = 0; slot < table.slots(); slot++) {
      Subscribers topic = table.topic(slot);
      if (topic != null) {
        action.accept(topic);
      }
    }
  }

  boolean is(Subscribers topic, int mark) {
    int slot = table.find(topic);
    return slot >= 0 && table.is(slot, mark);
  }

  void mark(Subscribers topic, int mark) {
    table.mark(table.add(topic), mark);
  }

  /** Takes a mark away; returns whether it was there. */
  boolean unmark(Subscribers topic, int mark) {
    int slot = table.find(topic);
    boolean had = slot >= 0 && table.is(slot, mark);
    if (had) {
      table.unmark(slot, mark);
    }
    return had;
  }

  /** What the client has may be different from what there is. */
  public void markDirty(Subscribers topic) {
    dirty.add(topic);
  }

  public DirtyNames dirty() {
    return dirty;
  }

  /** The client had this version from an earlier stream. */
  void startFrom(Subscribers topic, String version) {
    table.hold(table.add(topic), version);
  }

  private @Nullable Object held(Subscribers topic) {
    int slot = table.find(topic);
    return slot < 0 ? null : table.held(slot);
  }

  boolean has(Subscribers topic, XdsResource resource) {
    return switch (held(topic)) {
      case null -> false;
      case XdsResource has -> has.version().equals(resource.version());
      case Object version -> version.equals(resource.version());
    };
  }

  boolean hasSome(Subscribers topic) {
    Object held = held(topic);
    return held != null && !held.equals(ABSENT);
  }

  /** True when the client has the resource, or has been told that there is none. */
  boolean knows(Subscribers topic) {
    return held(topic) != null;
  }

  /** Returns what the client has of this stream; may only be asked while no response is open. */
  @Nullable XdsResource accepted(Subscribers topic) {
    return held(topic) instanceof XdsResource accepted ? accepted : null;
  }

  /** The version from an earlier stream is that of this resource. */
  void recognise(Subscribers topic, XdsResource resource) {
    table.hold(table.add(topic), resource);
  }

  /** Tells in a response that there is no such resource; a name that is asked for stays known. */
  void remove(UnackedResponse response, Subscribers topic) {
    if (is(topic, ClientStateTable.NAMED)) {
      response.addRemoved(topic.name(), held(topic));
      table.hold(table.add(topic), ABSENT);
    } else {
      removeAndForget(response, topic);
    }
  }

  /** The same for a client that wants all, and need not be told again that there is none. */
  void removeAndForget(UnackedResponse response, Subscribers topic) {
    response.addRemoved(topic.name(), held(topic));
    forget(topic);
  }

  /** The client does not have it, and need not be told. */
  void forget(Subscribers topic) {
    int slot = table.find(topic);
    if (slot >= 0) {
      table.hold(slot, null);
      tidy(topic);
    }
  }

  @Nullable UnackedResponse open() {
    return open;
  }

  /** Puts a resource into a response. */
  void put(UnackedResponse response, Subscribers topic, XdsResource resource) {
    int slot = table.add(topic);
    response.add(resource, table.held(slot));
    table.hold(slot, resource);
  }

  /** A response goes out. */
  void opened(UnackedResponse response) {
    open = response;
  }

  /** The client has answered. */
  void answered() {
    open = null;
  }

  /** Puts back what the client had of a name, or did not have. */
  void hold(Subscribers topic, @Nullable Object had) {
    table.hold(table.add(topic), had);
  }
}
