package io.github.topologyxds.subscription;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/**
 * What a client asks for of one type: names, or all there are, or both.
 *
 * <p>Owner: the stream's thread.
 */
public final class SubscribedNames {
  private final SubscriberIndex topics;
  private final int session;
  private final ClientState holdings;
  private final Quarantine quarantine;
  private final Rules rules;
  private boolean wildcard;
  private boolean answerDue;
  private boolean resumed;

  /**
   * What the type and the protocol's variant say.
   *
   * @param wholeTypeAtOnce whether a response holds all there is
   * @param allNames the names that a wildcard covers now
   */
  record Rules(boolean wholeTypeAtOnce, Supplier<Collection<String>> allNames) {}

  /** Asks for nothing. */
  SubscribedNames(SharedIndex index, ClientState holdings, Quarantine quarantine, Rules rules) {
    this.topics = index.topics();
    this.session = index.session();
    this.holdings = holdings;
    this.quarantine = quarantine;
    this.rules = rules;
  }

  boolean isWildcard() {
    return wildcard;
  }

  /** Returns whether the client waits for an answer, be it an empty one. */
  boolean answerDue() {
    return answerDue;
  }

  /** It has been answered. */
  void answered() {
    answerDue = false;
  }

  /** Returns whether the client brought anything from an earlier stream. */
  boolean resumed() {
    return resumed;
  }

  /** Covers every resource of the type; which those are is looked up later. */
  void coverAll() {
    wildcard = true;
    topics.joinAll(session);
  }

  /** Covers every resource of the type, whatever its name. */
  public void subscribeToAll() {
    coverAll();
    answerDue = true;
    if (!rules.wholeTypeAtOnce()) {
      rules.allNames().get().forEach(name -> holdings.markDirty(holdings.enter(name)));
    }
  }

  public void unsubscribeFromAll() {
    wildcard = false;
    topics.leaveAll(session);
    List<Subscribers> unnamed = new ArrayList<>();
    holdings.each(topic -> {
      if (!isNamed(topic)) {
        unnamed.add(topic);
      }
    });
    unnamed.forEach(this::drop);
  }

  /** The client had these versions from an earlier stream. */
  public void startFrom(Map<String, String> versions) {
    resumed = !versions.isEmpty();
    versions.forEach((name, version) -> {
      if (name.isEmpty()) {
        return;
      }
      Subscribers topic = holdings.enter(name);
      holdings.startFrom(topic, version);
      holdings.markDirty(topic);
    });
  }

  /**
   * A name that is asked for is sent, even if the client should have it already (xDS protocol,
   * delta): it may have dropped it meanwhile.
   */
  public void subscribe(Collection<String> added) {
    holdings.reserve(added.size());
    for (String name : added) {
      Subscribers topic = holdings.enter(name);
      if (isNamed(topic) || holdings.knows(topic)) {
        holdings.mark(topic, ClientStateTable.FORCED);
      }
      holdings.mark(topic, ClientStateTable.NAMED);
      holdings.markDirty(topic);
      // A whole state tells by leaving it out that there is no such resource.
      answerDue |= rules.wholeTypeAtOnce();
    }
  }

  public void unsubscribe(Collection<String> dropped) {
    for (String name : dropped) {
      Subscribers topic = holdings.find(name);
      if (topic == null || !holdings.unmark(topic, ClientStateTable.NAMED)) {
        continue;
      }
      if (wildcard) {
        // Whether that covers it only we know, and must say: sent again, or removed (xDS protocol).
        holdings.mark(topic, ClientStateTable.FORCED);
        holdings.markDirty(topic);
      } else {
        drop(topic);
      }
    }
  }

  /** State-of-the-world: the client wants exactly these names. */
  public void replaceNames(Collection<String> wanted) {
    Set<String> target = new HashSet<>(wanted);
    List<String> dropped = new ArrayList<>();
    Set<String> known = new HashSet<>();
    holdings.each(topic -> {
      if (isNamed(topic)) {
        (target.contains(topic.name()) ? known : dropped).add(topic.name());
      }
    });
    unsubscribe(dropped);
    target.removeAll(known);
    subscribe(target);
  }

  boolean isNamed(Subscribers topic) {
    return holdings.is(topic, ClientStateTable.NAMED);
  }

  private void drop(Subscribers topic) {
    holdings.drop(topic);
    quarantine.forget(topic.name());
  }
}
