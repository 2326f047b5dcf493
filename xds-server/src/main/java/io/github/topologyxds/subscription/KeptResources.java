package io.github.topologyxds.subscription;

import java.util.Collection;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;

/**
 * What a client has of one type although there is no such resource any more, and which of it stays
 * with it: who knows what leads to a resource decides that, here it is noted.
 *
 * <p>Owner: the stream's thread.
 */
public final class KeptResources {
  private final SubscriptionContext context;
  private final ClientState state;

  /** None is kept yet. */
  KeptResources(SubscriptionContext context, ClientState state) {
    this.context = context;
    this.state = state;
  }

  /** Returns the names of what the client has, is gone, and is neither told yet nor kept. */
  public Set<String> gone() {
    Set<String> gone = new HashSet<>();
    for (Subscribers entry : state.dirty().names()) {
      if (state.hasSome(entry) && !exists(entry.name())) {
        gone.add(entry.name());
      }
    }
    return gone;
  }

  /** Returns whether there is such a resource now. */
  public boolean exists(String name) {
    return context.resources().get(context.type(), name) != null;
  }

  /** Returns whether the client asks for this name, and has something of it. */
  public boolean isHeld(String name) {
    Subscribers entry = state.find(name);
    return entry != null && state.is(entry, ClientStateTable.NAMED) && state.hasSome(entry);
  }

  /** These stay as the client has them; nothing of them is due, unless it asks for one again. */
  public void keep(Collection<String> names) {
    each(
        names,
        entry -> {
          if (state.hasSome(entry) && !state.is(entry, ClientStateTable.FORCED)) {
            state.mark(entry, ClientStateTable.KEPT);
            state.dirty().clean(entry);
          }
        });
  }

  /** These are not kept any more: the client gets them as they are now. */
  public void release(Collection<String> names) {
    each(
        names,
        entry -> {
          if (state.unmark(entry, ClientStateTable.KEPT)) {
            state.markDirty(entry);
          }
        });
  }

  private void each(Collection<String> names, Consumer<Subscribers> action) {
    names.stream().map(state::find).filter(Objects::nonNull).forEach(action);
  }
}
