package io.github.topologyxds.slices;

import io.github.topologyxds.model.AddressType;
import io.github.topologyxds.model.Family;
import io.github.topologyxds.model.Protocol;
import io.github.topologyxds.slices.observed.ObservedSlice;
import io.github.topologyxds.slices.observed.PublishedEndpoint;
import io.github.topologyxds.slices.observed.PublishedPort;
import io.github.topologyxds.topology.address.IpLiteral;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What other managers publish for a Service: read, never written. */
final class OthersSlices {
  private final Map<Published, ObservedSlice> published = new HashMap<>();
  private final Map<Family, List<PublishedEndpoint>> ready = new EnumMap<>(Family.class);

  /** One ip:port, as kube-proxy tells endpoints apart (pkg/proxy/endpointslicecache.go). */
  private record Published(String ip, int port, Protocol protocol) {}

  OthersSlices(List<ObservedSlice> slices) {
    for (ObservedSlice slice : slices) {
      Optional<Family> family = familyOf(slice.addressType());
      if (family.isPresent()) {
        slice.endpoints().forEach(endpoint -> add(slice, endpoint, family.get()));
      }
    }
  }

  static Optional<Family> familyOf(AddressType type) {
    return switch (type) {
      case IPV4 -> Optional.of(Family.IPV4);
      case IPV6 -> Optional.of(Family.IPV6);
      case FQDN -> Optional.empty();
    };
  }

  private void add(ObservedSlice slice, PublishedEndpoint endpoint, Family family) {
    for (String address : endpoint.addresses()) {
      String ip = IpLiteral.canonical(address, family).orElse(address);
      for (PublishedPort port : slice.ports()) {
        published.putIfAbsent(new Published(ip, port.number(), port.protocol()), slice);
      }
    }
    if (!endpoint.addresses().isEmpty() && endpoint.conditions().readyForConsumer()) {
      ready.computeIfAbsent(family, f -> new ArrayList<>()).add(endpoint);
    }
  }

  /** Returns the slice that has this ip:port already. */
  Optional<ObservedSlice> publisher(String ip, PublishedPort port) {
    return Optional.ofNullable(published.get(new Published(ip, port.number(), port.protocol())));
  }

  /** Whether endpoints of theirs take part in the decision about hints; only ready ones do. */
  boolean count(Family family) {
    return ready.containsKey(family);
  }

  /** Slices without a ready endpoint have no say, so that an empty one counts as hinted. */
  boolean allForZones(Family family) {
    return ready.getOrDefault(family, List.of()).stream()
        .noneMatch(endpoint -> endpoint.hints().zones().isEmpty());
  }

  boolean allForNodes(Family family) {
    return ready.getOrDefault(family, List.of()).stream()
        .noneMatch(endpoint -> endpoint.hints().nodes().isEmpty());
  }
}
