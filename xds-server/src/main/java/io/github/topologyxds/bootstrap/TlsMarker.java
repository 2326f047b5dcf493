package io.github.topologyxds.bootstrap;

import java.util.Optional;

/** The places that are filled in where there is TLS, and what it is to. */
record TlsMarker(Marker marker, XdsAddress server) {
  /** The YAML behind the line's key, as {@link Marker#yaml} says it. */
  Optional<String> yaml(XdsTls tls) {
    Optional<String> asInFile = Optional.of("");
    Optional<XdsTls.Rotation> rotation = tls.rotation();
    Optional<XdsTls.Pair> client = Optional.ofNullable(tls.client());
    Optional<XdsTls.Pair> once = rotation.isEmpty() ? client : Optional.empty();
    return switch (marker) {
      case TLS -> asInFile;
      // RFC 6066: an address is no server name.
      case TLS_SNI -> server.literalIp() ? Optional.empty() : Marker.quoted(server.host());
      case TLS_FILES -> rotation.isEmpty() ? asInFile : Optional.empty();
      case TLS_CA -> rotation.isEmpty() ? Marker.quoted(tls.ca()) : Optional.empty();
      case TLS_SAN_TYPE -> rotation.isEmpty() ? sanType() : Optional.empty();
      case TLS_SAN -> rotation.isEmpty() ? Marker.quoted(server.host()) : Optional.empty();
      case CLIENT_CERTIFICATE -> once.flatMap(pair -> asInFile);
      case TLS_CERTIFICATE -> once.flatMap(pair -> Marker.quoted(pair.certificate()));
      case TLS_KEY -> once.flatMap(pair -> Marker.quoted(pair.key()));
      case SDS -> rotation.flatMap(files -> asInFile);
      case SDS_SAN_TYPE -> rotation.flatMap(files -> sanType());
      case SDS_SAN -> rotation.flatMap(files -> Marker.quoted(server.host()));
      case SDS_CA -> rotation.flatMap(files -> Marker.quoted(files.file(SecretFile.CA)));
      case CLIENT_SDS -> client.isEmpty() ? Optional.empty() : rotation.flatMap(f -> asInFile);
      case SDS_CLIENT ->
          client.isEmpty()
              ? Optional.empty()
              : rotation.flatMap(files -> Marker.quoted(files.file(SecretFile.CLIENT)));
      case TOKEN -> rotation.flatMap(files -> tls.token()).flatMap(token -> asInFile);
      case SDS_TOKEN ->
          rotation
              .filter(files -> tls.token().isPresent())
              .flatMap(files -> Marker.quoted(files.file(SecretFile.TOKEN)));
      case NODE_ID,
          NODE,
          NAMESPACE,
          FAMILY,
          SERVICES,
          ON_DEMAND,
          LOCALITY,
          REGION,
          ZONE,
          ADMIN_PORT,
          LISTENER_PORT,
          TCP_LISTENER_PORT,
          PROTOCOL,
          XDS_TYPE,
          XDS_HOST,
          XDS_PORT,
          LOAD_REPORTS ->
          throw new IllegalStateException(marker + " has nothing to do with TLS");
    };
  }

  private Optional<String> sanType() {
    return Optional.of(server.literalIp() ? "IP_ADDRESS" : "DNS");
  }
}
