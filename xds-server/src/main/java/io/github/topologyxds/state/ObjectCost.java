package io.github.topologyxds.state;

import io.github.topologyxds.model.EndpointModel;
import io.github.topologyxds.model.Hints;
import io.github.topologyxds.model.NamespaceModel;
import io.github.topologyxds.model.NodeModel;
import io.github.topologyxds.model.ObjectName;
import io.github.topologyxds.model.ServiceModel;
import io.github.topologyxds.model.ServicePort;
import io.github.topologyxds.model.ServiceState;
import io.github.topologyxds.model.SliceModel;
import io.github.topologyxds.model.SlicePort;
import io.github.topologyxds.model.TrafficAnnotations;
import io.github.topologyxds.model.names.LabelValue;
import io.github.topologyxds.state.budget.ServiceBudget;
import io.github.topologyxds.topology.ports.HeapBytes;
import org.jspecify.annotations.Nullable;

/**
 * What watched objects take of the heap, served or not: computed from them as {@link ServiceBudget}
 * needs it, and measured by the same test as the cost of serving (MemoryCostTest). All figures are
 * bytes.
 */
final class ObjectCost {
  /** Its key, uid, version and places in the indexes. */
  private static final int OBJECT = 600;

  private static final int NODE = 600;

  /** Also what is said of a slice that no Service uses. */
  private static final int SLICE = 1_000;

  /** A port of a Service or slice, without its strings. */
  private static final int PORT = 70;

  /** An endpoint, and that it was seen ready, without its strings. */
  private static final int ENDPOINT = 90;

  /** What is said of an endpoint whose zone is none. */
  private static final int FINDING = 400;

  /** The two sets of an endpoint that has hints. */
  private static final int HINTS = 250;

  /** A name in such a set, without the name. */
  private static final int HINT = 40;

  private ObjectCost() {}

  /** Returns bytes; 0 for no object. */
  static long of(@Nullable ModelObject object) {
    return switch (object) {
      case null -> 0;
      case ModelObject.OfNamespace(var namespace) -> of(namespace);
      case ModelObject.OfNode(var node) -> of(node);
      case ModelObject.OfService(var service) -> of(service);
      case ModelObject.OfSlice(var slice) -> of(slice);
      case ModelObject.OfZonalShift(var shift) ->
          OBJECT
              + HeapBytes.of(shift.name())
              + HeapBytes.of(shift.awayFrom())
              + HeapBytes.of(shift.comment());
      case ModelObject.OfServiceCidr(var cidr) ->
          OBJECT + HeapBytes.of(cidr.name()) + cidr.cidrs().stream().mapToLong(HeapBytes::of).sum();
      case ModelObject.ForPlanning planning -> OBJECT;
    };
  }

  /** Returns what a Service's own objects take. */
  static long of(ServiceState state) {
    return of(state.service()) + state.slices().stream().mapToLong(ObjectCost::of).sum();
  }

  private static long of(NamespaceModel namespace) {
    return OBJECT
        + HeapBytes.of(namespace.name())
        + HeapBytes.of(namespace.preference())
        + HeapBytes.of(namespace.notReady())
        + of(namespace.traffic());
  }

  private static long of(NodeModel node) {
    return NODE
        + HeapBytes.of(node.name())
        + HeapBytes.of(node.zone())
        + HeapBytes.of(node.region());
  }

  private static long of(ServiceModel service) {
    long bytes =
        OBJECT
            + of(service.name())
            + HeapBytes.of(service.topology().preference())
            + HeapBytes.of(service.topology().notReady())
            + of(service.topology().traffic());
    for (String ip : service.clusterIps()) {
      bytes += HeapBytes.of(ip);
    }
    for (ServicePort port : service.ports()) {
      bytes += PORT + HeapBytes.of(port.name()) + HeapBytes.of(port.appProtocol());
    }
    return bytes;
  }

  /** Annotations cost nothing where there are none. */
  private static long of(TrafficAnnotations traffic) {
    return HeapBytes.of(traffic.failover())
        + HeapBytes.of(traffic.zoneWeights())
        + HeapBytes.of(traffic.spillBelow())
        + HeapBytes.of(traffic.balance())
        + HeapBytes.of(traffic.overloadThreshold())
        + HeapBytes.of(traffic.zonalShift())
        + HeapBytes.of(traffic.maxConnectionAge())
        + HeapBytes.of(traffic.visibleTo());
  }

  private static long of(SliceModel slice) {
    long bytes = SLICE + of(slice.name()) + HeapBytes.of(slice.service().name());
    for (SlicePort port : slice.ports()) {
      bytes += PORT + HeapBytes.of(port.name());
    }
    for (EndpointModel endpoint : slice.endpoints()) {
      bytes += of(endpoint);
    }
    return bytes;
  }

  private static long of(EndpointModel endpoint) {
    boolean odd = !endpoint.zone().isEmpty() && !LabelValue.isValid(endpoint.zone());
    return ENDPOINT
        + (odd ? FINDING : 0)
        + HeapBytes.of(endpoint.address())
        + HeapBytes.of(endpoint.nodeName())
        + HeapBytes.of(endpoint.zone())
        + HeapBytes.of(endpoint.hostname())
        + HeapBytes.of(endpoint.targetUid())
        + of(endpoint.hints());
  }

  private static long of(Hints hints) {
    if (hints.isEmpty()) {
      return 0;
    }
    long bytes = HINTS;
    for (String zone : hints.zones()) {
      bytes += HINT + HeapBytes.of(zone);
    }
    for (String node : hints.nodes()) {
      bytes += HINT + HeapBytes.of(node);
    }
    return bytes;
  }

  private static long of(ObjectName name) {
    return HeapBytes.of(name.namespace()) + HeapBytes.of(name.name());
  }
}
