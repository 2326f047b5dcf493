package io.github.topologyxds.e2e.gateways;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a gateway's control plane sends it, as files that an Envoy reads: in JSON, whose fields may
 * be written in both ways that protobuf knows.
 */
record ConfigFolder(Path folder) {
  private static final JsonMapper JSON = JsonMapper.shared();

  /** Writes resources that name their type; returns the config source that reads them. */
  ObjectNode write(String name, JsonNode resources) throws IOException {
    ObjectNode response = JSON.createObjectNode();
    response.set("resources", resources);
    Files.writeString(folder.resolve(name), JSON.writeValueAsString(response));
    return source(name);
  }

  /** Returns the config source that reads a file. */
  ObjectNode source(String name) {
    ObjectNode source = JSON.createObjectNode();
    source.putObject("path_config_source").put("path", folder.resolve(name).toString());
    return source.put("resource_api_version", "V3");
  }

  /** Moves an address to a port of loopback. */
  static void move(JsonNode address, int port) {
    ObjectNode socket =
        object(address.path(address.has("socketAddress") ? "socketAddress" : "socket_address"));
    socket.remove("portValue");
    socket.put("address", "127.0.0.1").put("port_value", port);
  }

  /** What is changed must be there, and an object. */
  static ObjectNode object(JsonNode node) {
    return Objects.requireNonNull((ObjectNode) node);
  }
}
