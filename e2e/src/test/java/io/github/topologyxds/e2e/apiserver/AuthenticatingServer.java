package io.github.topologyxds.e2e.apiserver;

import io.github.topologyxds.e2e.bench.Wait;
import io.github.topologyxds.grpc.connection.XdsLimits;
import io.github.topologyxds.identity.AuthenticationMode;
import io.github.topologyxds.serve.AuthenticationSettings;
import io.github.topologyxds.serve.ControlPlane;
import io.github.topologyxds.serve.ServeSettings;
import io.github.topologyxds.serve.SourceSettings;
import io.github.topologyxds.serve.XdsSettings;
import io.github.topologyxds.tls.TlsFiles;
import io.github.topologyxds.topology.settings.RoutingOptions;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/**
 * A server that lets in whom its cluster's tokens prove, over TLS with the files of a folder:
 * {@code ca.crt}, {@code tls.crt} and {@code tls.key}.
 */
public final class AuthenticatingServer {
  private AuthenticatingServer() {}

  /** Starts it, and waits for the first complete state. */
  public static ControlPlane start(ApiServer api, Path folder, int port) throws Exception {
    InetAddress loopback = InetAddress.getLoopbackAddress();
    ControlPlane started =
        ControlPlane.start(
            new ServeSettings(
                    new SourceSettings.Cluster(api.kubeconfig(folder), null, List.of()),
                    new InetSocketAddress(loopback, port),
                    new InetSocketAddress(loopback, 0),
                    RoutingOptions.DEFAULT)
                .withXds(
                    new XdsSettings(
                            XdsLimits.DEFAULT,
                            new TlsFiles(
                                folder.resolve("tls.crt"), folder.resolve("tls.key"), null))
                        .withAuthentication(
                            new AuthenticationSettings(
                                AuthenticationMode.REQUIRED,
                                AuthenticationSettings.DEFAULT_AUDIENCE))));
    Wait.until("the first complete state").until(started.store()::complete);
    return started;
  }

  /** Writes a new authority of this name, and a certificate for 127.0.0.1 by it. */
  public static void writeCertificates(Path folder, String authorityName) throws Exception {
    X509Bundle authority =
        new CertificateBuilder()
            .subject("CN=" + authorityName)
            .setIsCertificateAuthority(true)
            .ecp256()
            .buildSelfSigned();
    X509Bundle server =
        new CertificateBuilder()
            .subject("CN=xds")
            .addSanIpAddress("127.0.0.1")
            .addExtendedKeyUsageServerAuth()
            .ecp256()
            .buildIssuedBy(authority);
    write(folder.resolve("ca.crt"), authority.getCertificatePEM());
    write(folder.resolve("tls.crt"), server.getCertificatePathPEM());
    write(folder.resolve("tls.key"), server.getPrivateKeyPEM());
  }

  /** Replaces a file as the kubelet does: Envoy takes notice of renames alone. */
  public static void write(Path file, String text) throws IOException {
    Path begun = file.resolveSibling(file.getFileName() + ".tmp");
    Files.writeString(begun, text);
    Files.move(begun, file, StandardCopyOption.REPLACE_EXISTING);
  }
}
