package io.github.topologyxds.resources.visibility;

import io.github.topologyxds.topology.settings.Visibility;
import io.github.topologyxds.xds.ServiceRoute;
import io.github.topologyxds.xds.ServiceTranslation;
import io.github.topologyxds.xds.ondemand.Destinations;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The clusterIPs that listeners name one by one, and of which not every client sees the Service: to
 * a client that does not, the listener names them no more than an address of nothing.
 *
 * @param visible by address, to whom it is
 */
public record HiddenAddresses(Map<String, Set<Visibility>> visible) {
  /** No address is hidden from anybody. */
  public static final HiddenAddresses NONE = new HiddenAddresses(Map.of());

  public HiddenAddresses {
    visible = Map.copyOf(visible);
  }

  /** Finds them among the addresses that are named. */
  public static HiddenAddresses of(
      Collection<ServiceTranslation> services, Destinations destinations) {
    Set<String> named = new HashSet<>();
    destinations.exceptions().forEach(exceptions -> named.addAll(exceptions.addresses()));
    Map<String, Set<Visibility>> visible = new HashMap<>();
    if (!named.isEmpty()) {
      for (ServiceTranslation service : services) {
        for (ServiceRoute route : service.routes()) {
          for (String ip : route.clusterIps()) {
            if (named.contains(ip)) {
              visible.computeIfAbsent(ip, address -> new HashSet<>()).add(service.visibility());
            }
          }
        }
      }
    }
    visible.values().removeIf(some -> some.stream().anyMatch(Visibility::isEverybodys));
    return new HiddenAddresses(visible);
  }

  /** Returns those that the clients of a namespace are not told, sorted. */
  public Set<String> from(String namespace) {
    return visible.entrySet().stream()
        .filter(entry -> entry.getValue().stream().noneMatch(one -> one.includes(namespace)))
        .map(Map.Entry::getKey)
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
