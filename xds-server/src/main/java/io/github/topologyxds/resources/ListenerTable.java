package io.github.topologyxds.resources;

import io.github.topologyxds.resources.visibility.HiddenAddresses;
import io.github.topologyxds.xds.ondemand.OnDemandListeners;
import io.github.topologyxds.xds.resource.XdsResource;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The listeners of sidecars on demand in one state of the Services: the same for all that have the
 * same port, and from which the same addresses are hidden. Any thread.
 */
final class ListenerTable {
  /** Clients name their ports, and may name many. */
  private static final int LISTENERS = 100;

  private static final long BYTES = 16L << 20;

  /** A String, its array and its place in a set. */
  private static final int ADDRESS_BYTES = 120;

  private final OnDemandListeners made;
  private final HiddenAddresses hidden;

  // Guarded by itself.
  private final LruMap<Key, Map<String, XdsResource>> built =
      new LruMap<>(LISTENERS, BYTES, ListenerTable::bytes);

  private record Key(int port, Set<String> hidden) {}

  /**
   * None is built yet.
   *
   * @param hidden of the addresses that they name
   */
  ListenerTable(OnDemandListeners made, HiddenAddresses hidden) {
    this.made = made;
    this.hidden = hidden;
  }

  /** Returns whether no client could tell this one from the other. */
  boolean isMadeOfTheSameAs(ListenerTable other) {
    return made.equals(other.made) && hidden.equals(other.hidden);
  }

  /**
   * Returns the listener of this name; null when there is none.
   *
   * @param namespace whose clients see what this client sees
   */
  @Nullable XdsResource get(String name, int port, String namespace) {
    Key key = new Key(port, hidden.from(namespace));
    synchronized (built) {
      Map<String, XdsResource> known = built.get(key);
      if (known == null) {
        known =
            made.without(key.hidden()).on(port).stream()
                .collect(Collectors.toUnmodifiableMap(XdsResource::name, Function.identity()));
        built.put(key, known);
      }
      return known.get(name);
    }
  }

  private static long bytes(Key key, Map<String, XdsResource> built) {
    return (long) key.hidden().size() * ADDRESS_BYTES
        + built.values().stream().mapToLong(one -> one.packed().getValue().size()).sum();
  }
}
