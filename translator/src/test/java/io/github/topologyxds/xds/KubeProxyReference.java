package io.github.topologyxds.xds;

import io.github.topologyxds.model.AddressType;
import io.github.topologyxds.model.EndpointModel;
import io.github.topologyxds.model.Family;
import io.github.topologyxds.model.ServiceState;
import io.github.topologyxds.model.SliceModel;
import io.github.topologyxds.model.SlicePort;
import io.github.topologyxds.topology.address.IpLiteral;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * What kube-proxy 1.36 would use, written down a second time and on purpose naively from the rules
 * (pkg/proxy/topology.go), with our own rule for duplicates, which it leaves to chance.
 */
final class KubeProxyReference {
  private final ServiceState state;
  private final Family family;

  KubeProxyReference(ServiceState state, Family family) {
    this.state = state;
    this.family = family;
  }

  /** Returns the endpoints, each as {@code "ip port"}. */
  Set<String> uses(String portName, String node, String zone) {
    Map<String, EndpointModel> all = usable(portName);
    if (state.service().topology().localOnly()) {
      Predicate<EndpointModel> local = e -> !node.isEmpty() && e.nodeName().equals(node);
      Set<String> ready = pick(all, e -> local.test(e) && e.readiness().ready());
      return ready.isEmpty()
          ? pick(all, e -> local.test(e) && e.readiness().servingWhileTerminating())
          : ready;
    }
    Collection<EndpointModel> ready =
        all.values().stream().filter(e -> e.readiness().ready()).toList();
    if (ready.isEmpty()) {
      return pick(all, e -> e.readiness().servingWhileTerminating());
    }
    boolean byNode =
        ready.stream().noneMatch(e -> e.hints().nodes().isEmpty())
            && ready.stream().anyMatch(e -> !node.isEmpty() && e.hints().nodes().contains(node));
    if (byNode) {
      return pick(all, e -> e.readiness().ready() && e.hints().nodes().contains(node));
    }
    boolean byZone =
        ready.stream().noneMatch(e -> e.hints().zones().isEmpty())
            && ready.stream().anyMatch(e -> !zone.isEmpty() && e.hints().zones().contains(zone));
    return pick(all, e -> e.readiness().ready() && (!byZone || e.hints().zones().contains(zone)));
  }

  private static Set<String> pick(Map<String, EndpointModel> all, Predicate<EndpointModel> wanted) {
    return all.entrySet().stream()
        .filter(entry -> wanted.test(entry.getValue()))
        .map(Map.Entry::getKey)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private Map<String, EndpointModel> usable(String portName) {
    AddressType type = family == Family.IPV4 ? AddressType.IPV4 : AddressType.IPV6;
    Map<String, EndpointModel> usable = new TreeMap<>();
    for (SliceModel slice : state.slices()) {
      if (slice.addressType() == type && !slice.headlessLabel()) {
        for (SlicePort port : slice.ports()) {
          if (port.name().equals(portName) && port.number() > 0 && port.number() < 65536) {
            for (EndpointModel endpoint : sorted(slice)) {
              IpLiteral.canonical(endpoint.address(), family)
                  .ifPresent(ip -> usable.merge(ip + " " + port.number(), endpoint, this::better));
            }
          }
        }
      }
    }
    return usable;
  }

  /** Our own order among equals of one slice. */
  private static List<EndpointModel> sorted(SliceModel slice) {
    return slice.endpoints().stream()
        .sorted(Comparator.comparing(EndpointModel::toString))
        .toList();
  }

  private EndpointModel better(EndpointModel first, EndpointModel second) {
    if (first.readiness().terminating() != second.readiness().terminating()) {
      return first.readiness().terminating() ? second : first;
    }
    if (first.readiness().ready() != second.readiness().ready()) {
      return first.readiness().ready() ? first : second;
    }
    return first.hints().isEmpty() && !second.hints().isEmpty() ? second : first;
  }
}
