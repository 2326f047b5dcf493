package io.github.topologyxds.bootstrap;

import io.github.topologyxds.xds.XdsProtocol;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The places in the files that can be filled in: lines that end in {@code # bootstrap: label}. */
enum Marker {
  NODE_ID("node id"),
  NODE("--node"),
  NAMESPACE("--namespace"),
  FAMILY("--family"),
  SERVICES("--services"),
  LOCALITY("locality"),
  REGION("--region"),
  ZONE("--zone"),
  ADMIN_PORT("--admin-port"),
  LISTENER_PORT("--listener-port"),
  TCP_LISTENER_PORT("--listener-port + 1"),
  PROTOCOL("--protocol"),
  XDS_TYPE("xds type"),
  XDS_HOST("xds host"),
  XDS_PORT("xds port"),
  LOAD_REPORTS("load reports"),
  TLS("tls"),
  TLS_SNI("tls sni"),
  TLS_CA("--tls-ca"),
  TLS_SAN_TYPE("tls san type"),
  TLS_SAN("tls san"),
  CLIENT_CERTIFICATE("client certificate"),
  TLS_CERTIFICATE("--tls-cert"),
  TLS_KEY("--tls-key");

  private final String label;

  Marker(String label) {
    this.label = label;
  }

  static Marker of(String label) {
    for (Marker marker : values()) {
      if (marker.label.equals(label)) {
        return marker;
      }
    }
    throw new IllegalStateException("a file in envoy-configs has an unknown mark: " + label);
  }

  /** Whether the line is not to be there. */
  boolean isLeftOut(BootstrapSettings settings) {
    return this == LOAD_REPORTS && settings.loadReporting() == LoadReporting.OFF;
  }

  /** The YAML behind the line's key ("": what the file has); empty: the line stays as it is. */
  Optional<String> yaml(BootstrapSettings settings) {
    ProxyNode node = settings.node();
    ProxyPorts ports = settings.ports();
    return switch (this) {
      case NODE_ID -> quoted(settings.nodeId());
      case NODE -> quoted(node.node());
      case NAMESPACE -> quoted(node.namespace());
      case FAMILY -> node.family() == null ? Optional.empty() : quoted(node.family().label());
      case SERVICES -> list(node.services());
      case LOCALITY ->
          node.region() == null && node.zone() == null ? Optional.empty() : Optional.of("");
      case REGION -> quoted(node.region());
      case ZONE -> quoted(node.zone());
      case ADMIN_PORT -> number(ports.admin());
      case LISTENER_PORT -> number(ports.listener());
      case TCP_LISTENER_PORT -> number(ports.tcpListener());
      case PROTOCOL -> Optional.of(apiType(settings.protocol()));
      case XDS_TYPE -> Optional.of(settings.xds().literalIp() ? "STATIC" : "STRICT_DNS");
      case XDS_HOST -> quoted(settings.xds().host());
      case XDS_PORT -> number(settings.xds().port());
      case LOAD_REPORTS -> Optional.empty();
      case TLS, TLS_SNI, TLS_CA, TLS_SAN_TYPE, TLS_SAN -> {
        XdsTls tls = settings.tls();
        yield tls == null ? Optional.empty() : yaml(tls, settings.xds());
      }
      case CLIENT_CERTIFICATE, TLS_CERTIFICATE, TLS_KEY -> {
        XdsTls tls = settings.tls();
        XdsTls.Pair client = tls == null ? null : tls.client();
        yield client == null ? Optional.empty() : yaml(client);
      }
    };
  }

  private Optional<String> yaml(XdsTls tls, XdsAddress server) {
    if (this == TLS_SNI) {
      // RFC 6066: an address is no server name.
      return server.literalIp() ? Optional.empty() : quoted(server.host());
    }
    if (this == TLS_CA) {
      return quoted(tls.ca());
    }
    if (this == TLS_SAN_TYPE) {
      return Optional.of(server.literalIp() ? "IP_ADDRESS" : "DNS");
    }
    return this == TLS_SAN ? quoted(server.host()) : Optional.of("");
  }

  private Optional<String> yaml(XdsTls.Pair client) {
    if (this == TLS_CERTIFICATE) {
      return quoted(client.certificate());
    }
    return this == TLS_KEY ? quoted(client.key()) : Optional.of("");
  }

  private static Optional<String> list(List<String> texts) {
    return texts.isEmpty()
        ? Optional.empty()
        : Optional.of(
            texts.stream().map(YamlScalar::quote).collect(Collectors.joining(",", "[", "]")));
  }

  private static Optional<String> quoted(@Nullable String text) {
    return Optional.ofNullable(text).map(YamlScalar::quote);
  }

  private static Optional<String> number(int value) {
    return Optional.of(Integer.toString(value));
  }

  /** Returns Envoy's {@code ApiConfigSource.ApiType}. */
  private static String apiType(XdsProtocol protocol) {
    return switch (protocol) {
      case DELTA -> "DELTA_GRPC";
      case STATE_OF_THE_WORLD -> "GRPC";
    };
  }
}
