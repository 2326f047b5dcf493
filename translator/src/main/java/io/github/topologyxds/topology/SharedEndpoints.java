package io.github.topologyxds.topology;

import com.google.common.base.Suppliers;
import java.util.Set;
import java.util.function.Supplier;

/**
 * The endpoints that the service ports of the same slices share, and what was seen of them.
 *
 * @param endpoints put together when first asked for
 * @param anyNodeMatters whether it can make a difference on which node a client is
 * @param anyServing whether one takes requests: ready, or as a last resort while it terminates
 * @param absence why none does, where none does
 * @param readyHostnames of those that are ready, without ""
 */
record SharedEndpoints(
    Supplier<PortEndpoints> endpoints,
    boolean anyNodeMatters,
    boolean anyServing,
    DecisionReason absence,
    Set<String> readyHostnames) {
  /** The same endpoints, of which none takes requests, while some of the other family do. */
  SharedEndpoints withOnlyOtherFamily() {
    return new SharedEndpoints(
        Suppliers.memoize(() -> endpoints.get().withOnlyOtherFamily()),
        anyNodeMatters,
        anyServing,
        DecisionReason.ONLY_OTHER_FAMILY,
        readyHostnames);
  }
}
