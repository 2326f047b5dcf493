package io.github.topologyxds.e2e;

import io.github.topologyxds.xds.resource.XdsProtocol;

/** The protocols and the numbers of zones that matter to routing. */
enum Variant {
  DELTA_TWO_ZONES(XdsProtocol.DELTA, 2),
  DELTA_THREE_ZONES(XdsProtocol.DELTA, 3),
  SOTW_TWO_ZONES(XdsProtocol.STATE_OF_THE_WORLD, 2),
  SOTW_THREE_ZONES(XdsProtocol.STATE_OF_THE_WORLD, 3);

  private final XdsProtocol protocol;
  private final int zones;

  Variant(XdsProtocol protocol, int zones) {
    this.protocol = protocol;
    this.zones = zones;
  }

  XdsProtocol protocol() {
    return protocol;
  }

  int zones() {
    return zones;
  }
}
