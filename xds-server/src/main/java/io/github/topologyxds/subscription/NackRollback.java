package io.github.topologyxds.subscription;

import io.github.topologyxds.xds.ResourceType;
import io.github.topologyxds.xds.XdsResource;
import org.jspecify.annotations.Nullable;

/**
 * A client has refused its open response: it has what it had before.
 *
 * <p>Owner: the stream's thread; lives for one refusal.
 */
final class NackRollback {
  private final ClientState holdings;
  private final UnackedResponse refused;

  NackRollback(ClientState holdings, UnackedResponse refused) {
    this.holdings = holdings;
    this.refused = refused;
  }

  /** Nothing of it is sent again. */
  void undo() {
    holdings.answered();
    for (int i = 0; i < refused.fresh().size(); i++) {
      XdsResource resource = refused.fresh().get(i);
      Subscribers topic = holdings.find(resource.name());
      // It may have unsubscribed meanwhile.
      if (topic != null && holdings.has(topic, resource)) {
        holdings.hold(topic, refused.before(i));
      }
    }
  }

  /**
   * What was in it may have to be sent again.
   *
   * @param wanted what the client asks for
   * @param type of the response; what a client waits for of endpoints must be sent again: a cluster
   *     warms until it hears of them, changed or not
   */
  void repeat(SubscribedNames wanted, ResourceType type) {
    for (int i = 0; i < refused.fresh().size(); i++) {
      Subscribers topic = holdings.find(refused.fresh().get(i).name());
      if (topic != null && holdings.knows(topic)) {
        holdings.markDirty(topic);
        if (type == ResourceType.ENDPOINT && refused.awaited(i)) {
          holdings.mark(topic, ClientStateTable.FORCED);
        }
      }
    }
    undo();
    if (!refused.fresh().isEmpty()) {
      // With nothing new in it there is nothing else to blame: to repeat it would have no end.
      refused.removed().forEach(gone -> restore(gone, wanted));
    }
  }

  private void restore(UnackedResponse.Removed gone, SubscribedNames wanted) {
    @Nullable Subscribers topic = holdings.find(gone.name());
    if (topic == null && wanted.isWildcard()) {
      topic = holdings.enter(gone.name());
    }
    if (topic != null && !holdings.hasSome(topic)) {
      holdings.hold(topic, gone.had());
      holdings.markDirty(topic);
    }
  }
}
