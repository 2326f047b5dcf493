package io.github.topologyxds.cli;

import io.github.topologyxds.bootstrap.XdsTls;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** TLS from an Envoy to the control plane; the paths are the Envoy's. */
final class BootstrapTlsFlags {
  @Option(
      names = "--tls-ca",
      converter = BootstrapOptions.Name.class,
      required = true,
      paramLabel = "F",
      description = "TLS to topology-xds: who has signed its certificate; PEM, where Envoy runs.")
  private String ca = "";

  @ArgGroup(exclusive = false)
  private @Nullable Client client;

  /** Only together. */
  static final class Client {
    @Option(
        names = "--tls-cert",
        converter = BootstrapOptions.Name.class,
        required = true,
        paramLabel = "F",
        description = "Envoy's own certificate, for serve --client-ca; PEM, where Envoy runs.")
    private String certificate = "";

    @Option(
        names = "--tls-key",
        converter = BootstrapOptions.Name.class,
        required = true,
        paramLabel = "F",
        description = "Its private key.")
    private String key = "";
  }

  XdsTls tls() {
    return new XdsTls(ca, client == null ? null : new XdsTls.Pair(client.certificate, client.key));
  }
}
