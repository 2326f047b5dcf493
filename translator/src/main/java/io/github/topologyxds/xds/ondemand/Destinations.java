package io.github.topologyxds.xds.ondemand;

import io.github.topologyxds.xds.IpPort;
import io.github.topologyxds.xds.ServiceRoute;
import java.util.ArrayList;
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
import java.util.stream.Collectors;

/**
 * Which chain of a sidecar's listener takes which destinations within the Service CIDRs: some port
 * numbers are HTTP, but for some addresses. Of each number the shorter list is kept: HTTP but for
 * these addresses, or TCP but for those. Where connections are closed for their age is an
 * exception.
 *
 * @param ports the numbers that are HTTP at every address that is no exception; sorted
 * @param exceptions by what is different there, sorted by the first address
 */
public record Destinations(SortedSet<Integer> ports, List<Exceptions> exceptions) {
  /** No port is HTTP. */
  public static final Destinations NONE = new Destinations(new TreeSet<>(), List.of());

  /**
   * Addresses at which the same ports are not what they are elsewhere. (4,000 that are listed one
   * by one took 19 MB of Envoy, listed together 5 MB: measured.)
   *
   * @param chains by port number, sorted
   * @param addresses canonical literals, sorted
   */
  public record Exceptions(SortedMap<Integer, ListenerChain> chains, SortedSet<String> addresses) {
    /** Makes it unmodifiable. */
    public Exceptions {
      chains = Collections.unmodifiableSortedMap(new TreeMap<>(chains));
      addresses = Collections.unmodifiableSortedSet(new TreeSet<>(addresses));
    }
  }

  /** Makes it unmodifiable. */
  public Destinations {
    ports = Collections.unmodifiableSortedSet(new TreeSet<>(ports));
    exceptions = List.copyOf(exceptions);
  }

  /**
   * Returns what Services need; an address and port that two claim is the older one's.
   *
   * @param oldestFirst their routes
   * @param ages at which connections are closed
   */
  public static Destinations of(List<ServiceRoute> oldestFirst, ConnectionAges ages) {
    SortedMap<Integer, SortedMap<ListenerChain, SortedSet<String>>> byPort = new TreeMap<>();
    Set<IpPort> taken = new HashSet<>();
    for (ServiceRoute route : oldestFirst) {
      int number = route.port().number();
      for (String ip : route.clusterIps()) {
        if (taken.add(new IpPort(ip, number))) {
          byPort
              .computeIfAbsent(number, n -> new TreeMap<>())
              .computeIfAbsent(ListenerChain.of(route, ages), chain -> new TreeSet<>())
              .add(ip);
        }
      }
    }
    return of(byPort);
  }

  /** Returns the chains that there are beside those that every listener has, sorted. */
  SortedSet<ListenerChain> limitedChains() {
    return exceptions.stream()
        .flatMap(some -> some.chains().values().stream())
        .filter(ListenerChain::limited)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** Returns the same, making no exception of these addresses. */
  public Destinations without(Set<String> addresses) {
    List<Exceptions> others = new ArrayList<>();
    for (Exceptions some : exceptions) {
      SortedSet<String> left = new TreeSet<>(some.addresses());
      left.removeAll(addresses);
      if (!left.isEmpty()) {
        others.add(new Exceptions(some.chains(), left));
      }
    }
    return new Destinations(ports, others);
  }

  private static Destinations of(
      SortedMap<Integer, SortedMap<ListenerChain, SortedSet<String>>> byPort) {
    SortedSet<Integer> ports = new TreeSet<>();
    SortedMap<String, SortedMap<Integer, ListenerChain>> different = new TreeMap<>();
    byPort.forEach((number, byChain) -> {
      ListenerChain usual =
          size(byChain, ListenerChain.TCP) <= size(byChain, ListenerChain.HTTP)
              ? ListenerChain.HTTP
              : ListenerChain.TCP;
      if (usual.equals(ListenerChain.HTTP) && byChain.containsKey(usual)) {
        ports.add(number);
      }
      byChain.forEach((chain, ips) -> {
        if (!chain.equals(usual)) {
          ips.forEach(ip -> different.computeIfAbsent(ip, a -> new TreeMap<>()).put(number, chain));
        }
      });
    });
    Map<SortedMap<Integer, ListenerChain>, SortedSet<String>> together = new HashMap<>();
    different.forEach(
        (ip, chains) -> together.computeIfAbsent(chains, c -> new TreeSet<>()).add(ip));
    return new Destinations(
        ports,
        together.entrySet().stream()
            .map(entry -> new Exceptions(entry.getKey(), entry.getValue()))
            .sorted(Comparator.comparing(some -> some.addresses().first()))
            .toList());
  }

  private static int size(
      SortedMap<ListenerChain, SortedSet<String>> byChain, ListenerChain chain) {
    return byChain.getOrDefault(chain, Collections.emptySortedSet()).size();
  }
}
