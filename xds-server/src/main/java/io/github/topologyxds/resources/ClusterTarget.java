package io.github.topologyxds.resources;

import io.github.topologyxds.model.ClientView;
import io.github.topologyxds.model.ObjectName;
import io.github.topologyxds.resources.ports.PortResources;
import io.github.topologyxds.xds.resource.XdsResource;

/**
 * What the name of a cluster leads to.
 *
 * @param port the service port
 * @param service of that port
 * @param hostname of the one Pod that is meant; "" for the Service as a whole
 */
record ClusterTarget(PortResources port, ObjectName service, String hostname) {
  /** Returns the name of the port's own cluster, which is that of its load assignment. */
  String clusterName() {
    return port.name();
  }

  /** Returns its cluster under this name, for a client that looks from here. */
  XdsResource cluster(String name, ClientView view) {
    return port.alias(name, hostname, view);
  }
}
