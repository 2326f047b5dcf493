package io.github.topologyxds.cli.flags;

import io.github.topologyxds.bootstrap.XdsTls;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** TLS from an Envoy to the control plane; the paths are the Envoy's. */
public final class BootstrapTlsFlags {
  @Option(
      names = "--tls-ca",
      converter = BootstrapOptions.Name.class,
      required = true,
      paramLabel = "F",
      description = "TLS to topology-xds: who has signed its certificate; PEM, where Envoy runs.")
  private String ca = "";

  @Option(
      names = "--token-file",
      converter = BootstrapOptions.Name.class,
      paramLabel = "F",
      description =
          "The Pod's projected token, for serve --authenticate, where Envoy runs; with --out, but for"
              + " --kind grpc. Needs Envoy 1.37.")
  private @Nullable String token;

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

  /** Returns true when a token is named, which Envoy only follows through a file of its own. */
  public boolean hasToken() {
    return token != null;
  }

  /**
   * Returns what they say.
   *
   * @param out where Envoy finds the files that name the secrets; empty: it reads those once
   */
  public XdsTls tls(Optional<Path> out) {
    return new XdsTls(
        ca,
        client == null ? null : new XdsTls.Pair(client.certificate, client.key),
        Optional.ofNullable(token),
        out.map(folder -> new XdsTls.Rotation(folder.toAbsolutePath().toString())));
  }
}
