package io.github.topologyxds.xds.ondemand;

import io.github.topologyxds.xds.IpPort;
import io.github.topologyxds.xds.PortProtocol;
import io.github.topologyxds.xds.ServiceRoute;
import io.github.topologyxds.xds.ServiceTranslation;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Which destinations within the Service CIDRs are HTTP: some port numbers, but for some addresses.
 * Of each number the shorter list is kept: HTTP but for these addresses, or TCP but for those.
 *
 * @param ports the numbers that are HTTP at every address that is no exception; sorted
 * @param exceptions by what is different there, sorted by the first address
 */
public record HttpDestinations(SortedSet<Integer> ports, List<Exceptions> exceptions) {
  /** No port is HTTP. */
  public static final HttpDestinations NONE = new HttpDestinations(new TreeSet<>(), List.of());

  /**
   * Addresses at which the same ports are not what they are elsewhere. (4,000 that are listed one
   * by one took 19 MB of Envoy, listed together 5 MB: measured.)
   *
   * @param protocols by port number, sorted
   * @param addresses canonical literals, sorted
   */
  public record Exceptions(
      SortedMap<Integer, PortProtocol> protocols, SortedSet<String> addresses) {
    /** Makes it unmodifiable. */
    public Exceptions {
      protocols = Collections.unmodifiableSortedMap(new TreeMap<>(protocols));
      addresses = Collections.unmodifiableSortedSet(new TreeSet<>(addresses));
    }
  }

  /** Makes it unmodifiable. */
  public HttpDestinations {
    ports = Collections.unmodifiableSortedSet(new TreeSet<>(ports));
    exceptions = List.copyOf(exceptions);
  }

  /** Returns what these Services need; an address and port that two claim is the older one's. */
  public static HttpDestinations of(Collection<ServiceTranslation> services) {
    List<ServiceRoute> routes = new ArrayList<>();
    services.forEach(service -> routes.addAll(service.routes()));
    routes.sort(
        Comparator.comparingLong(ServiceRoute::created).thenComparing(ServiceRoute::service));
    SortedMap<Integer, SortedMap<PortProtocol, SortedSet<String>>> byPort = new TreeMap<>();
    Set<IpPort> taken = new HashSet<>();
    for (ServiceRoute route : routes) {
      int number = route.port().number();
      for (String ip : route.clusterIps()) {
        if (taken.add(new IpPort(ip, number))) {
          byPort
              .computeIfAbsent(number, n -> new TreeMap<>())
              .computeIfAbsent(PortProtocol.of(route.port()), p -> new TreeSet<>())
              .add(ip);
        }
      }
    }
    return of(byPort);
  }

  /** Returns the same, making no exception of these addresses. */
  public HttpDestinations without(Set<String> addresses) {
    List<Exceptions> others = new ArrayList<>();
    for (Exceptions some : exceptions) {
      SortedSet<String> left = new TreeSet<>(some.addresses());
      left.removeAll(addresses);
      if (!left.isEmpty()) {
        others.add(new Exceptions(some.protocols(), left));
      }
    }
    return new HttpDestinations(ports, others);
  }

  private static HttpDestinations of(
      SortedMap<Integer, SortedMap<PortProtocol, SortedSet<String>>> byPort) {
    SortedSet<Integer> ports = new TreeSet<>();
    SortedMap<String, SortedMap<Integer, PortProtocol>> different = new TreeMap<>();
    byPort.forEach((number, byProtocol) -> {
      Set<String> http = byProtocol.getOrDefault(PortProtocol.HTTP, Collections.emptySortedSet());
      Set<String> tcp = byProtocol.getOrDefault(PortProtocol.TCP, Collections.emptySortedSet());
      boolean mostlyHttp = tcp.size() <= http.size();
      if (mostlyHttp) {
        ports.add(number);
      }
      PortProtocol exception = mostlyHttp ? PortProtocol.TCP : PortProtocol.HTTP;
      for (String ip : mostlyHttp ? tcp : http) {
        different.computeIfAbsent(ip, address -> new TreeMap<>()).put(number, exception);
      }
    });
    Map<SortedMap<Integer, PortProtocol>, SortedSet<String>> together = new HashMap<>();
    different.forEach(
        (ip, protocols) -> together.computeIfAbsent(protocols, p -> new TreeSet<>()).add(ip));
    return new HttpDestinations(
        ports,
        together.entrySet().stream()
            .map(entry -> new Exceptions(entry.getKey(), entry.getValue()))
            .sorted(Comparator.comparing(some -> some.addresses().first()))
            .toList());
  }
}
