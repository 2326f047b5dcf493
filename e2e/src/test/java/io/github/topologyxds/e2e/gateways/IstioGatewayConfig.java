package io.github.topologyxds.e2e.gateways;

import static io.github.topologyxds.e2e.gateways.ConfigFolder.move;
import static io.github.topologyxds.e2e.gateways.ConfigFolder.object;

import io.github.topologyxds.bootstrap.ProxyPorts;
import io.github.topologyxds.demo.envoy.EnvoySpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What Istio makes of a Gateway and the recipe for it. Its own control plane is away: what that
 * would send lies in files, as it was made. Besides, addresses are others, and what is not here is
 * left out: filters of Istio's own build of Envoy, and the certificates of its agent, which
 * endpoints without Istio's metadata are not sent.
 */
final class IstioGatewayConfig {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final String ROUTES = "routes.json";

  private final JsonNode made;
  private final ConfigFolder files;

  /**
   * Reads it.
   *
   * @param node what the kubelet puts in the place of {@code $(NODE_NAME)}
   * @param folder for the files of its control plane
   */
  IstioGatewayConfig(Path made, String node, Path folder) throws IOException {
    this.made = JSON.readTree(Files.readString(made).replace("$(NODE_NAME)", node));
    this.files = new ConfigFolder(folder);
  }

  /** Returns the Envoy to start. */
  EnvoySpec spec(ProxyPorts ports, int xdsPort) throws IOException {
    write(ROUTES, made.path("routes"), "route.v3.RouteConfiguration");
    ArrayNode listeners = JSON.createArrayNode();
    made.path("listeners").forEach(listener -> listeners.add(listener(listener, ports.listener())));
    ObjectNode bootstrap = object(made.path("bootstrap"));
    move(bootstrap.path("admin").path("address"), ports.admin());
    ObjectNode dynamic = bootstrap.putObject("dynamic_resources");
    for (JsonNode cluster : made.path("clusters")) {
      object(cluster).remove("transportSocketMatches");
      object(cluster).set("filters", others(cluster.path("filters")));
    }
    dynamic.set("cds_config", write("clusters.json", made.path("clusters"), "cluster.v3.Cluster"));
    dynamic.set("lds_config", write("listeners.json", listeners, "listener.v3.Listener"));
    ObjectNode statics = object(bootstrap.path("static_resources"));
    statics.remove("listeners");
    ArrayNode clusters = Objects.requireNonNull((ArrayNode) statics.path("clusters"));
    for (JsonNode cluster : made.path("override").path("static_resources").path("clusters")) {
      JsonNode endpoint = cluster.path("load_assignment").path("endpoints").path(0);
      move(endpoint.path("lb_endpoints").path(0).path("endpoint").path("address"), xdsPort);
      clusters.add(object(cluster).put("type", "STATIC"));
    }
    return EnvoySpec.of(JSON.writeValueAsString(bootstrap), ports);
  }

  private JsonNode listener(JsonNode listener, int port) {
    move(listener.path("address"), port);
    for (JsonNode chain : listener.path("filterChains")) {
      for (JsonNode filter : chain.path("filters")) {
        ObjectNode manager = object(filter.path("typedConfig"));
        manager.withObject("rds").set("configSource", files.source(ROUTES));
        manager.set("httpFilters", others(manager.path("httpFilters")));
      }
    }
    return listener;
  }

  /** Those that are not only in Istio's own build. */
  private static ArrayNode others(JsonNode filters) {
    ArrayNode others = JSON.createArrayNode();
    for (JsonNode filter : filters) {
      if (!filter.path("name").asString().startsWith("istio")) {
        others.add(filter);
      }
    }
    return others;
  }

  private JsonNode write(String name, JsonNode resources, String type) throws IOException {
    resources.forEach(
        resource -> object(resource).put("@type", "type.googleapis.com/envoy.config." + type));
    return files.write(name, resources);
  }
}
