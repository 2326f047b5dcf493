package io.github.topologyxds.delivery;

import io.github.topologyxds.xds.PortTranslation;
import io.github.topologyxds.xds.ResourceType;
import io.github.topologyxds.xds.XdsResource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What one stream wants of one type, what it has, and what it is due. At most one response is open
 * at a time; what changes meanwhile is collected, and the newest state goes out.
 *
 * <p>Owner: the stream's thread.
 */
final class Subscription {
  /** In {@link #sent}: the client has been told that there is no such resource. */
  private static final String ABSENT = "";

  private final ResourceType type;
  private final XdsProtocolVariant variant;
  private final Quarantine quarantine = new Quarantine();
  private final Set<String> names = new HashSet<>();
  private final Set<String> dirty = new HashSet<>();
  private final Set<String> forced = new HashSet<>();

  /** The version that the client has of each resource, once the open response is accepted. */
  private final Map<String, String> sent = new HashMap<>();

  private final Map<String, XdsResource> accepted = new HashMap<>();
  private boolean wildcard;
  private boolean answerDue;
  private @Nullable OpenResponse open;

  Subscription(ResourceType type, XdsProtocolVariant variant) {
    this.type = type;
    this.variant = variant;
  }

  /**
   * What is in the open response: the new resources, the versions that they replace, and which of
   * them the client waits for whatever their version.
   */
  private record OpenResponse(
      Map<String, XdsResource> fresh, Map<String, String> before, Set<String> awaited) {}

  boolean isWildcard() {
    return wildcard;
  }

  boolean isOpen() {
    return open != null;
  }

  /** Returns the names of what is new to the client in the open response. */
  Set<String> openNames() {
    return open == null ? Set.of() : open.fresh().keySet();
  }

  /** Covers every resource of the type, whatever its name. */
  void subscribeToAll(Collection<String> allNames) {
    wildcard = true;
    answerDue = true;
    dirty.addAll(allNames);
  }

  void unsubscribeFromAll() {
    wildcard = false;
    for (String name : List.copyOf(sent.keySet())) {
      if (!names.contains(name)) {
        drop(name);
      }
    }
  }

  /** The client had these versions from an earlier stream. */
  void startFrom(Map<String, String> versions) {
    sent.putAll(versions);
    dirty.addAll(versions.keySet());
  }

  /**
   * A name that is asked for is sent, even if the client should have it already (xDS protocol,
   * delta): it may have dropped it meanwhile.
   */
  void subscribe(Collection<String> added) {
    for (String name : added) {
      if (!names.add(name) || sent.containsKey(name)) {
        forced.add(name);
      }
      // A whole state tells by leaving it out that there is no such resource.
      answerDue |= wholeTypeAtOnce();
      dirty.add(name);
    }
  }

  void unsubscribe(Collection<String> dropped) {
    for (String name : dropped) {
      if (names.remove(name) && !wildcard) {
        drop(name);
      }
    }
  }

  /** State-of-the-world: the client wants exactly these names. */
  void replaceNames(Collection<String> wanted) {
    Set<String> target = new HashSet<>(wanted);
    unsubscribe(names.stream().filter(name -> !target.contains(name)).toList());
    target.removeAll(names);
    subscribe(target);
  }

  private void drop(String name) {
    sent.remove(name);
    accepted.remove(name);
    dirty.remove(name);
    forced.remove(name);
    quarantine.forget(name);
  }

  /** These resources may be different now. */
  void changed(Collection<String> changedNames) {
    for (String name : changedNames) {
      if (wildcard || names.contains(name)) {
        dirty.add(name);
      }
    }
  }

  /** All subscribed resources may be different now. */
  void allChanged() {
    dirty.addAll(names);
    dirty.addAll(sent.keySet());
  }

  /** These must be sent again even if they are the same, as far as they are subscribed. */
  void force(Collection<String> again) {
    for (String name : again) {
      if (names.contains(name)) {
        forced.add(name);
        dirty.add(name);
      }
    }
  }

  /** Returns the response that is due now, which then is the open one; null if none is. */
  @Nullable Push next(ClientResources resources) {
    while (open == null && (answerDue || !dirty.isEmpty())) {
      Set<String> trial = quarantine.onTrial();
      Push push = wholeTypeAtOnce() ? wholeState(resources, trial) : partial(resources, trial);
      if (push != null) {
        answerDue = false;
        return push;
      }
      if (trial == null) {
        return null;
      }
      quarantine.trialOver();
    }
    return null;
  }

  private boolean wholeTypeAtOnce() {
    return variant == XdsProtocolVariant.STATE_OF_THE_WORLD
        && (type == ResourceType.CLUSTER || type == ResourceType.LISTENER);
  }

  private @Nullable Push partial(ClientResources resources, @Nullable Set<String> trial) {
    Map<String, XdsResource> fresh = new TreeMap<>();
    List<String> removed = new ArrayList<>();
    Set<String> awaited = new HashSet<>();
    for (String name : new TreeSet<>(dirty)) {
      if (trial != null && !trial.contains(name)) {
        continue;
      }
      dirty.remove(name);
      boolean again = forced.remove(name);
      XdsResource wanted = wanted(resources, name);
      String had = sent.get(name);
      if (again) {
        awaited.add(name);
      } else if (keepsWhatItHad(resources, name)) {
        continue;
      }
      if (wanted == null) {
        boolean asked = names.contains(name) && (again || !ABSENT.equals(had));
        if (asked || (had != null && !ABSENT.equals(had))) {
          removed.add(name);
        }
      } else if (again || !wanted.version().equals(had)) {
        fresh.put(name, wanted);
      }
    }
    boolean sayRemoved = variant == XdsProtocolVariant.DELTA;
    removed.forEach(name -> {
      accepted.remove(name);
      sent.put(name, ABSENT);
    });
    if (wildcard) {
      removed.forEach(sent::remove);
    }
    if (fresh.isEmpty() && !(sayRemoved && !removed.isEmpty()) && !answerDue) {
      return null;
    }
    opened(fresh, awaited);
    return new Push(type, List.copyOf(fresh.values()), sayRemoved ? removed : List.of());
  }

  /** CDS and LDS in state-of-the-world: what a response does not hold is deleted. */
  private @Nullable Push wholeState(ClientResources resources, @Nullable Set<String> trial) {
    Map<String, XdsResource> state = new TreeMap<>();
    Map<String, XdsResource> fresh = new TreeMap<>();
    for (String name : wildcard ? resources.names(type) : names) {
      boolean mayChange = trial == null || trial.contains(name);
      XdsResource resource = mayChange ? wanted(resources, name) : accepted.get(name);
      if (resource != null) {
        state.put(name, resource);
        if (!resource.version().equals(sent.get(name))) {
          fresh.put(name, resource);
        }
      }
    }
    boolean gone = sent.keySet().stream().anyMatch(name -> !state.containsKey(name));
    if (trial == null) {
      dirty.clear();
      forced.clear();
    } else {
      dirty.removeAll(trial);
    }
    if (fresh.isEmpty() && !gone && !answerDue) {
      return null;
    }
    opened(fresh, Set.of());
    sent.keySet().retainAll(state.keySet());
    return new Push(type, List.copyOf(state.values()), List.of());
  }

  /** What the client should have: the resource as it is, or what stands in for a refused one. */
  private @Nullable XdsResource wanted(ClientResources resources, String name) {
    XdsResource resource = resources.get(type, name);
    if (resource == null || !quarantine.refuses(resource)) {
      return resource;
    }
    XdsResource last = accepted.get(name);
    if (type != ResourceType.ENDPOINT || (last != null && !quarantine.refuses(last))) {
      return last;
    }
    XdsResource empty = PortTranslation.unknown(name);
    return quarantine.refuses(empty) ? null : empty;
  }

  /** It has refused what there is, and has a version from an earlier stream: better than none. */
  private boolean keepsWhatItHad(ClientResources resources, String name) {
    XdsResource resource = resources.get(type, name);
    return resource != null
        && quarantine.refuses(resource)
        && !accepted.containsKey(name)
        && !sent.getOrDefault(name, ABSENT).equals(ABSENT);
  }

  private void opened(Map<String, XdsResource> fresh, Set<String> awaited) {
    Map<String, String> before = new HashMap<>();
    fresh.forEach((name, resource) -> {
      String had = sent.put(name, resource.version());
      if (had != null) {
        before.put(name, had);
      }
    });
    open = new OpenResponse(fresh, before, awaited);
  }

  /** The client has accepted the open response. */
  void acknowledged() {
    if (open != null) {
      open.fresh()
          .forEach((name, resource) -> {
            if (sent.containsKey(name)) {
              accepted.put(name, resource);
            }
          });
      open = null;
      quarantine.trialOver();
    }
  }

  /** The client has refused the open response; returns what was new in it. */
  Collection<XdsResource> refused() {
    if (open == null) {
      return List.of();
    }
    OpenResponse refused = open;
    open = null;
    refused
        .fresh()
        .keySet()
        .forEach(name -> {
          if (sent.remove(name) != null) {
            String before = refused.before().get(name);
            if (before != null) {
              sent.put(name, before);
            }
            dirty.add(name);
            // A cluster warms until it hears of its endpoints, changed or not.
            if (type == ResourceType.ENDPOINT && refused.awaited().contains(name)) {
              forced.add(name);
            }
          }
        });
    if (!refused.fresh().isEmpty()) {
      quarantine.onRefusal(refused.fresh().values());
    }
    return refused.fresh().values();
  }
}
