package io.github.topologyxds.subscription;

import io.github.topologyxds.resources.ClientResources;
import io.github.topologyxds.xds.PortTranslation;
import io.github.topologyxds.xds.ResourceType;
import io.github.topologyxds.xds.XdsProtocol;
import io.github.topologyxds.xds.XdsResource;
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
  private final ResourceType type;
  private final XdsProtocol variant;
  private final ClientState holdings;
  private final Quarantine quarantine;
  private final int responseBytes;

  /**
   * What is asked for.
   *
   * @param held names that must stay as the client has them for now
   * @param trial names that alone may be brought up to date now; null: all
   * @param wildcard whether the client wants all resources
   * @param answerDue whether it waits for an answer, be it an empty one
   */
  record Ask(
      ClientResources resources,
      Set<String> held,
      @Nullable Set<String> trial,
      boolean wildcard,
      boolean answerDue) {
    boolean isOnTrial(String name) {
      return trial == null || trial.contains(name);
    }

    boolean mayChange(String name) {
      return !held.contains(name) && isOnTrial(name);
    }
  }

  ResponseComposer(
      ResourceType type,
      XdsProtocol variant,
      ClientState holdings,
      Quarantine quarantine,
      int responseBytes) {
    this.type = type;
    this.variant = variant;
    this.holdings = holdings;
    this.quarantine = quarantine;
    this.responseBytes = responseBytes;
  }

  /** Returns whether a response holds all there is. */
  boolean wholeTypeAtOnce() {
    return variant == XdsProtocol.STATE_OF_THE_WORLD
        && (type == ResourceType.CLUSTER || type == ResourceType.LISTENER);
  }

  /** Returns the response, which then is the open one; null when there is nothing to say. */
  @Nullable Push compose(Ask ask) {
    return wholeTypeAtOnce() ? wholeState(ask) : partial(ask);
  }

  private boolean isNamed(Subscribers topic) {
    return holdings.is(topic, ClientStateTable.NAMED);
  }

  private boolean isWanted(Ask ask, @Nullable Subscribers topic, String name) {
    return (topic != null && isNamed(topic))
        || (ask.wildcard() && ask.resources().covers(type, name));
  }

  /** What is different, as much of it as one response takes; the rest comes after its answer. */
  private @Nullable Push partial(Ask ask) {
    UnackedResponse response = new UnackedResponse();
    List<String> removed = new ArrayList<>();
    for (Subscribers topic :
        holdings.dirty().take(topic -> ask.isOnTrial(topic.name()) && !stays(ask, topic))) {
      if (response.bytes() >= responseBytes) {
        holdings.markDirty(topic);
        continue;
      }
      boolean again = holdings.unmark(topic, ClientStateTable.FORCED);
      boolean isWanted = isWanted(ask, topic, topic.name());
      XdsResource current = isWanted ? current(ask, topic) : null;
      XdsResource wanted = wanted(current, topic);
      if (!again && keepsWhatItHad(current, topic)) {
        continue;
      }
      if (wanted != null && (again || !holdings.has(topic, wanted))) {
        holdings.put(response, topic, wanted);
        if (again) {
          response.lastIsAwaited();
        }
      } else if (wanted == null && (again || mustHearOfAbsence(topic))) {
        removed.add(topic.name());
        if (ask.wildcard()) {
          holdings.removeAndForget(response, topic);
        } else {
          holdings.remove(response, topic);
        }
        if (!isWanted) {
          quarantine.forget(topic.name());
        }
      } else if (wanted != null) {
        holdings.recognise(topic, wanted);
      } else {
        holdings.tidy(topic);
      }
    }
    List<String> told = variant == XdsProtocol.DELTA ? removed : List.of();
    if (response.fresh().isEmpty() && told.isEmpty() && !ask.answerDue()) {
      return null;
    }
    holdings.opened(response);
    return new Push(type, response.fresh(), told);
  }

  /**
   * What the client has of a held name stays as it is. What it waits for is sent all the same: a
   * cluster warms until its endpoints come, Envoy acknowledges CDS only then, and the routes wait
   * for that.
   */
  private boolean stays(Ask ask, Subscribers topic) {
    return ask.held().contains(topic.name())
        && holdings.hasSome(topic)
        && !holdings.is(topic, ClientStateTable.FORCED);
  }

  /** Returns what there is; of a held name what the client has, and it is looked at again. */
  private @Nullable XdsResource current(Ask ask, Subscribers topic) {
    XdsResource had = ask.held().contains(topic.name()) ? holdings.accepted(topic) : null;
    if (had == null) {
      return ask.resources().get(type, topic.name());
    }
    holdings.markDirty(topic);
    return had;
  }

  /** It has the resource, or asks for it by name and has not been told yet. */
  private boolean mustHearOfAbsence(Subscribers topic) {
    return (isNamed(topic) && !holdings.knows(topic)) || holdings.hasSome(topic);
  }

  /** CDS and LDS in state-of-the-world: what a response does not hold is deleted. */
  private @Nullable Push wholeState(Ask ask) {
    holdings
        .dirty()
        .take(topic -> ask.mayChange(topic.name()))
        .forEach(topic -> holdings.unmark(topic, ClientStateTable.FORCED));
    List<XdsResource> state = new ArrayList<>();
    UnackedResponse response = new UnackedResponse();
    for (String name : allNames(ask)) {
      Subscribers known = holdings.find(name);
      XdsResource resource = stands(ask, name, known);
      if (resource != null && isWanted(ask, known, name)) {
        Subscribers topic = known == null ? holdings.enter(name) : known;
        state.add(resource);
        holdings.mark(topic, ClientStateTable.LISTED);
        if (!holdings.has(topic, resource)) {
          holdings.put(response, topic, resource);
        }
      }
    }
    boolean gone = forgetUnlisted();
    if (response.fresh().isEmpty() && !gone && !ask.answerDue()) {
      return null;
    }
    holdings.opened(response);
    return new Push(type, state, List.of());
  }

  private @Nullable XdsResource stands(Ask ask, String name, @Nullable Subscribers known) {
    if (ask.mayChange(name)) {
      return wanted(ask.resources().get(type, name), known, name);
    }
    return known == null ? null : holdings.accepted(known);
  }

  /** Returns the names of what there is and of what the client has or wants, sorted. */
  private Collection<String> allNames(Ask ask) {
    Collection<String> existing = ask.wildcard() ? ask.resources().names(type) : List.of();
    List<String> others = new ArrayList<>();
    holdings.each(topic -> {
      if (!ask.wildcard() || !existing.contains(topic.name())) {
        others.add(topic.name());
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
    holdings.each(topic -> {
      if (!holdings.unmark(topic, ClientStateTable.LISTED)) {
        unlisted.add(topic);
      }
    });
    boolean gone = false;
    for (Subscribers topic : unlisted) {
      gone |= holdings.knows(topic);
      holdings.forget(topic);
    }
    return gone;
  }

  private @Nullable XdsResource wanted(@Nullable XdsResource resource, Subscribers topic) {
    return wanted(resource, topic, topic.name());
  }

  /** What the client should have: the resource as it is, or what stands in for a refused one. */
  private @Nullable XdsResource wanted(
      @Nullable XdsResource resource, @Nullable Subscribers topic, String name) {
    if (resource == null || !quarantine.refuses(resource)) {
      return resource;
    }
    XdsResource last = topic == null ? null : holdings.accepted(topic);
    if (type != ResourceType.ENDPOINT || (last != null && !quarantine.refuses(last))) {
      return last;
    }
    XdsResource empty = PortTranslation.unknown(name);
    return quarantine.refuses(empty) ? null : empty;
  }

  /** It has refused what there is, and has a version from an earlier stream: better than none. */
  private boolean keepsWhatItHad(@Nullable XdsResource resource, Subscribers topic) {
    return resource != null
        && quarantine.refuses(resource)
        && holdings.accepted(topic) == null
        && holdings.hasSome(topic);
  }
}
