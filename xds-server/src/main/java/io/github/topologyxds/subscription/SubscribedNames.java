package io.github.topologyxds.subscription;

import com.google.common.base.Suppliers;
import io.github.topologyxds.xds.resource.XdsResource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * What a client asks for of one type: names, or all there are, or both.
 *
 * <p>Owner: the stream's thread.
 */
public final class SubscribedNames {
  private final SubscriptionContext context;
  private final ClientState state;
  private final Quarantine quarantine;
  private boolean wildcard;
  private boolean responseDue;
  private boolean resumed;
  private Set<String> left = Set.of();

  /** Asks for nothing. */
  SubscribedNames(SubscriptionContext context, ClientState state, Quarantine quarantine) {
    this.context = context;
    this.state = state;
    this.quarantine = quarantine;
  }

  boolean isWildcard() {
    return wildcard;
  }

  /** Returns whether the client waits for a response, be it an empty one. */
  boolean responseDue() {
    return responseDue;
  }

  /** It is sent one. */
  void responded() {
    responseDue = false;
  }

  /** Returns whether the client brought anything from an earlier stream. */
  boolean resumed() {
    return resumed;
  }

  /** Covers every resource of the type; which those are is looked up later. */
  void coverAll() {
    wildcard = true;
    context.shared().subscribers().joinAll(context.shared().session());
  }

  /** Covers every resource of the type, whatever its name. */
  public void subscribeToAll() {
    coverAll();
    responseDue = true;
    if (!context.isFullState()) {
      context.resources().names(context.type()).forEach(name -> state.markDirty(state.enter(name)));
    }
  }

  /** The client does not want everything any more; what it wants by name stays. */
  public void unsubscribeFromAll() {
    wildcard = false;
    context.shared().subscribers().leaveAll(context.shared().session());
    List<Subscribers> unnamed = new ArrayList<>();
    state.each(entry -> {
      if (!isNamed(entry)) {
        unnamed.add(entry);
      }
    });
    unnamed.forEach(this::drop);
  }

  /** The client had these versions from an earlier stream. */
  public void startFrom(Map<String, String> versions) {
    resumed = !versions.isEmpty();
    left = context.resources().leaves(context.type(), versions.keySet());
    versions.forEach((name, version) -> {
      if (name.isEmpty()) {
        return;
      }
      Subscribers entry = state.enter(name);
      if (!state.knows(entry)) {
        state.startFrom(entry, version);
      }
      state.markDirty(entry);
    });
  }

  /** The client is sent these without a request, which is on its way to us as a rule. */
  public void subscribeUnasked(Collection<String> added) {
    subscribe(added);
    for (String name : added) {
      state.mark(state.enter(name), ClientStateTable.UNASKED);
    }
  }

  /**
   * A name that is asked for is sent, even if the client should have it already (xDS protocol,
   * delta): it may have dropped it meanwhile. Not where the request and the response that it was
   * sent unasked have crossed: it has asked before it has answered, so that response comes to it
   * with the name asked for.
   */
  public void subscribe(Collection<String> added) {
    state.reserve(added.size());
    Supplier<Set<String>> crossing = Suppliers.memoize(this::underWay);
    for (String name : added) {
      Subscribers entry = state.enter(name);
      if (state.unmark(entry, ClientStateTable.UNASKED) && crossing.get().contains(name)) {
        continue;
      }
      if (isNamed(entry) || state.knows(entry)) {
        state.mark(entry, ClientStateTable.FORCED);
      }
      state.mark(entry, ClientStateTable.NAMED);
      state.markDirty(entry);
      // A whole state tells by leaving it out that there is no such resource.
      responseDue |= context.isFullState();
    }
  }

  private Set<String> underWay() {
    UnackedResponse open = state.unacked();
    return open == null
        ? Set.of()
        : open.fresh().stream().map(XdsResource::name).collect(Collectors.toUnmodifiableSet());
  }

  /** The client does not want these names any more. */
  public void unsubscribe(Collection<String> dropped) {
    for (String name : dropped) {
      Subscribers entry = state.find(name);
      if (entry == null || !state.unmark(entry, ClientStateTable.NAMED)) {
        continue;
      }
      if (wildcard) {
        // Whether that covers it only we know, and must say: sent again, or removed (xDS protocol).
        state.mark(entry, ClientStateTable.FORCED);
        state.markDirty(entry);
      } else {
        drop(entry);
      }
    }
  }

  /** State-of-the-world: the client wants exactly these names. */
  public void replaceNames(Collection<String> wanted) {
    Set<String> target = new HashSet<>(wanted);
    List<String> dropped = new ArrayList<>();
    Set<String> known = new HashSet<>();
    state.each(entry -> {
      if (isNamed(entry)) {
        (target.contains(entry.name()) ? known : dropped).add(entry.name());
      }
    });
    unsubscribe(dropped);
    target.removeAll(known);
    subscribe(target);
  }

  /** Returns whether the client keeps it from an earlier stream, though nothing asks for it. */
  boolean leaves(String name) {
    return left.contains(name)
        && !context.resources().leaves(context.type(), Set.of(name)).isEmpty();
  }

  boolean isNamed(Subscribers entry) {
    return state.is(entry, ClientStateTable.NAMED);
  }

  private void drop(Subscribers entry) {
    state.drop(entry);
    quarantine.forget(entry.name());
  }
}
