package io.github.topologyxds.subscription;

import io.github.topologyxds.subscription.InitialResponseCache.FirstRequest;
import org.jspecify.annotations.Nullable;

/**
 * What follows from a client's answers to the responses of one type: it has what it acknowledged
 * (ACK), and after a refusal (NACK) what it had before; then the refused content is searched for,
 * or kept away.
 *
 * <p>Owner: the stream's thread.
 */
final class ResponseOutcome {
  private final SubscriptionContext context;
  private final ClientState state;
  private final Quarantine quarantine;
  private final ResumedState earlier = new ResumedState();
  private boolean hasReplied;

  /** Nothing has been sent yet. */
  ResponseOutcome(SubscriptionContext context, ClientState state, Quarantine quarantine) {
    this.context = context;
    this.state = state;
    this.quarantine = quarantine;
  }

  /** Returns whether the client has accepted or refused any response. */
  boolean hasReplied() {
    return hasReplied;
  }

  /** State-of-the-world: the client has some version of what it asks for here. */
  void resumes(FirstRequest request) {
    earlier.of(request);
  }

  /** The client has accepted the open response; nothing happens if none is. */
  void acknowledged() {
    if (state.unacked() == null) {
      return;
    }
    state.settled();
    quarantine.trialOver();
    hasReplied = true;
    if (state.dirty().count() == 0) {
      earlier.replaced();
    }
  }

  /**
   * The client has refused the open response.
   *
   * @param wanted what it asks for
   * @return what that means; null: no response was open
   */
  @Nullable Nack refused(SubscribedNames wanted, Nack.ClusterWarming warming) {
    UnackedResponse refused = state.unacked();
    if (refused == null) {
      return null;
    }
    hasReplied = true;
    if (earlier.isKept() && context.isFullState() && !refused.fresh().isEmpty()) {
      new NackRollback(state, refused).undo();
      return new Nack(refused.fresh(), Nack.Consequence.KEEP);
    }
    Nack refusal = Nack.of(refused, quarantine);
    new NackRollback(state, refused).repeat(wanted, context.type());
    if (warming == Nack.ClusterWarming.OVER) {
      earlier.keep(refused, state);
    }
    if (!refused.fresh().isEmpty()) {
      quarantine.onNack(refused.fresh());
    }
    return refusal;
  }
}
