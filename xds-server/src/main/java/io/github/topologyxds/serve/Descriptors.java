package io.github.topologyxds.serve;

import com.sun.management.UnixOperatingSystemMXBean;
import io.github.topologyxds.admin.AdminServer;
import io.github.topologyxds.api.server.ApiServer;
import io.github.topologyxds.grpc.connection.XdsLimits;
import java.lang.management.ManagementFactory;

/** How many file descriptors the process may have, and who gets them. */
final class Descriptors {
  /**
   * For the admin port, the API, the watches of the Kubernetes API, manifests, TLS files, and jars.
   */
  private static final int RESERVE = AdminServer.MAX_CONNECTIONS + ApiServer.MAX_CONNECTIONS + 64;

  private Descriptors() {}

  /** Returns these limits of the xDS port, so that the rest of the process can go on. */
  static XdsLimits within(XdsLimits limits) {
    int room = forClients();
    return limits.withConnections(room).withClients(limits.clients().within(room));
  }

  /**
   * Returns how many connections the xDS port may have so that the rest of the process can go on:
   * without descriptors it would answer no probe, and be killed for that.
   */
  static int forClients() {
    if (ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system) {
      return forClients(system.getMaxFileDescriptorCount(), system.getOpenFileDescriptorCount());
    }
    return Integer.MAX_VALUE;
  }

  /** At least one, however few there are. */
  static int forClients(long most, long open) {
    return (int) Math.clamp(most - open - RESERVE, 1L, Integer.MAX_VALUE);
  }
}
