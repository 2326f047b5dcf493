package io.github.topologyxds.subscription;

import io.github.topologyxds.xds.resource.KnownResource;
import io.github.topologyxds.xds.resource.XdsResource;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A response that the client has not answered yet: what is new to it, and what it had instead.
 *
 * <p>Owner: the stream's thread.
 */
public final class UnackedResponse {
  /** What a resource takes beside its name and content: version, type URL, lengths. */
  private static final int FRAME_BYTES = 100;

  private final List<XdsResource> fresh = new ArrayList<>();
  private final BitSet awaited = new BitSet();
  private final List<Removed> removed = new ArrayList<>();

  /** What the client had before; stays null while it had nothing, as in a first response. */
  private @Nullable List<@Nullable KnownResource> before;

  private int bytes;

  /** Returns about how long it is on the wire. */
  int bytes() {
    return bytes;
  }

  /**
   * A name that is told to be gone.
   *
   * @param had what the client had of it before; null: nothing that is known
   */
  record Removed(String name, @Nullable KnownResource had) {}

  /** A name is told to be gone. */
  void addRemoved(String name, @Nullable KnownResource had) {
    removed.add(new Removed(name, had));
    bytes += name.length();
  }

  /** Returns what is told to be gone, in the order of the names. */
  List<Removed> removed() {
    return removed;
  }

  /**
   * Adds a resource.
   *
   * @param had what the client had of it before
   */
  void add(XdsResource resource, @Nullable KnownResource had) {
    if (had != null && before == null) {
      before = new ArrayList<>();
    }
    List<@Nullable KnownResource> earlier = before;
    if (earlier != null) {
      while (earlier.size() < fresh.size()) {
        earlier.add(null);
      }
      earlier.add(had);
    }
    fresh.add(resource);
    bytes += FRAME_BYTES + resource.name().length() + resource.packed().getValue().size();
  }

  /** The client waits for the resource added last, whatever its version. */
  void lastIsAwaited() {
    awaited.set(fresh.size() - 1);
  }

  /** Returns what is new to the client, in the order of the names. */
  List<XdsResource> fresh() {
    return fresh;
  }

  @Nullable KnownResource before(int index) {
    return before == null ? null : before.get(index);
  }

  boolean awaited(int index) {
    return awaited.get(index);
  }
}
