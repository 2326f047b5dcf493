package io.github.topologyxds.explain;

import io.github.topologyxds.model.ObjectName;
import io.github.topologyxds.model.ServiceState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What is worked out of each Service by itself. It is worked out again only when the Service is
 * translated from something else than before, or what it is looked at from is something else: ten
 * thousand Services that stand still cost a look-up each.
 *
 * <p>Any thread, one at a time.
 *
 * @param <T> what is worked out, immutable
 */
public final class PerService<T> {
  private final ClusterSnapshot cluster;

  // Guarded by this.
  private Map<ObjectName, Known<T>> known = new HashMap<>();
  private @Nullable Object knownContext;

  private record Known<T>(ServiceState state, T value) {
    /** The same object: the state makes a new one for each translation. */
    @SuppressWarnings("ReferenceEquality")
    boolean isOf(ServiceState other) {
      return state == other;
    }
  }

  /** Knows nothing yet. */
  public PerService(ClusterSnapshot cluster) {
    this.cluster = cluster;
  }

  /**
   * Returns it of all Services as they are now, sorted by their names.
   *
   * @param context what the work depends on beside the Service, compared by equality
   */
  public synchronized List<T> all(Object context, Function<ServiceState, T> work) {
    Map<ObjectName, Known<T>> before = context.equals(knownContext) ? known : Map.of();
    Map<ObjectName, Known<T>> now = new HashMap<>();
    List<T> values = new ArrayList<>();
    for (ObjectName name : cluster.services()) {
      cluster
          .service(name)
          .ifPresent(state -> {
            Known<T> last = before.get(name);
            Known<T> next =
                last != null && last.isOf(state) ? last : new Known<>(state, work.apply(state));
            now.put(name, next);
            values.add(next.value());
          });
    }
    known = now;
    knownContext = context;
    return values;
  }
}
