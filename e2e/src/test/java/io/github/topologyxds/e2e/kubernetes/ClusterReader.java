package io.github.topologyxds.e2e.kubernetes;

import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServicePort;
import io.fabric8.kubernetes.api.model.discovery.v1.Endpoint;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointPort;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.nio.file.Path;
import java.util.Objects;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * What the API server holds, by a LIST of a second client that shares nothing with the product: the
 * hosts that every cluster must have. Knows IPv4 and endpoints that are ready.
 */
final class ClusterReader implements AutoCloseable {
  private final KubernetesClient client;

  ClusterReader(Path kubeconfig) {
    client =
        new KubernetesClientBuilder()
            .withConfig(Config.fromKubeconfig(kubeconfig.toFile()))
            .build();
  }

  KubernetesClient client() {
    return client;
  }

  /** {@code shop/cart:http} to {@code 10.0.0.1:8080}, of the namespaces that count. */
  SortedMap<String, SortedSet<String>> hosts(Predicate<String> namespace) {
    SortedMap<String, SortedSet<String>> hosts = new TreeMap<>();
    for (Service service : client.services().inAnyNamespace().list().getItems()) {
      if (namespace.test(service.getMetadata().getNamespace())) {
        for (ServicePort port : service.getSpec().getPorts()) {
          hosts.put(name(service, port), new TreeSet<>());
        }
      }
    }
    for (EndpointSlice slice :
        client.discovery().v1().endpointSlices().inAnyNamespace().list().getItems()) {
      addHosts(slice, hosts);
    }
    return hosts;
  }

  private static void addHosts(EndpointSlice slice, SortedMap<String, SortedSet<String>> hosts) {
    String service = slice.getMetadata().getLabels().get("kubernetes.io/service-name");
    for (EndpointPort port :
        Objects.requireNonNullElse(slice.getPorts(), java.util.List.<EndpointPort>of())) {
      SortedSet<String> known =
          hosts.get(slice.getMetadata().getNamespace() + "/" + service + ":" + port.getName());
      if (known != null && slice.getEndpoints() != null) {
        for (Endpoint endpoint : slice.getEndpoints()) {
          known.add(endpoint.getAddresses().getFirst() + ":" + port.getPort());
        }
      }
    }
  }

  private static String name(Service service, ServicePort port) {
    String name = port.getName() == null ? "" + port.getPort() : port.getName();
    return service.getMetadata().getNamespace()
        + "/"
        + service.getMetadata().getName()
        + ":"
        + name;
  }

  @Override
  public void close() {
    client.close();
  }
}
