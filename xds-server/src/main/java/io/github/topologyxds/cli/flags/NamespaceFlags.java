package io.github.topologyxds.cli.flags;

import io.github.topologyxds.topology.settings.ServiceLimits;
import picocli.CommandLine.Option;

/** How much of a Namespace is served. */
public final class NamespaceFlags {
  @Option(
      names = "--max-ports-per-namespace",
      converter = RoutingFlags.LimitConverter.class,
      defaultValue = "40000",
      paramLabel = "N",
      description =
          "Of a Namespace whose Services have more ports together the youngest Services are left"
              + " out (default: ${DEFAULT-VALUE}).")
  private int maxPortsOfNamespace = ServiceLimits.DEFAULT.namespace().ports();

  @Option(
      names = "--max-port-endpoints-per-namespace",
      converter = RoutingFlags.LimitConverter.class,
      defaultValue = "1000000",
      paramLabel = "N",
      description =
          "Of a Namespace whose Services' ports have more endpoints together the youngest Services"
              + " are left out (default: ${DEFAULT-VALUE}).")
  private int maxPortEndpointsOfNamespace = ServiceLimits.DEFAULT.namespace().portEndpoints();

  /** Returns how much of one Namespace is served. */
  public ServiceLimits.OfNamespace limits() {
    return new ServiceLimits.OfNamespace(maxPortsOfNamespace, maxPortEndpointsOfNamespace);
  }
}
