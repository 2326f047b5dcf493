package io.github.topologyxds.subscription;

import io.github.topologyxds.subscription.InitialResponseCache.FirstRequest;
import io.github.topologyxds.xds.ResourceType;
import org.jspecify.annotations.Nullable;

/**
 * What follows from a client's answers to the responses of one type: it has what it acknowledged
 * (ACK), and after a refusal (NACK) what it had before; then the refused content is searched for,
 * or kept away.
 *
 * <p>Owner: the stream's thread.
 */
final class ResponseOutcome {
  private final ResourceType type;
  private final ClientState holdings;
  private final Quarantine quarantine;
  private final ResponseComposer composer;
  private final ResumedState earlier = new ResumedState();
  private boolean answered;

  /** Nothing has been answered yet. */
  ResponseOutcome(
      ResourceType type, ClientState holdings, Quarantine quarantine, ResponseComposer composer) {
    this.type = type;
    this.holdings = holdings;
    this.quarantine = quarantine;
    this.composer = composer;
  }

  /** Returns whether the client has answered any response. */
  boolean answered() {
    return answered;
  }

  /** State-of-the-world: the client has some version of what it asks for here. */
  void resumes(FirstRequest request) {
    earlier.of(request);
  }

  /** The client has accepted the open response; nothing happens if none is. */
  void acknowledged() {
    if (holdings.open() == null) {
      return;
    }
    holdings.answered();
    quarantine.trialOver();
    answered = true;
    if (holdings.dirty().count() == 0) {
      earlier.replaced();
    }
  }

  /**
   * The client has refused the open response.
   *
   * @param wanted what it asks for
   * @return what that means; null: no response was open
   */
  @Nullable Nack refused(SubscribedNames wanted, ClusterWarming warming) {
    UnackedResponse refused = holdings.open();
    if (refused == null) {
      return null;
    }
    answered = true;
    if (earlier.isKept() && composer.wholeTypeAtOnce() && !refused.fresh().isEmpty()) {
      new NackRollback(holdings, refused).undo();
      return new Nack(refused.fresh(), Nack.Consequence.KEEP);
    }
    Nack refusal = Nack.of(refused, quarantine);
    new NackRollback(holdings, refused).repeat(wanted, type);
    if (warming == ClusterWarming.OVER) {
      earlier.keep(refused, holdings);
    }
    if (!refused.fresh().isEmpty()) {
      quarantine.onRefusal(refused.fresh());
    }
    return refusal;
  }
}
