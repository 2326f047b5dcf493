package io.github.topologyxds.bootstrap;

import java.util.Optional;

/**
 * The files through which an Envoy follows secrets that are rotated. Envoy watches the folders of
 * the files that they name, and takes notice of renames alone, which is how the kubelet writes. One
 * file for each: Envoy refuses two secrets in one (measured with 1.40).
 */
public enum SecretFile {
  CA("xds-ca"),
  CLIENT("xds-client"),
  TOKEN("xds-token");

  private final String secret;

  SecretFile(String secret) {
    this.secret = secret;
  }

  /** Returns the name of the file, beside the bootstrap. */
  public String fileName() {
    return secret.replace("xds-", "sds-") + ".yaml";
  }

  /** Returns the file's text; empty when the settings name no such secret. */
  public Optional<String> text(XdsTls tls) {
    return switch (this) {
      case CA ->
          Optional.of(
              named(
                  "  validation_context:\n    trusted_ca: {filename: " + quoted(tls.ca()) + "}\n"));
      case CLIENT ->
          Optional.ofNullable(tls.client())
              .map(client ->
                  named(
                      "  tls_certificate:\n    certificate_chain: {filename: "
                          + quoted(client.certificate())
                          + "}\n    private_key: {filename: "
                          + quoted(client.key())
                          + "}\n"));
      case TOKEN ->
          tls.rotation()
              .flatMap(files -> tls.token())
              .map(token ->
                  named("  generic_secret: {secret: {filename: " + quoted(token) + "}}\n"));
    };
  }

  private String named(String value) {
    return "resources:\n"
        + "- \"@type\": type.googleapis.com/envoy.extensions.transport_sockets.tls.v3.Secret\n"
        + "  name: "
        + secret
        + "\n"
        + value;
  }

  private static String quoted(String path) {
    return YamlScalar.quote(path);
  }
}
