package io.github.topologyxds.grpc.wire;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Keeps one of equal name lists: a thousand sidecars that ask for the same thousand names would
 * keep 45 MB of them.
 *
 * <p>Owner: the loop.
 */
public final class NameLists {
  private final Map<NameList, Shared> lists = new HashMap<>();

  private static final class Shared {
    final NameList list;
    int users;

    Shared(NameList list) {
      this.list = list;
    }
  }

  /** Returns the shared list of equal bytes. */
  public NameList acquire(NameList list) {
    Shared shared = lists.computeIfAbsent(list, Shared::new);
    shared.users++;
    return shared.list;
  }

  /**
   * A stream does not use the list any more that {@link #acquire} has given it; null: it had none.
   */
  public void release(@Nullable NameList list) {
    Shared shared = list == null ? null : lists.get(list);
    if (shared != null && --shared.users == 0) {
      lists.remove(shared.list);
    }
  }
}
