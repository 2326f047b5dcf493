package io.github.topologyxds.resources;

import io.github.topologyxds.xds.OnDemandListeners;
import io.github.topologyxds.xds.XdsResource;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The listeners of sidecars on demand in one state of the Services: the same for all that have the
 * same port. Any thread.
 */
final class ListenerTable {
  /** Clients name their ports, and may name many. */
  private static final int PORTS = 100;

  private static final long BYTES = 16L << 20;

  private final OnDemandListeners made;

  // Guarded by itself.
  private final LruMap<Integer, Map<String, XdsResource>> byPort =
      new LruMap<>(PORTS, BYTES, (port, built) -> bytes(built));

  /** None is built yet. */
  ListenerTable(OnDemandListeners made) {
    this.made = made;
  }

  /** Returns what they are made of. */
  OnDemandListeners madeOf() {
    return made;
  }

  /** Returns the listener of this name; null when there is none. */
  @Nullable XdsResource get(String name, int port) {
    synchronized (byPort) {
      Map<String, XdsResource> known = byPort.get(port);
      if (known == null) {
        known =
            made.on(port).stream()
                .collect(Collectors.toUnmodifiableMap(XdsResource::name, Function.identity()));
        byPort.put(port, known);
      }
      return known.get(name);
    }
  }

  private static long bytes(Map<String, XdsResource> built) {
    return built.values().stream().mapToLong(one -> one.packed().getValue().size()).sum();
  }
}
