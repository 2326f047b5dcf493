package io.github.topologyxds.state;

import io.github.topologyxds.topology.ServiceCost;
import org.jspecify.annotations.Nullable;

/** What watched objects take of the heap, served or not: computed, see {@link ServiceCost}. */
final class ObjectCost {
  private ObjectCost() {}

  /** Returns bytes; 0 for no object. */
  static long of(@Nullable ModelObject object) {
    return switch (object) {
      case null -> 0;
      case ModelObject.OfNamespace namespace -> ServiceCost.OBJECT;
      case ModelObject.OfNode node -> ServiceCost.OBJECT;
      case ModelObject.OfService(var service) -> ServiceCost.held(service);
      case ModelObject.OfSlice(var slice) -> ServiceCost.held(slice);
      case ModelObject.ForPlanning planning -> ServiceCost.OBJECT;
    };
  }
}
