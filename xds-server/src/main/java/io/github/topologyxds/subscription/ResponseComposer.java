package io.github.topologyxds.subscription;

import io.github.topologyxds.xds.resource.XdsProtocol;
import io.github.topologyxds.xds.resource.XdsResource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Puts a stream's next response of one type together: what is different from what the client has,
 * or the whole state where the protocol wants that.
 *
 * <p>Owner: the stream's thread.
 */
final class ResponseComposer {
  private final SubscriptionContext context;
  private final ClientState state;
  private final Quarantine quarantine;

  /**
   * What is asked for.
   *
   * @param kept names that must stay as the client has them for now
   * @param trial names that alone may be brought up to date now; null: all
   */
  record Ask(SubscribedNames subscribed, Set<String> kept, @Nullable Set<String> trial) {
    boolean isOnTrial(String name) {
      return trial == null || trial.contains(name);
    }

    boolean mayChange(String name) {
      return !kept.contains(name) && isOnTrial(name);
    }
  }

  ResponseComposer(SubscriptionContext context, ClientState state, Quarantine quarantine) {
    this.context = context;
    this.state = state;
    this.quarantine = quarantine;
  }

  /** Returns the response, which then is the open one; null when there is nothing to say. */
  @Nullable Push compose(Ask ask) {
    return context.isFullState() ? fullState(ask) : partial(ask);
  }

  private boolean isNamed(Subscribers entry) {
    return state.is(entry, ClientStateTable.NAMED);
  }

  private boolean isWanted(Ask ask, @Nullable Subscribers entry, String name) {
    return (entry != null && isNamed(entry))
        || (ask.subscribed().isWildcard() && context.resources().covers(context.type(), name));
  }

  /** What is different, as much of it as one response takes; the rest comes after its answer. */
  private @Nullable Push partial(Ask ask) {
    UnackedResponse response = new UnackedResponse();
    List<String> removed = new ArrayList<>();
    for (Subscribers entry :
        state.dirty().take(entry -> ask.isOnTrial(entry.name()) && !stays(ask, entry))) {
      if (response.bytes() >= context.shared().responseBytes()) {
        state.markDirty(entry);
        continue;
      }
      boolean again = state.unmark(entry, ClientStateTable.FORCED);
      boolean isWanted = isWanted(ask, entry, entry.name());
      XdsResource current = isWanted ? current(ask, entry) : null;
      XdsResource wanted = wanted(current, entry);
      boolean isLeft = !isWanted && ask.subscribed().leaves(entry.name());
      if (!again && (isLeft || keepsWhatItHad(current, entry))) {
        continue;
      }
      if (wanted != null && (again || !state.has(entry, wanted))) {
        state.put(response, entry, wanted);
        if (again) {
          response.lastIsAwaited();
        }
      } else if (wanted == null && (again || mustHearOfAbsence(entry))) {
        removed.add(entry.name());
        if (ask.subscribed().isWildcard()) {
          state.removeAndForget(response, entry);
        } else {
          state.remove(response, entry);
        }
        if (context.resources().forgets(context.type(), entry.name())) {
          state.drop(entry);
        }
        if (!isWanted) {
          quarantine.forget(entry.name());
        }
      } else if (wanted != null) {
        state.recognise(entry, wanted);
      } else {
        state.tidy(entry);
      }
    }
    List<String> told = context.protocol() == XdsProtocol.DELTA ? removed : List.of();
    if (response.fresh().isEmpty() && told.isEmpty() && !ask.subscribed().responseDue()) {
      return null;
    }
    state.sent(response);
    return new Push(context.type(), response.fresh(), told);
  }

  /**
   * What the client has of a kept name stays as it is. What it waits for is sent all the same: a
   * cluster warms until its endpoints come, Envoy acknowledges CDS only then, and the routes wait
   * for that.
   */
  private boolean stays(Ask ask, Subscribers entry) {
    return ask.kept().contains(entry.name())
        && state.hasSome(entry)
        && !state.is(entry, ClientStateTable.FORCED);
  }

  /** Returns what there is; of a kept name what the client has, and it is looked at again. */
  private @Nullable XdsResource current(Ask ask, Subscribers entry) {
    XdsResource had = ask.kept().contains(entry.name()) ? state.accepted(entry) : null;
    if (had == null) {
      return context.resources().get(context.type(), entry.name());
    }
    state.markDirty(entry);
    return had;
  }

  /** It has the resource, or asks for it by name and has not been told yet. */
  private boolean mustHearOfAbsence(Subscribers entry) {
    return (isNamed(entry) && !state.knows(entry)) || state.hasSome(entry);
  }

  /** CDS and LDS in state-of-the-world: what a response does not hold is deleted. */
  private @Nullable Push fullState(Ask ask) {
    state
        .dirty()
        .take(entry -> ask.mayChange(entry.name()))
        .forEach(entry -> state.unmark(entry, ClientStateTable.FORCED));
    List<XdsResource> all = new ArrayList<>();
    UnackedResponse response = new UnackedResponse();
    for (String name : allNames(ask)) {
      Subscribers known = state.find(name);
      XdsResource resource = stands(ask, name, known);
      if (resource != null && isWanted(ask, known, name)) {
        Subscribers entry = known == null ? state.enter(name) : known;
        all.add(resource);
        state.mark(entry, ClientStateTable.LISTED);
        if (!state.has(entry, resource)) {
          state.put(response, entry, resource);
        }
      }
    }
    boolean gone = forgetUnlisted();
    if (response.fresh().isEmpty() && !gone && !ask.subscribed().responseDue()) {
      return null;
    }
    state.sent(response);
    return new Push(context.type(), all, List.of());
  }

  private @Nullable XdsResource stands(Ask ask, String name, @Nullable Subscribers known) {
    if (ask.mayChange(name)) {
      return wanted(context.resources().get(context.type(), name), known, name);
    }
    return known == null ? null : state.accepted(known);
  }

  /** Returns the names of what there is and of what the client has or wants, sorted. */
  private Collection<String> allNames(Ask ask) {
    Collection<String> existing =
        ask.subscribed().isWildcard() ? context.resources().names(context.type()) : List.of();
    List<String> others = new ArrayList<>();
    state.each(entry -> {
      if (!ask.subscribed().isWildcard() || !existing.contains(entry.name())) {
        others.add(entry.name());
      }
    });
    if (others.isEmpty()) {
      return existing;
    }
    others.addAll(existing);
    others.sort(null);
    return others;
  }

  /** Returns whether there was anything that the whole state does not hold. */
  private boolean forgetUnlisted() {
    List<Subscribers> unlisted = new ArrayList<>();
    state.each(entry -> {
      if (!state.unmark(entry, ClientStateTable.LISTED)) {
        unlisted.add(entry);
      }
    });
    boolean gone = false;
    for (Subscribers entry : unlisted) {
      gone |= state.knows(entry);
      state.forget(entry);
    }
    return gone;
  }

  private @Nullable XdsResource wanted(@Nullable XdsResource resource, Subscribers entry) {
    return wanted(resource, entry, entry.name());
  }

  /** What the client should have: the resource as it is, or what stands in for a refused one. */
  private @Nullable XdsResource wanted(
      @Nullable XdsResource resource, @Nullable Subscribers entry, String name) {
    if (resource == null || !quarantine.refuses(resource)) {
      return resource;
    }
    XdsResource last = entry == null ? null : state.accepted(entry);
    if (last != null && !quarantine.refuses(last)) {
      return last;
    }
    XdsResource standIn = context.resources().standIn(context.type(), name);
    return standIn == null ? last : quarantine.refuses(standIn) ? null : standIn;
  }

  /** It has refused what there is, and has a version from an earlier stream: better than none. */
  private boolean keepsWhatItHad(@Nullable XdsResource resource, Subscribers entry) {
    return resource != null
        && quarantine.refuses(resource)
        && state.accepted(entry) == null
        && state.hasSome(entry);
  }
}
