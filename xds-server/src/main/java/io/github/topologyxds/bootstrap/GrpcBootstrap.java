package io.github.topologyxds.bootstrap;

import io.github.topologyxds.model.Family;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * The file that {@code GRPC_XDS_BOOTSTRAP} names (gRPC proposals A27, A65 and A97): where a gRPC
 * library without a proxy finds us, and what it tells of itself.
 */
final class GrpcBootstrap {
  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private GrpcBootstrap() {}

  /** Returns the file as JSON. */
  static String render(BootstrapSettings settings) {
    Map<String, Object> server = new LinkedHashMap<>();
    server.put("server_uri", settings.xds().hostAndPort());
    server.put("channel_creds", List.of(credentials(settings)));
    XdsTls tls = settings.tls();
    if (tls != null) {
      tls.token().ifPresent(token -> server.put("call_creds", List.of(credentials(token))));
    }
    server.put("server_features", List.of("xds_v3"));
    Map<String, Object> bootstrap = new LinkedHashMap<>();
    bootstrap.put("xds_servers", List.of(server));
    bootstrap.put("node", node(settings));
    return JSON.writeValueAsString(bootstrap) + "\n";
  }

  /** What each call shows, read anew from the file when the token is nearly over (proposal A97). */
  private static Map<String, Object> credentials(String token) {
    Map<String, Object> credentials = new LinkedHashMap<>();
    credentials.put("type", "jwt_token_file");
    credentials.put("config", Map.of("jwt_token_file", token));
    return credentials;
  }

  private static Map<String, Object> credentials(BootstrapSettings settings) {
    XdsTls tls = settings.tls();
    if (tls == null) {
      return Map.of("type", "insecure");
    }
    Map<String, String> files = new LinkedHashMap<>();
    files.put("ca_certificate_file", tls.ca());
    XdsTls.Pair client = tls.client();
    if (client != null) {
      files.put("certificate_file", client.certificate());
      files.put("private_key_file", client.key());
    }
    Map<String, Object> credentials = new LinkedHashMap<>();
    credentials.put("type", "tls");
    credentials.put("config", files);
    return credentials;
  }

  private static Map<String, Object> node(BootstrapSettings settings) {
    ProxyNode node = settings.node();
    Map<String, String> metadata = new LinkedHashMap<>();
    metadata.put("NODE_NAME", node.node());
    metadata.put("NAMESPACE", node.namespace());
    Family family = node.family();
    if (family != null) {
      metadata.put("IP_FAMILY", family.label());
    }
    Map<String, String> locality = new LinkedHashMap<>();
    if (node.region() != null) {
      locality.put("region", node.region());
    }
    if (node.zone() != null) {
      locality.put("zone", node.zone());
    }
    Map<String, Object> told = new LinkedHashMap<>();
    told.put("id", settings.nodeId());
    told.put("metadata", metadata);
    if (!locality.isEmpty()) {
      told.put("locality", locality);
    }
    return told;
  }
}
