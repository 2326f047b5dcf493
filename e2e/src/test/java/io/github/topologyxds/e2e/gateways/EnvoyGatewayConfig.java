package io.github.topologyxds.e2e.gateways;

import static io.github.topologyxds.e2e.gateways.ConfigFolder.move;
import static io.github.topologyxds.e2e.gateways.ConfigFolder.object;

import io.github.topologyxds.bootstrap.ProxyPorts;
import io.github.topologyxds.demo.envoy.EnvoySpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What Envoy Gateway makes of a Gateway and the recipe for it, as {@code egctl x translate} prints
 * it. Its own control plane is away: what that would send lies in files, as it was printed.
 * Besides, only addresses are others: of topology-xds, and of what listens.
 */
final class EnvoyGatewayConfig {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final String ROUTES = "routes.json";

  private final JsonNode configs;
  private final ConfigFolder files;

  /**
   * Reads it.
   *
   * @param variables what the kubelet puts in the place of {@code $(NAME)}
   * @param folder for the files of its control plane
   */
  EnvoyGatewayConfig(Path printed, Map<String, String> variables, Path folder) throws IOException {
    String text = Files.readString(printed);
    for (Map.Entry<String, String> variable : variables.entrySet()) {
      text = text.replace("$(" + variable.getKey() + ")", variable.getValue());
    }
    this.configs = JSON.readTree(text).path("xds").path("infra/near").path("configs");
    this.files = new ConfigFolder(folder);
  }

  private JsonNode config(String type) {
    for (JsonNode config : configs) {
      if (config.path("@type").asString().endsWith("." + type)) {
        return config;
      }
    }
    throw new IllegalStateException("no " + type);
  }

  /** Returns the Envoy to start. */
  EnvoySpec spec(ProxyPorts ports, int xdsPort) throws IOException {
    ArrayNode clusters = JSON.createArrayNode();
    config("ClustersConfigDump")
        .path("dynamicActiveClusters")
        .forEach(cluster -> clusters.add(cluster.path("cluster")));
    ArrayNode routes = JSON.createArrayNode();
    config("RoutesConfigDump")
        .path("dynamicRouteConfigs")
        .forEach(route -> routes.add(route.path("routeConfig")));
    ArrayNode listeners = JSON.createArrayNode();
    for (JsonNode dumped : config("ListenersConfigDump").path("dynamicListeners")) {
      JsonNode listener = dumped.path("activeState").path("listener");
      if (listener.path("name").asString().equals("infra/near/http")) {
        listeners.add(listener(listener, ports.listener()));
      }
    }
    files.write(ROUTES, routes);
    ObjectNode bootstrap = object(config("BootstrapConfigDump").path("bootstrap"));
    move(bootstrap.path("admin").path("address"), ports.admin());
    object(bootstrap.path("node")).put("id", "gateway-1").put("cluster", "near");
    ObjectNode dynamic = bootstrap.putObject("dynamicResources");
    dynamic.set("cdsConfig", files.write("clusters.json", clusters));
    dynamic.set("ldsConfig", files.write("listeners.json", listeners));
    staticClusters(object(bootstrap.path("staticResources")), xdsPort);
    return EnvoySpec.of(JSON.writeValueAsString(bootstrap), ports);
  }

  private JsonNode listener(JsonNode listener, int port) {
    move(listener.path("address"), port);
    ObjectNode rds =
        object(listener.path("defaultFilterChain").path("filters").path(0).path("typedConfig"))
            .withObject("rds");
    rds.set("configSource", files.source(ROUTES));
    return listener;
  }

  private void staticClusters(ObjectNode resources, int xdsPort) throws IOException {
    resources.remove("listeners");
    ArrayNode kept = JSON.createArrayNode();
    for (JsonNode cluster : resources.path("clusters")) {
      switch (cluster.path("name").asString()) {
        case "topology-xds" -> {
          JsonNode endpoint = cluster.path("loadAssignment").path("endpoints").path(0);
          move(endpoint.path("lbEndpoints").path(0).path("endpoint").path("address"), xdsPort);
          kept.add(object(cluster).put("type", "STATIC"));
        }
        case "local_cluster" -> {
          object(cluster.path("edsClusterConfig")).set("edsConfig", localCluster());
          kept.add(cluster);
        }
        default -> {}
      }
    }
    resources.set("clusters", kept);
  }

  /** The gateway's own Pods, one in each zone, with which Envoy would balance by zones itself. */
  private JsonNode localCluster() throws IOException {
    return files.write(
        "local_cluster.json",
        JSON.readTree(
            """
            [{"@type": "type.googleapis.com/envoy.config.endpoint.v3.ClusterLoadAssignment",
              "cluster_name": "local_cluster",
              "endpoints": [
                {"locality": {"zone": "zone-a"}, "lb_endpoints": [{"endpoint": {"address":
                  {"socket_address": {"address": "127.1.200.1", "port_value": 1}}}}]},
                {"locality": {"zone": "zone-b"}, "lb_endpoints": [{"endpoint": {"address":
                  {"socket_address": {"address": "127.1.200.2", "port_value": 1}}}}]}]}]
            """));
  }
}
