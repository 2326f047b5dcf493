package io.github.topologyxds.delivery;

import io.github.topologyxds.xds.PortTranslation;
import io.github.topologyxds.xds.ResourceType;
import io.github.topologyxds.xds.XdsResource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What one stream wants of one type, what it has, and what it is due. At most one response is open
 * at a time; what changes meanwhile is collected, and the newest state goes out.
 *
 * <p>Owner: the stream's thread.
 */
final class Subscription {
  private final ResourceType type;
  private final XdsProtocolVariant variant;
  private final Quarantine quarantine = new Quarantine();
  private final Set<String> names = new HashSet<>();
  private final Set<String> dirty = new HashSet<>();
  private final Set<String> forced = new HashSet<>();
  private final ClientHoldings holdings = new ClientHoldings();
  private boolean wildcard;
  private boolean answerDue;

  Subscription(ResourceType type, XdsProtocolVariant variant) {
    this.type = type;
    this.variant = variant;
  }

  boolean isWildcard() {
    return wildcard;
  }

  boolean isOpen() {
    return holdings.open() != null;
  }

  /** Returns the names of what is new to the client in the open response. */
  Set<String> openNames() {
    ClientHoldings.OpenResponse open = holdings.open();
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
    for (String name : holdings.names()) {
      if (!names.contains(name)) {
        drop(name);
      }
    }
  }

  /** The client had these versions from an earlier stream. */
  void startFrom(Map<String, String> versions) {
    holdings.startFrom(versions);
    dirty.addAll(versions.keySet());
  }

  /**
   * A name that is asked for is sent, even if the client should have it already (xDS protocol,
   * delta): it may have dropped it meanwhile.
   */
  void subscribe(Collection<String> added) {
    for (String name : added) {
      if (!names.add(name) || holdings.knows(name)) {
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
    holdings.forget(name);
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
    dirty.addAll(holdings.names());
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

  /** True while the client does not have, or has not accepted, everything as it is now. */
  boolean isBehind() {
    return isOpen() || !dirty.isEmpty();
  }

  /** Returns the names of what the client has and what does not exist any more. */
  Set<String> gone(ClientResources resources) {
    Set<String> gone = new HashSet<>();
    for (String name : dirty) {
      if (holdings.hasSome(name) && resources.get(type, name) == null) {
        gone.add(name);
      }
    }
    return gone;
  }

  /**
   * Returns the response that is due now, which then is the open one; null if none is.
   *
   * @param held names that must stay as the client has them for now
   */
  @Nullable Push next(ClientResources resources, Set<String> held) {
    while (!isOpen() && (answerDue || !dirty.isEmpty())) {
      Set<String> trial = quarantine.onTrial();
      Predicate<String> mayChange =
          name -> !held.contains(name) && (trial == null || trial.contains(name));
      Push push =
          wholeTypeAtOnce() ? wholeState(resources, mayChange) : partial(resources, mayChange);
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

  private @Nullable Push partial(ClientResources resources, Predicate<String> mayChange) {
    Map<String, XdsResource> fresh = new TreeMap<>();
    List<String> removed = new ArrayList<>();
    Set<String> awaited = new HashSet<>();
    for (String name : new TreeSet<>(dirty)) {
      if (!mayChange.test(name)) {
        continue;
      }
      dirty.remove(name);
      boolean again = forced.remove(name);
      if (again) {
        awaited.add(name);
      } else if (keepsWhatItHad(resources, name)) {
        continue;
      }
      XdsResource wanted = wanted(resources, name);
      if (wanted != null && (again || !holdings.has(wanted))) {
        fresh.put(name, wanted);
      } else if (wanted == null && mustHearOfAbsence(name, awaited)) {
        removed.add(name);
      }
    }
    removed.forEach(wildcard ? holdings::forget : holdings::absent);
    List<String> told = variant == XdsProtocolVariant.DELTA ? removed : List.of();
    if (fresh.isEmpty() && told.isEmpty() && !answerDue) {
      return null;
    }
    holdings.opened(fresh, awaited);
    return new Push(type, List.copyOf(fresh.values()), told);
  }

  /** It has the resource, or asks for it by name and has not been told yet. */
  private boolean mustHearOfAbsence(String name, Set<String> awaited) {
    boolean asks = names.contains(name) && (awaited.contains(name) || !holdings.knows(name));
    return asks || holdings.hasSome(name);
  }

  /** CDS and LDS in state-of-the-world: what a response does not hold is deleted. */
  private @Nullable Push wholeState(ClientResources resources, Predicate<String> mayChange) {
    Map<String, XdsResource> state = new TreeMap<>();
    Map<String, XdsResource> fresh = new TreeMap<>();
    Set<String> all = new HashSet<>(wildcard ? resources.names(type) : names);
    all.addAll(holdings.names());
    for (String name : all) {
      boolean wantedNow = wildcard || names.contains(name);
      XdsResource resource =
          mayChange.test(name) ? wanted(resources, name) : holdings.accepted(name);
      if (resource != null && wantedNow) {
        state.put(name, resource);
        if (!holdings.has(resource)) {
          fresh.put(name, resource);
        }
      }
    }
    boolean gone = !state.keySet().containsAll(holdings.names());
    dirty.removeIf(mayChange);
    forced.removeIf(mayChange);
    if (fresh.isEmpty() && !gone && !answerDue) {
      return null;
    }
    holdings.opened(fresh, Set.of());
    holdings.retain(state.keySet());
    return new Push(type, List.copyOf(state.values()), List.of());
  }

  /** What the client should have: the resource as it is, or what stands in for a refused one. */
  private @Nullable XdsResource wanted(ClientResources resources, String name) {
    XdsResource resource = resources.get(type, name);
    if (resource == null || !quarantine.refuses(resource)) {
      return resource;
    }
    XdsResource last = holdings.accepted(name);
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
        && holdings.accepted(name) == null
        && holdings.hasSome(name);
  }

  /** The client has accepted the open response. */
  void acknowledged() {
    if (isOpen()) {
      holdings.acknowledged();
      quarantine.trialOver();
    }
  }

  /** The client has refused the open response; returns what was new in it. */
  Collection<XdsResource> refused() {
    ClientHoldings.OpenResponse refused = holdings.open();
    if (refused == null) {
      return List.of();
    }
    for (String name : refused.fresh().keySet()) {
      if (holdings.knows(name)) {
        dirty.add(name);
        // A cluster warms until it hears of its endpoints, changed or not.
        if (type == ResourceType.ENDPOINT && refused.awaited().contains(name)) {
          forced.add(name);
        }
      }
    }
    holdings.refused();
    if (!refused.fresh().isEmpty()) {
      quarantine.onRefusal(refused.fresh().values());
    }
    return refused.fresh().values();
  }
}
