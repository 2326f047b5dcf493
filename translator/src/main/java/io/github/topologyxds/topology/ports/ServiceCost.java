package io.github.topologyxds.topology.ports;

import io.github.topologyxds.model.EndpointModel;
import io.github.topologyxds.model.Family;
import io.github.topologyxds.model.Protocol;
import io.github.topologyxds.model.ServiceModel;
import io.github.topologyxds.model.ServicePort;
import io.github.topologyxds.model.ServiceType;
import io.github.topologyxds.model.SliceModel;
import io.github.topologyxds.model.finding.FindingSet;
import io.github.topologyxds.topology.address.IpLiteral;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What it takes of the heap to serve a Service, beside the objects themselves: computed from them,
 * so equal on every replica and after every restart, which no reading of the heap would be. The
 * constants are rounded up from the heap of many kinds of clusters, which a test measures again
 * (MemoryCostTest). All figures are bytes.
 */
final class ServiceCost {
  /** Also its usual findings. */
  private static final int SERVICE = 1_600;

  /**
   * A port's cluster, its endpoints in both families while there are none, and where it is kept.
   */
  private static final int PORT = 1_600;

  /** How often a cluster's name stands in what is kept of it, beside load assignments. */
  private static final int NAMES = 5;

  /** What is found out once about the endpoints that ports of the same slices share. */
  private static final int SHARED = 600;

  /**
   * An endpoint in a load assignment, as bytes, without what has a length of its own, and its
   * digest.
   */
  private static final int ASSIGNED_ENDPOINT = 22 + 8;

  /** The other family's address of an endpoint, with the longest address. */
  private static final int OTHER_ADDRESS = 20 + 39;

  /** What makes an endpoint reachable by its hostname, without that. */
  private static final int HOSTNAME_METADATA = 60;

  /** What is said of an endpoint whose address is none. */
  private static final int FINDING = 350;

  /** A load assignment without endpoints, and the view that it is for. */
  private static final int ASSIGNMENT = 460;

  /** A locality of a load assignment, beside its zone and region. */
  private static final int LOCALITY = 30;

  /** Zones whose clients are reckoned with, whatever the endpoints say. */
  private static final int ZONES = 3;

  /** What endpoints may make up counts only so far: clients must be there to ask for it. */
  private static final int MAX_ZONES = 32;

  private final ServiceModel service;
  private final SlicePorts index;
  private final long views;
  private final long localities;

  /** What the endpoints of a slice take in each load assignment. */
  private final Map<SliceModel, Long> bySlice = new HashMap<>();

  private ServiceCost(
      ServiceModel service, Collection<SliceModel> slices, List<ServicePort> served) {
    this.service = service;
    this.index = new SlicePorts(service, slices, served);
    Set<String> zones = new HashSet<>();
    for (SliceModel slice : slices) {
      slice.endpoints().forEach(endpoint -> zones.add(endpoint.zone()));
    }
    views = 1L + Math.clamp(zones.size(), ZONES, MAX_ZONES);
    // A region is about as long as its zones' names.
    localities = zones.stream().mapToLong(zone -> LOCALITY + 2L * zone.length()).sum();
  }

  /** Returns what it takes to serve these ports. */
  static long serving(
      ServiceModel service, Collection<SliceModel> slices, List<ServicePort> served) {
    ServiceCost cost = new ServiceCost(service, slices, served);
    Set<PortSlices.Key> shared = new HashSet<>();
    long bytes = SERVICE + findings(slices);
    for (ServicePort port : served) {
      bytes += cost.port(port, shared);
    }
    return bytes;
  }

  private long port(ServicePort port, Set<PortSlices.Key> shared) {
    if (port.protocol() == Protocol.SCTP) {
      return 0;
    }
    int name = service.name().toString().length() + 1 + port.name().length();
    long bytes = PORT + (long) NAMES * name + RouteCost.of(service, port);
    int families = 0;
    long inBoth = Long.MAX_VALUE;
    for (Family family : Family.values()) {
      PortSlices its = index.of(port, family);
      long assigned = 0;
      long endpoints = 0;
      for (PortSlices.Target target : its.targets()) {
        assigned += assigned(target.slice());
        endpoints += target.slice().endpoints().size();
      }
      inBoth = Math.min(inBoth, endpoints);
      if (assigned > 0) {
        families++;
        bytes += views * (assigned + localities);
        bytes += shared.add(its.key()) ? SHARED : 0;
      }
    }
    // Those of one pod stand together in the assignments of who names no family.
    return bytes
        + views * Math.max(1, families) * (ASSIGNMENT + name)
        + views * inBoth * OTHER_ADDRESS;
  }

  private long assigned(SliceModel slice) {
    return bySlice.computeIfAbsent(slice, this::measure);
  }

  /** Returns what is said of the addresses that are none. */
  private static long findings(Collection<SliceModel> slices) {
    long invalid =
        slices.stream()
            .flatMap(slice -> slice.endpoints().stream())
            .filter(endpoint -> !IpLiteral.isValid(endpoint.address()))
            .limit(FindingSet.OF_A_REASON)
            .count();
    return FINDING * invalid;
  }

  private long measure(SliceModel slice) {
    long assigned = 0;
    for (EndpointModel endpoint : slice.endpoints()) {
      int hostname = endpoint.hostname().length();
      assigned += ASSIGNED_ENDPOINT + endpoint.address().length() + hostname;
      if (service.type() == ServiceType.HEADLESS && hostname > 0) {
        assigned += HOSTNAME_METADATA + hostname;
      }
    }
    return assigned;
  }
}
