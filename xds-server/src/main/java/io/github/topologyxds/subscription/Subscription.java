package io.github.topologyxds.subscription;

import io.github.topologyxds.resources.ClientResources;
import io.github.topologyxds.resources.NameCount;
import io.github.topologyxds.subscription.InitialResponseCache.FirstRequest;
import io.github.topologyxds.subscription.InitialResponseCache.Question;
import io.github.topologyxds.xds.ResourceType;
import io.github.topologyxds.xds.XdsProtocol;
import io.github.topologyxds.xds.XdsResource;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What one stream wants of one type, what it has, and what it is due. At most one response is open
 * at a time; what changes meanwhile is collected, and the newest state goes out.
 *
 * <p>Owner: the stream's thread.
 */
public final class Subscription {
  private final ResourceType type;
  private final ClientState holdings;
  private final SubscribedNames interest;
  private final Quarantine quarantine = new Quarantine();
  private final ResponseComposer composer;
  private final ClientResources resources;
  private final InitialResponse first;
  private final ResponseOutcome outcome;

  /** Begins with nothing. */
  public Subscription(
      ResourceType type, XdsProtocol variant, ClientResources resources, SharedIndex index) {
    this.type = type;
    this.resources = resources;
    this.first = new InitialResponse(type, variant, resources, index);
    this.holdings = new ClientState(index.topics(), index.session());
    this.composer =
        new ResponseComposer(type, variant, holdings, quarantine, index.responseBytes());
    this.outcome = new ResponseOutcome(type, holdings, quarantine, composer);
    this.interest =
        new SubscribedNames(
            index,
            holdings,
            quarantine,
            new SubscribedNames.Rules(composer.wholeTypeAtOnce(), () -> resources.names(type)));
  }

  public boolean isWildcard() {
    return interest.isWildcard();
  }

  public boolean isOpen() {
    return holdings.open() != null;
  }

  /** Returns what is new to the client in the open response. */
  public List<XdsResource> openResources() {
    UnackedResponse open = holdings.open();
    return open == null ? List.of() : open.fresh();
  }

  /** The stream is over: the index forgets it. */
  public void close() {
    holdings.dropAll();
  }

  /** The first request of a client that brings nothing from an earlier stream. */
  public void begin(FirstRequest request) {
    first.await(request);
    if (type != ResourceType.CLUSTER && type != ResourceType.ENDPOINT) {
      // One resource, which depends on more of the client than a question tells.
      first.settle(interest);
      return;
    }
    if (request.all()) {
      interest.coverAll();
    }
  }

  /** Returns how much the client asks for by name. */
  public NameCount named() {
    FirstRequest request = first.request();
    return request == null ? holdings.named() : request.named();
  }

  /** Returns how many names the client asks for, is told of, or has. */
  public int size() {
    FirstRequest request = first.request();
    return request == null ? holdings.size() : request.named().names();
  }

  /** Returns the names whose content of now the client has refused, sorted. */
  public List<String> quarantined() {
    return quarantine.inForce(name -> resources.get(type, name));
  }

  /** State-of-the-world: the client has some version of what it just asked for. */
  public void resumes() {
    FirstRequest request = first.request();
    if (request != null) {
      outcome.resumes(request);
    }
  }

  /** Returns what the client asks for, to be changed. */
  public SubscribedNames interest() {
    first.settle(interest);
    return interest;
  }

  /** Returns whether the client told which versions it has from an earlier stream. */
  public boolean resumed() {
    return interest.resumed();
  }

  /** Returns whether it did, waits for an answer, and has not accepted that yet. */
  public boolean isResuming() {
    return interest.resumed() && !outcome.answered() && (isOpen() || interest.answerDue());
  }

  /** This resource may be different now. Nothing has been looked up for a first request yet. */
  public void changed(String name) {
    if (first.isPending()) {
      return;
    }
    boolean covered = interest.isWildcard() && resources.covers(type, name);
    Subscribers topic = covered ? holdings.enter(name) : holdings.find(name);
    if (topic != null && (covered || interest.isNamed(topic))) {
      holdings.markDirty(topic);
    }
  }

  /** Returns what the client has of this name, or is being sent; null: nothing that is known. */
  @Nullable
  public XdsResource has(String name) {
    Subscribers topic = holdings.find(name);
    return topic == null ? null : holdings.accepted(topic);
  }

  /** All subscribed resources may be different now. */
  public void allChanged() {
    holdings.each(holdings::markDirty);
  }

  /** These must be sent again even if they are the same, as far as they are subscribed. */
  public void force(Collection<String> again) {
    for (String name : again) {
      Subscribers topic = holdings.find(name);
      if (topic != null && interest.isNamed(topic)) {
        holdings.mark(topic, ClientStateTable.FORCED);
        holdings.markDirty(topic);
      }
    }
  }

  /** True while the client does not have, or has not accepted, everything as it is now. */
  public boolean isBehind() {
    return isOpen() || first.isPending() || holdings.dirty().count() > 0;
  }

  /** True when a response may be due. */
  public boolean isDue() {
    return !isOpen() && (first.isPending() || interest.answerDue() || holdings.dirty().count() > 0);
  }

  /** Returns how many resources the next response may hold; a guess at most. */
  public int dueCount() {
    FirstRequest request = first.request();
    if (request != null) {
      return InitialResponse.count(request);
    }
    // One route configuration holds all Services: 521 kB of 1,000.
    boolean large =
        type == ResourceType.ROUTE || (type == ResourceType.CLUSTER && composer.wholeTypeAtOnce());
    return large ? Integer.MAX_VALUE : holdings.dirty().count();
  }

  /** Returns the names of what the client has and what does not exist any more. */
  public Set<String> gone() {
    Set<String> gone = new HashSet<>();
    for (Subscribers topic : holdings.dirty().names()) {
      if (holdings.hasSome(topic) && resources.get(type, topic.name()) == null) {
        gone.add(topic.name());
      }
    }
    return gone;
  }

  /**
   * Returns the response that is due now, which then is the open one; null if none is.
   *
   * @param held names that must stay as the client has them for now
   */
  @Nullable
  public Push next(Set<String> held) {
    FirstRequest request = first.request();
    return request == null || !held.isEmpty() || isOpen() ? settled(held) : answerTo(request);
  }

  private @Nullable Push answerTo(FirstRequest request) {
    Question question = first.question(request);
    Push known = first.known(question, holdings);
    if (known != null) {
      return known;
    }
    Push push = settled(Set.of());
    first.remember(question, push, holdings);
    return push;
  }

  private @Nullable Push settled(Set<String> held) {
    first.settle(interest);
    while (isDue()) {
      Set<String> trial = quarantine.onTrial();
      Push push =
          composer.compose(
              new ResponseComposer.Ask(
                  resources, held, trial, interest.isWildcard(), interest.answerDue()));
      if (push != null) {
        interest.answered();
        return push;
      }
      if (trial == null) {
        return null;
      }
      quarantine.trialOver();
    }
    return null;
  }

  /** The client has accepted the open response. */
  public void acknowledged() {
    outcome.acknowledged();
  }

  /** The client has refused the open response; null: none was open. */
  @Nullable
  public Nack refused(ClusterWarming warming) {
    return outcome.refused(interest, warming);
  }
}
