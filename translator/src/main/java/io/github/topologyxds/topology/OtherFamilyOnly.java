package io.github.topologyxds.topology;

import io.github.topologyxds.model.Family;
import java.util.EnumMap;
import java.util.Map;

/** Tells a family that has nothing to offer from a port that has nothing to offer. */
final class OtherFamilyOnly {
  private OtherFamilyOnly() {}

  /**
   * Returns the endpoints of both families of a port; one without an endpoint that takes requests
   * says so, if the other one has some.
   */
  static Map<Family, PortEndpoints> apply(Map<Family, PortEndpoints> byFamily) {
    boolean any = byFamily.values().stream().anyMatch(PortEndpoints::anyServing);
    Map<Family, PortEndpoints> told = new EnumMap<>(Family.class);
    byFamily.forEach((family, endpoints) ->
        told.put(
            family, any && !endpoints.anyServing() ? endpoints.withOnlyOtherFamily() : endpoints));
    return told;
  }
}
