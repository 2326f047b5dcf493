package io.github.topologyxds.topology.endpoint;

import java.lang.ref.WeakReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A value that is computed when somebody asks for it, shared by all who ask at about the same time,
 * and kept for nobody: clients of all zones ask at once when something has changed, and then for a
 * long time none does. The computation must be pure: two threads may run it at the same time, and
 * it runs again after a collection. Any thread.
 *
 * @param <T> what is computed; equal whenever it is
 */
public final class Recomputed<T> implements Supplier<T> {
  private final Supplier<T> computation;
  private volatile @Nullable WeakReference<T> known;

  /** Computes nothing yet. */
  public Recomputed(Supplier<T> computation) {
    this.computation = computation;
  }

  /** Knows the value for as long as somebody uses it. */
  Recomputed(Supplier<T> computation, T first) {
    this.computation = computation;
    this.known = new WeakReference<>(first);
  }

  @Override
  public T get() {
    WeakReference<T> reference = known;
    T value = reference == null ? null : reference.get();
    if (value == null) {
      value = computation.get();
      known = new WeakReference<>(value);
    }
    return value;
  }
}
