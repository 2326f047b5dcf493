package io.github.topologyxds.resources.visibility;

import io.github.topologyxds.model.ObjectName;
import io.github.topologyxds.topology.settings.Visibility;
import io.github.topologyxds.topology.settings.VisibleTo.Namespaces;
import io.github.topologyxds.xds.ServiceTranslation;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What the clients of each namespace see in one state of the Services. Namespaces that see the same
 * share a {@link Sight}; those that no Service tells apart from others see what everybody sees, so
 * that clients that make up namespaces cannot make this grow. Immutable but for what is known of
 * earlier questions; any thread.
 */
public final class Sights {
  /** No Service is hidden from anybody. */
  public static final Sights UNLIMITED = new Sights(Map.of());

  /** The Services that not everybody sees. */
  private final Map<ObjectName, Visibility> limited;

  /** The namespaces that one of them names, its own too. */
  private final Set<String> namespaces;

  private final Map<String, Sight> byNamespace = new ConcurrentHashMap<>();
  private final Map<Set<ObjectName>, Sight> bySeen = new ConcurrentHashMap<>();

  private Sights(Map<ObjectName, Visibility> limited) {
    this.limited = Map.copyOf(limited);
    Set<String> named = new HashSet<>();
    for (Visibility visibility : limited.values()) {
      named.add(visibility.own());
      if (visibility.asked().value() instanceof Namespaces(var names)) {
        named.addAll(names);
      }
    }
    this.namespaces = Set.copyOf(named);
  }

  /** Returns what is seen once these Services are new or different, and those gone. */
  public Sights with(Collection<ServiceTranslation> changed, Collection<ObjectName> gone) {
    Map<ObjectName, Visibility> next = null;
    for (ServiceTranslation service : changed) {
      Visibility now = service.visibility();
      ObjectName name = service.service();
      if (!now.isEverybodys() && !now.equals(limited.get(name))) {
        next = next == null ? new HashMap<>(limited) : next;
        next.put(name, now);
      } else if (now.isEverybodys() && limited.containsKey(name)) {
        next = next == null ? new HashMap<>(limited) : next;
        next.remove(name);
      }
    }
    for (ObjectName name : gone) {
      if (limited.containsKey(name)) {
        next = next == null ? new HashMap<>(limited) : next;
        next.remove(name);
      }
    }
    return next == null ? this : new Sights(next);
  }

  /** Returns whether any Service is hidden from anybody. */
  public boolean areLimited() {
    return !limited.isEmpty();
  }

  /**
   * Returns what the clients of a namespace see.
   *
   * @param namespace "" for clients of none
   */
  public Sight of(String namespace) {
    return byNamespace.computeIfAbsent(
        namespaces.contains(namespace) ? namespace : "", this::sight);
  }

  private Sight sight(String namespace) {
    Set<ObjectName> seen = new HashSet<>();
    limited.forEach((service, visibility) -> {
      if (visibility.includes(namespace)) {
        seen.add(service);
      }
    });
    return bySeen.computeIfAbsent(seen, these -> new Sight(these, this));
  }

  /** Returns whether the clients who see these of the limited Services see this Service. */
  boolean includes(Set<ObjectName> seen, ObjectName service) {
    return seen.contains(service) || !limited.containsKey(service);
  }
}
