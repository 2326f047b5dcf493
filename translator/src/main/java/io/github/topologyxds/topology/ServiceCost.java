package io.github.topologyxds.topology;

import io.github.topologyxds.model.EndpointModel;
import io.github.topologyxds.model.Family;
import io.github.topologyxds.model.ServiceModel;
import io.github.topologyxds.model.ServicePort;
import io.github.topologyxds.model.SliceModel;
import io.github.topologyxds.model.SlicePort;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What objects take of the heap, computed: equal for equal objects, on every replica and after
 * every restart, which no reading of the heap would be. The constants are rounded up from what
 * 10,000 Services with 100,000 endpoints take with all load assignments of three zones
 * (docs/performance.md). All figures are bytes.
 */
public final class ServiceCost {
  /** Anything that is watched: its key, uid, version and places in the indexes. */
  public static final int OBJECT = 600;

  private static final int SERVICE = 2_000;

  /** A Service's port: cluster, route, and where they are kept. */
  private static final int PORT = 4_000;

  /** A port of a Service or slice as the source tells of it, without its strings. */
  private static final int PORT_OF_OBJECT = 100;

  /** An endpoint as the source tells of it, without its strings. */
  private static final int ENDPOINT = 200;

  private static final int HINT = 150;

  /** An endpoint as the ports of its slices share it. */
  private static final int SHARED_ENDPOINT = 250;

  /** An endpoint of a port in one load assignment. */
  private static final int ASSIGNED_ENDPOINT = 80;

  /** A load assignment without endpoints. */
  private static final int ASSIGNMENT = 400;

  /** Zones whose clients are reckoned with, whatever the endpoints say. */
  private static final int ZONES = 3;

  /** What endpoints may make up counts only so far: clients must be there to ask for it. */
  private static final int MAX_ZONES = 32;

  private ServiceCost() {}

  /** Returns what it takes to serve these ports, beside the {@link #held objects} themselves. */
  static long serving(
      ServiceModel service, Collection<SliceModel> slices, List<ServicePort> served) {
    long bytes = SERVICE + (long) PORT * served.size();
    Set<String> zones = new HashSet<>();
    for (SliceModel slice : slices) {
      slice.endpoints().forEach(endpoint -> zones.add(endpoint.zone()));
    }
    long views = 1L + Math.clamp(zones.size(), ZONES, MAX_ZONES);
    SlicePorts index = new SlicePorts(service, slices, served);
    Set<PortSlices.Key> shared = new HashSet<>();
    for (ServicePort port : served) {
      for (Family family : Family.values()) {
        PortSlices its = index.of(port, family);
        long endpoints = endpoints(its);
        if (endpoints > 0) {
          bytes += views * (ASSIGNMENT + ASSIGNED_ENDPOINT * endpoints);
          bytes += shared.add(its.key()) ? SHARED_ENDPOINT * endpoints : 0;
        }
      }
    }
    return bytes;
  }

  private static long endpoints(PortSlices port) {
    return port.targets().stream().mapToLong(t -> t.slice().endpoints().size()).sum();
  }

  /** Returns what a Service takes whether it is served or not. */
  public static long held(ServiceModel service) {
    long bytes = OBJECT;
    for (ServicePort port : service.ports()) {
      bytes += PORT_OF_OBJECT + port.name().length() + port.appProtocol().length();
    }
    return bytes;
  }

  /** Returns what a slice takes whether it is served or not. */
  public static long held(SliceModel slice) {
    long bytes = OBJECT;
    for (SlicePort port : slice.ports()) {
      bytes += PORT_OF_OBJECT + port.name().length();
    }
    for (EndpointModel endpoint : slice.endpoints()) {
      int hints = endpoint.hints().zones().size() + endpoint.hints().nodes().size();
      bytes += ENDPOINT + (long) HINT * hints + characters(endpoint);
    }
    return bytes;
  }

  private static long characters(EndpointModel endpoint) {
    return (long) endpoint.address().length()
        + endpoint.nodeName().length()
        + endpoint.zone().length()
        + endpoint.hostname().length()
        + endpoint.targetUid().length();
  }
}
