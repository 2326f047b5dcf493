package io.github.topologyxds.cli.flags.serve;

import io.github.topologyxds.cli.values.InputPath;
import io.github.topologyxds.tls.TlsFiles;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** TLS of the server itself: certificate and key only together. */
final class TlsFlags {
  @Option(
      names = "--tls-cert",
      converter = InputPath.class,
      required = true,
      paramLabel = "F",
      description = "TLS on the xDS port: certificate chain, PEM. Read again when it changes.")
  private Path certificate = Path.of("");

  @Option(
      names = "--tls-key",
      converter = InputPath.class,
      required = true,
      paramLabel = "F",
      description = "Its private key, PEM.")
  private Path key = Path.of("");

  @Option(
      names = "--client-ca",
      converter = InputPath.class,
      paramLabel = "F",
      description = "Let in only clients with a certificate of this CA (mTLS), PEM.")
  private @Nullable Path clientCa;

  TlsFiles files() {
    return new TlsFiles(certificate, key, clientCa);
  }
}
