package io.github.topologyxds.xds.routes;

import io.github.topologyxds.model.ObjectName;

/**
 * What a host's name leads to.
 *
 * @param clusterName the service port's
 * @param service of that port
 * @param hostname of the one Pod that is meant, lower case; "" for the Service as a whole. Whether
 *     there is such a Pod is not said: it may come and go
 */
public record HostDestination(String clusterName, ObjectName service, String hostname) {
  /** Returns whether one Pod of a headless Service is meant. */
  public boolean isPod() {
    return !hostname.isEmpty();
  }
}
