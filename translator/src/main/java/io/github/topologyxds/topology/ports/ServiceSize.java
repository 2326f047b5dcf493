package io.github.topologyxds.topology.ports;

import io.github.topologyxds.model.ObjectName;
import io.github.topologyxds.model.ServiceModel;
import io.github.topologyxds.model.ServicePort;
import io.github.topologyxds.model.SliceModel;
import io.github.topologyxds.model.SlicePort;
import io.github.topologyxds.model.finding.Finding;
import io.github.topologyxds.model.finding.ObjectKey;
import io.github.topologyxds.model.finding.ObjectReference;
import io.github.topologyxds.model.finding.Reason;
import io.github.topologyxds.topology.settings.ServiceLimits;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How large a Service is, and what of it is served.
 *
 * @param ports that the Service has
 * @param portEndpoints see {@link ServiceLimits}; without what is beyond the limit of ports
 * @param served the ports within both limits, in the Service's order: whole ports are left out, the
 *     highest numbers first, never some endpoints of a port
 * @param portEndpointsServed the same of these ports
 * @param cost of serving it, in bytes of heap ({@link ServiceCost})
 */
public record ServiceSize(
    int ports, long portEndpoints, List<ServicePort> served, long portEndpointsServed, long cost) {
  private static final Comparator<ServicePort> LOWEST_FIRST =
      Comparator.comparingInt(ServicePort::number)
          .thenComparing(ServicePort::protocol)
          .thenComparing(ServicePort::name);

  public ServiceSize {
    served = List.copyOf(served);
  }

  /**
   * Measures a Service.
   *
   * @param slices that name it, sorted by name
   */
  public static ServiceSize of(
      ServiceModel service, Collection<SliceModel> slices, ServiceLimits limits) {
    List<ServicePort> lowest = new ArrayList<>(service.ports());
    lowest.sort(LOWEST_FIRST);
    Map<SlicePorts.PortKey, Long> endpoints = endpoints(service, slices);
    Set<ServicePort> kept = new HashSet<>();
    long all = 0;
    long ofServed = 0;
    for (ServicePort port : lowest.subList(0, Math.min(lowest.size(), limits.ports()))) {
      long own = endpoints.getOrDefault(SlicePorts.PortKey.of(port), 0L);
      all += own;
      if (all <= limits.portEndpoints()) {
        ofServed += own;
        kept.add(port);
      }
    }
    // A List of a Service within the limits is shared with it.
    List<ServicePort> served =
        kept.containsAll(service.ports())
            ? service.ports()
            : service.ports().stream().filter(kept::contains).toList();
    return new ServiceSize(
        lowest.size(), all, served, ofServed, ServiceCost.serving(service, slices, served));
  }

  /** Returns how many characters the names of the served ports' clusters have together. */
  public long nameCharacters(ObjectName service) {
    long own = service.toString().length() + 1L;
    return served.stream().mapToLong(port -> own + label(port)).sum();
  }

  private static int label(ServicePort port) {
    return port.name().isEmpty() ? Integer.toString(port.number()).length() : port.name().length();
  }

  /** Returns what is beyond the limits, for the owner of the Service. */
  public List<Finding> excess(ServiceModel service, ServiceLimits limits) {
    List<Finding> findings = new ArrayList<>();
    ObjectReference object = ObjectKey.service(service.name());
    String left =
        "; " + (ports - served.size()) + " ports, the highest numbers, are left out; split the";
    if (ports > limits.ports()) {
      findings.add(
          Finding.of(
              Reason.SERVICE_PORTS_LIMIT,
              object,
              "has " + ports + " ports (allowed: " + limits.ports() + ")" + left + " Service"));
    }
    if (portEndpoints > limits.portEndpoints()) {
      findings.add(
          Finding.of(
              Reason.SERVICE_ENDPOINTS_LIMIT,
              object,
              "its ports have "
                  + portEndpoints
                  + " endpoints together (allowed: "
                  + limits.portEndpoints()
                  + ")"
                  + left
                  + " Service"));
    }
    return findings;
  }

  private static Map<SlicePorts.PortKey, Long> endpoints(
      ServiceModel service, Collection<SliceModel> slices) {
    Map<SlicePorts.PortKey, Long> endpoints = new HashMap<>();
    service.ports().forEach(port -> endpoints.put(SlicePorts.PortKey.of(port), 0L));
    for (SliceModel slice : slices) {
      if (SlicePorts.counts(slice, service)) {
        for (SlicePort port : slice.ports()) {
          endpoints.computeIfPresent(
              SlicePorts.PortKey.of(port), (key, before) -> before + slice.endpoints().size());
        }
      }
    }
    return endpoints;
  }
}
