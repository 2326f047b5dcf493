package io.github.topologyxds.subscription;

import io.github.topologyxds.resources.NameCount;
import io.github.topologyxds.xds.resource.KnownResource;
import io.github.topologyxds.xds.resource.XdsResource;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What a client wants and has of one type, as far as we know: the names that it asked for, what may
 * be different from what it has, and the content that it was last sent. The response that it has
 * not answered yet counts as accepted until it is refused.
 *
 * <p>Of each name one {@link KnownResource} is kept, or null: nothing is known.
 *
 * <p>Owner: the stream's thread.
 */
public final class ClientState {
  private final SubscriberIndex index;
  private final int session;
  private ClientStateTable table = new ClientStateTable();
  private final DirtyNames dirty = new DirtyNames(this);
  private @Nullable UnackedResponse unacked;

  /**
   * Knows nothing.
   *
   * @param session the number of the session in the index
   */
  public ClientState(SubscriberIndex index, int session) {
    this.index = index;
    this.session = session;
  }

  /** Returns the entry of a name that the client wants or has; null if it does neither. */
  @Nullable Subscribers find(String name) {
    Subscribers entry = index.find(name);
    return entry == null || table.find(entry) < 0 ? null : entry;
  }

  /** Takes over what another client has that was sent the same; there was nothing before. */
  void startAs(InitialResponseCache.Entry other) {
    table = new ClientStateTable(other.table());
    each(entry -> entry.sessions().set(session));
    dirty.startAs(other.due());
    unacked = other.unacked();
  }

  /** Returns what others can start from that are sent the same; nothing was sent before. */
  InitialResponseCache.Entry cacheEntry(UnackedResponse response, Push push) {
    return new InitialResponseCache.Entry(
        new ClientStateTable(table), dirty.names(), response, push, index.forgotten());
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

  /**
   * Enters a name that the client wants or has, if it is not there yet, and returns who shares it.
   */
  public Subscribers enter(String name) {
    Subscribers entry = index.join(name, session);
    table.add(entry);
    return entry;
  }

  /** Forgets a name of which there is nothing to remember. */
  void tidy(Subscribers entry) {
    int slot = table.find(entry);
    if (slot >= 0 && table.unmarked(slot) && table.known(slot) == null) {
      table.remove(slot);
      index.leave(entry, session);
    }
  }

  /** Forgets everything of a name. */
  public void drop(Subscribers entry) {
    int slot = table.find(entry);
    if (slot >= 0) {
      dirty.clean(entry);
      table.remove(slot);
      index.leave(entry, session);
    }
  }

  /** The stream is over. */
  void dropAll() {
    each(entry -> index.leave(entry, session));
    index.leaveAll(session);
  }

  /** Calls for each name that is known; the callee may change anything but this table's size. */
  void each(Consumer<Subscribers> action) {
    for (int slot = 0; slot < table.slots(); slot++) {
      Subscribers entry = table.entry(slot);
      if (entry != null) {
        action.accept(entry);
      }
    }
  }

  boolean is(Subscribers entry, int mark) {
    int slot = table.find(entry);
    return slot >= 0 && table.is(slot, mark);
  }

  void mark(Subscribers entry, int mark) {
    table.mark(table.add(entry), mark);
  }

  /** Takes a mark away; returns whether it was there. */
  boolean unmark(Subscribers entry, int mark) {
    int slot = table.find(entry);
    boolean had = slot >= 0 && table.is(slot, mark);
    if (had) {
      table.unmark(slot, mark);
    }
    return had;
  }

  /** What the client has may be different from what there is. */
  public void markDirty(Subscribers entry) {
    dirty.add(entry);
  }

  /** Returns the names of which the client may not have what there is. */
  public DirtyNames dirty() {
    return dirty;
  }

  /** The client had this version from an earlier stream; "": it had nothing. */
  void startFrom(Subscribers entry, String version) {
    table.know(
        table.add(entry),
        version.isEmpty() ? KnownResource.Absent.ABSENT : new KnownResource.Version(version));
  }

  /** Returns what is known that the client has, or is being sent; null: nothing. */
  @Nullable KnownResource known(Subscribers entry) {
    int slot = table.find(entry);
    return slot < 0 ? null : table.known(slot);
  }

  boolean has(Subscribers entry, XdsResource resource) {
    KnownResource known = known(entry);
    return known != null && known.isSameAs(resource);
  }

  boolean hasSome(Subscribers entry) {
    KnownResource known = known(entry);
    return known != null && known != KnownResource.Absent.ABSENT;
  }

  /** True when the client has the resource, or has been told that there is none. */
  boolean knows(Subscribers entry) {
    return known(entry) != null;
  }

  /** Returns what the client has of this stream; may only be asked while no response is open. */
  @Nullable XdsResource accepted(Subscribers entry) {
    return known(entry) instanceof XdsResource accepted ? accepted : null;
  }

  /** The version from an earlier stream is that of this resource. */
  void recognise(Subscribers entry, XdsResource resource) {
    table.know(table.add(entry), resource);
  }

  /** Tells in a response that there is no such resource; a name that is asked for stays known. */
  void remove(UnackedResponse response, Subscribers entry) {
    if (is(entry, ClientStateTable.NAMED)) {
      response.addRemoved(entry.name(), known(entry));
      table.know(table.add(entry), KnownResource.Absent.ABSENT);
    } else {
      removeAndForget(response, entry);
    }
  }

  /** The same for a client that wants all, and need not be told again that there is none. */
  void removeAndForget(UnackedResponse response, Subscribers entry) {
    response.addRemoved(entry.name(), known(entry));
    forget(entry);
  }

  /** The client does not have it, and need not be told. */
  void forget(Subscribers entry) {
    int slot = table.find(entry);
    if (slot >= 0) {
      table.know(slot, null);
      tidy(entry);
    }
  }

  /** Returns the response that the client has not answered yet; null: it has answered all. */
  @Nullable UnackedResponse unacked() {
    return unacked;
  }

  /** Puts a resource into a response. */
  void put(UnackedResponse response, Subscribers entry, XdsResource resource) {
    int slot = table.add(entry);
    response.add(resource, table.known(slot));
    table.know(slot, resource);
  }

  /** A response goes out. */
  void sent(UnackedResponse response) {
    unacked = response;
  }

  /** The client has accepted or refused it. */
  void settled() {
    unacked = null;
  }

  /** Puts back what the client had of a name, or did not have. */
  void restore(Subscribers entry, @Nullable KnownResource had) {
    table.know(table.add(entry), had);
  }
}
