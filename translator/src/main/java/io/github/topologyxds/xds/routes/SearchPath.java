package io.github.topologyxds.xds.routes;

import io.github.topologyxds.model.ObjectName;
import io.github.topologyxds.xds.PodNames;
import io.github.topologyxds.xds.ServiceTranslation;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * What {@code db-0.db} means. The search path of a Pod in {@code shop} tries {@code
 * db-0.db.shop.svc}, a Pod of Service db in its own Namespace, before {@code db-0.db.svc}, Service
 * db-0 of Namespace db; in Envoy the whole name would go before {@code *.db}. So for clients of a
 * Namespace where the Pod is there, the Service does not have that name. Immutable; any thread.
 */
public final class SearchPath {
  private final Set<ObjectName> services;
  private final Set<String> namespaces;

  /** By the client's namespace: the headless Services whose Pods go before Services. */
  private final Map<String, Map<ObjectName, Set<ObjectName>>> outranked = new HashMap<>();

  SearchPath(Collection<ServiceTranslation> translations) {
    this.services =
        translations.stream()
            .filter(translation -> !translation.routes().isEmpty())
            .map(ServiceTranslation::service)
            .collect(Collectors.toUnmodifiableSet());
    this.namespaces =
        services.stream().map(ObjectName::namespace).collect(Collectors.toUnmodifiableSet());
    for (ServiceTranslation translation : translations) {
      Set<ObjectName> behind = outrankedBy(translation.podNames());
      if (!behind.isEmpty()) {
        ObjectName headless = translation.service();
        outranked
            .computeIfAbsent(headless.namespace(), namespace -> new HashMap<>())
            .put(headless, behind);
      }
    }
  }

  /** Returns the Services that routes lead to. */
  public Set<ObjectName> services() {
    return services;
  }

  /** Returns the namespaces that have such Services. */
  public Set<String> namespaces() {
    return namespaces;
  }

  /**
   * Returns the Services whose two labels are the name of one of these Pods, for clients of the
   * Pods' Namespace: the routes depend on no more of them.
   */
  public Set<ObjectName> outrankedBy(PodNames pods) {
    String sameName = pods.service().name();
    if (!namespaces.contains(sameName)) {
      return Set.of();
    }
    Set<ObjectName> behind = new HashSet<>();
    for (String hostname : pods.hostnames()) {
      ObjectName service = new ObjectName(sameName, hostname);
      if (services.contains(service)) {
        behind.add(service);
      }
    }
    return behind;
  }

  /** Returns the Services that go behind a Pod for a client that calls these Services. */
  Set<ObjectName> outranked(String clientNamespace, Predicate<ObjectName> calls) {
    Set<ObjectName> behind = new HashSet<>();
    outranked
        .getOrDefault(clientNamespace, Map.of())
        .forEach((headless, services) -> {
          if (calls.test(headless)) {
            behind.addAll(services);
          }
        });
    return behind;
  }

  /** Leaves out {@code db-0.db} and {@code db-0.db:80}. */
  static List<String> withoutTwoLabels(ObjectName service, List<String> domains) {
    String twoLabels = service.name() + "." + service.namespace();
    return domains.stream()
        .filter(domain -> !domain.equals(twoLabels) && !domain.startsWith(twoLabels + ":"))
        .toList();
  }
}
