package io.github.topologyxds.slices.observed;

import io.github.topologyxds.model.Readiness;
import org.jspecify.annotations.Nullable;

/**
 * The conditions of an endpoint as written. Null differs from true: a producer reads ready null as
 * not ready, a consumer as ready, so our own slices always say all three.
 */
public record Conditions(
    @Nullable Boolean ready, @Nullable Boolean serving, @Nullable Boolean terminating) {
  public static final Conditions READY = new Conditions(true, true, false);
  public static final Conditions NOT_READY = new Conditions(false, false, false);

  /** As the EndpointSlice controller reads it, who writes hints (ES endpointslice utils.go). */
  public boolean readyForProducer() {
    return Boolean.TRUE.equals(ready);
  }

  /** As consumers read all three (kube-proxy, pkg/proxy/endpointslicecache.go). */
  public Readiness forConsumer() {
    return new Readiness(
        readyForConsumer(), !Boolean.FALSE.equals(serving), Boolean.TRUE.equals(terminating));
  }

  /** As kube-proxy reads it, who uses hints. */
  public boolean readyForConsumer() {
    return !Boolean.FALSE.equals(ready);
  }
}
