package io.github.topologyxds.subscription;

import io.github.topologyxds.xds.resource.ResourceType;
import io.github.topologyxds.xds.resource.XdsResource;
import org.jspecify.annotations.Nullable;

/**
 * A client has refused its open response: it has what it had before.
 *
 * <p>Owner: the stream's thread; lives for one refusal.
 */
final class NackRollback {
  private final ClientState state;
  private final UnackedResponse refused;

  NackRollback(ClientState state, UnackedResponse refused) {
    this.state = state;
    this.refused = refused;
  }

  /** Nothing of it is sent again. */
  void undo() {
    state.settled();
    for (int i = 0; i < refused.fresh().size(); i++) {
      XdsResource resource = refused.fresh().get(i);
      Subscribers entry = state.find(resource.name());
      // It may have unsubscribed meanwhile.
      if (entry != null && state.has(entry, resource)) {
        state.restore(entry, refused.before(i));
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
      Subscribers entry = state.find(refused.fresh().get(i).name());
      if (entry != null && state.knows(entry)) {
        state.markDirty(entry);
        if (type.isAwaited() && refused.awaited(i)) {
          state.mark(entry, ClientStateTable.FORCED);
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
    @Nullable Subscribers entry = state.find(gone.name());
    if (entry == null && wanted.isWildcard()) {
      entry = state.enter(gone.name());
    }
    if (entry != null && !state.hasSome(entry)) {
      state.restore(entry, gone.had());
      state.markDirty(entry);
    }
  }
}
