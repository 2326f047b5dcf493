package io.github.topologyxds.subscription;

import io.github.topologyxds.resources.NameCount;
import io.github.topologyxds.subscription.InitialResponseCache.FirstRequest;
import io.github.topologyxds.xds.resource.XdsResource;
import java.util.Collection;
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
  private final SubscriptionContext context;
  private final ClientState state;
  private final SubscribedNames subscribedNames;
  private final Quarantine quarantine = new Quarantine();
  private final ResponseComposer composer;
  private final InitialResponse first;
  private final ResponseOutcome outcome;
  private final KeptResources kept;

  /** Begins with nothing. */
  public Subscription(SubscriptionContext context) {
    this.context = context;
    this.first = new InitialResponse(context);
    this.state = new ClientState(context.shared().subscribers(), context.shared().session());
    this.composer = new ResponseComposer(context, state, quarantine);
    this.outcome = new ResponseOutcome(context, state, quarantine);
    this.kept = new KeptResources(context, state);
    this.subscribedNames = new SubscribedNames(context, state, quarantine);
  }

  /** Returns whether the client wants all resources of the type. */
  public boolean isWildcard() {
    return subscribedNames.isWildcard();
  }

  /** Returns whether a response waits for the client's answer. */
  public boolean isOpen() {
    return state.unacked() != null;
  }

  /** Returns what is new to the client in the open response. */
  public List<XdsResource> openResources() {
    UnackedResponse open = state.unacked();
    return open == null ? List.of() : open.fresh();
  }

  /** The stream is over: the index forgets it. */
  public void close() {
    state.dropAll();
  }

  /** The first request of a client that brings nothing from an earlier stream. */
  public void begin(FirstRequest request) {
    first.await(request);
    if (!context.resources().isShared(context.type())) {
      first.settle(subscribedNames);
      return;
    }
    if (request.isForAll()) {
      subscribedNames.coverAll();
    }
  }

  /** Returns how much the client asks for by name. */
  public NameCount named() {
    FirstRequest request = first.request();
    return request == null ? state.named() : request.named();
  }

  /** Returns how many names the client asks for, is told of, or has. */
  public int size() {
    FirstRequest request = first.request();
    return request == null ? state.size() : request.named().names();
  }

  /** Returns what the client has, resource by resource, as it is now. */
  public HeldResources held() {
    return new HeldResources(context, state, quarantine, first.request());
  }

  /** State-of-the-world: the client has some version of what it just asked for. */
  public void resumes() {
    FirstRequest request = first.request();
    if (request != null) {
      outcome.resumes(request);
    }
  }

  /** Returns what the client asks for, to be changed. */
  public SubscribedNames subscribedNames() {
    first.settle(subscribedNames);
    return subscribedNames;
  }

  /** Returns whether the client told which versions it has from an earlier stream. */
  public boolean resumed() {
    return subscribedNames.resumed();
  }

  /** Returns whether it did, waits for an answer, and has not accepted that yet. */
  public boolean isResuming() {
    return subscribedNames.resumed()
        && !outcome.hasReplied()
        && (isOpen() || subscribedNames.responseDue());
  }

  /** This resource may be different now. Nothing has been looked up for a first request yet. */
  public void changed(String name) {
    if (first.isPending()) {
      return;
    }
    boolean covered =
        subscribedNames.isWildcard() && context.resources().covers(context.type(), name);
    Subscribers entry = covered ? state.enter(name) : state.find(name);
    if (entry != null && (subscribedNames.isWildcard() || subscribedNames.isNamed(entry))) {
      state.markDirty(entry);
    }
  }

  /** Returns what the client has of this name, or is being sent; null: nothing that is known. */
  @Nullable
  public XdsResource has(String name) {
    Subscribers entry = state.find(name);
    return entry == null ? null : state.accepted(entry);
  }

  /** Returns whether the client is subscribed to a resource of this name. */
  public boolean subscribes(String name) {
    Subscribers entry = state.find(name);
    return first.covers(name)
        || (subscribedNames.isWildcard() && context.resources().covers(context.type(), name))
        || (entry != null && subscribedNames.isNamed(entry));
  }

  /** All subscribed resources may be different now. */
  public void allChanged() {
    state.each(state::markDirty);
  }

  /** These must be sent again even if they are the same, as far as they are subscribed. */
  public void force(Collection<String> again) {
    for (String name : again) {
      Subscribers entry = state.find(name);
      if (entry != null && subscribedNames.isNamed(entry)) {
        state.mark(entry, ClientStateTable.FORCED);
        state.markDirty(entry);
      }
    }
  }

  /** True while the client does not have, or has not accepted, everything as it is now. */
  public boolean isBehind() {
    return isOpen() || first.isPending() || state.dirty().count() > 0;
  }

  /** Returns whether what becomes due now would have to wait for the client's answer. */
  public boolean isBusy() {
    return isOpen() || (isDue() && quarantine.onTrial() != null);
  }

  /** True when a response may be due. */
  public boolean isDue() {
    return !isOpen()
        && (first.isPending() || subscribedNames.responseDue() || state.dirty().count() > 0);
  }

  /** Returns how many resources the next response may hold; a guess at most. */
  public int dueCount() {
    FirstRequest request = first.request();
    if (request != null) {
      return InitialResponse.count(request);
    }
    return context.type().isLarge(context.protocol()) ? Integer.MAX_VALUE : state.dirty().count();
  }

  /** Returns what the client may keep although it is gone, to be changed. */
  public KeptResources kept() {
    return kept;
  }

  /**
   * Returns the response that is due now, which then is the open one; null if none is.
   *
   * @param kept names that must stay as the client has them for now
   */
  @Nullable
  public Push next(Set<String> kept) {
    FirstRequest request = first.request();
    return request == null || !kept.isEmpty() || isOpen() ? settled(kept) : respond(request);
  }

  private @Nullable Push respond(FirstRequest request) {
    InitialResponseCache.Key key = first.key(request);
    Push known = first.known(key, state);
    if (known != null) {
      return known;
    }
    Push push = settled(Set.of());
    first.remember(key, push, state);
    return push;
  }

  private @Nullable Push settled(Set<String> kept) {
    first.settle(subscribedNames);
    while (isDue()) {
      Set<String> trial = quarantine.onTrial();
      Push push = composer.compose(new ResponseComposer.Ask(subscribedNames, kept, trial));
      if (push != null) {
        subscribedNames.responded();
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
  public Nack refused(Nack.ClusterWarming warming) {
    return outcome.refused(subscribedNames, warming);
  }
}
