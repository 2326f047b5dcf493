package io.github.topologyxds.bootstrap;

import io.github.topologyxds.xds.resource.XdsProtocol;
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
  ON_DEMAND("on demand"),
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
  TLS_FILES("tls files"),
  TLS_CA("--tls-ca"),
  TLS_SAN_TYPE("tls san type"),
  TLS_SAN("tls san"),
  CLIENT_CERTIFICATE("client certificate"),
  TLS_CERTIFICATE("--tls-cert"),
  TLS_KEY("--tls-key"),
  SDS("sds"),
  SDS_SAN_TYPE("sds san type"),
  SDS_SAN("sds san"),
  SDS_CA("sds ca"),
  CLIENT_SDS("client sds"),
  SDS_CLIENT("sds client"),
  TOKEN("token"),
  SDS_TOKEN("sds token");

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
      case ON_DEMAND -> settings.isOnDemand() ? quoted("on-demand") : Optional.empty();
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
      case TLS,
          TLS_SNI,
          TLS_FILES,
          TLS_CA,
          TLS_SAN_TYPE,
          TLS_SAN,
          CLIENT_CERTIFICATE,
          TLS_CERTIFICATE,
          TLS_KEY,
          SDS,
          SDS_SAN_TYPE,
          SDS_SAN,
          SDS_CA,
          CLIENT_SDS,
          SDS_CLIENT,
          TOKEN,
          SDS_TOKEN ->
          Optional.ofNullable(settings.tls())
              .flatMap(tls -> new TlsMarker(this, settings.xds()).yaml(tls));
    };
  }

  private static Optional<String> list(List<String> texts) {
    return texts.isEmpty()
        ? Optional.empty()
        : Optional.of(
            texts.stream().map(YamlScalar::quote).collect(Collectors.joining(",", "[", "]")));
  }

  static Optional<String> quoted(@Nullable String text) {
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
