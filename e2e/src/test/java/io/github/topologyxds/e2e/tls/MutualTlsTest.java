package io.github.topologyxds.e2e.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.topologyxds.bootstrap.BootstrapKind;
import io.github.topologyxds.bootstrap.BootstrapSettings;
import io.github.topologyxds.bootstrap.ProxyNode;
import io.github.topologyxds.bootstrap.ProxyPorts;
import io.github.topologyxds.bootstrap.XdsAddress;
import io.github.topologyxds.bootstrap.XdsTls;
import io.github.topologyxds.demo.envoy.EnvoyBinary;
import io.github.topologyxds.demo.envoy.EnvoyProcess;
import io.github.topologyxds.demo.envoy.EnvoySpec;
import io.github.topologyxds.demo.workspace.FreePorts;
import io.github.topologyxds.e2e.protocol.ServedFolder;
import io.github.topologyxds.grpc.connection.XdsLimits;
import io.github.topologyxds.serve.ControlPlane;
import io.github.topologyxds.serve.ServeSettings;
import io.github.topologyxds.serve.SourceSettings;
import io.github.topologyxds.serve.XdsSettings;
import io.github.topologyxds.tls.TlsFiles;
import io.github.topologyxds.topology.settings.RoutingOptions;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real Envoy with the bootstrap that the command prints connects by mTLS, and only so. */
class MutualTlsTest {
  @TempDir private Path folder = Path.of("");

  @Test
  void letsInWhoHasACertificateOfTheAuthority() throws Exception {
    X509Bundle authority = authority();
    X509Bundle server =
        new CertificateBuilder()
            .subject("CN=xds")
            .addSanIpAddress("127.0.0.1")
            .addExtendedKeyUsageServerAuth()
            .ecp256()
            .buildIssuedBy(authority);
    Path ca = Files.writeString(folder.resolve("ca.crt"), authority.getCertificatePEM());
    XdsTls.Pair own = write("server", server);
    try (ControlPlane controlPlane =
        start(new TlsFiles(Path.of(own.certificate()), Path.of(own.key()), ca))) {
      int port = controlPlane.xdsPort();
      XdsTls good = new XdsTls(ca.toString(), write("client", client(authority)));
      try (EnvoyProcess envoy = launch(port, good)) {
        envoy.awaitReady();
        assertThat(envoy.clusters()).contains("shop/");
        Map<String, Long> handshakes = envoy.stats("cluster.topology-xds.ssl.handshake");
        assertThat(handshakes.values()).allSatisfy(count -> assertThat(count).isPositive());
      }
      XdsTls none = new XdsTls(ca.toString(), null);
      XdsTls foreign = new XdsTls(ca.toString(), write("foreign", client(authority())));
      for (XdsTls stranger : new XdsTls[] {none, foreign}) {
        try (EnvoyProcess envoy = launch(port, stranger)) {
          await()
              .ignoreExceptions()
              .until(() ->
                  count(envoy, "cluster.topology-xds.upstream_cx_connect_fail")
                          + count(envoy, "cluster.topology-xds.upstream_cx_destroy_remote")
                      > 0);
          assertThat(envoy.clusters()).doesNotContain("shop/");
        }
      }
    }
  }

  /** The server's certificate is good, but another's: whoever has one could be the server. */
  @Test
  void doesNotTakeAnotherForTheServer() throws Exception {
    X509Bundle authority = authority();
    X509Bundle other =
        new CertificateBuilder()
            .subject("CN=other")
            .addSanDnsName("other")
            .addExtendedKeyUsageServerAuth()
            .ecp256()
            .buildIssuedBy(authority);
    Path ca = Files.writeString(folder.resolve("ca.crt"), authority.getCertificatePEM());
    XdsTls.Pair own = write("other", other);
    try (ControlPlane controlPlane =
            start(new TlsFiles(Path.of(own.certificate()), Path.of(own.key()), null));
        EnvoyProcess envoy = launch(controlPlane.xdsPort(), new XdsTls(ca.toString(), null))) {
      await()
          .ignoreExceptions()
          .until(() -> count(envoy, "cluster.topology-xds.ssl.fail_verify_san") > 0);
      assertThat(envoy.clusters()).doesNotContain("shop/");
    }
  }

  private static long count(EnvoyProcess envoy, String stat) throws Exception {
    return envoy.stats(stat).values().stream().mapToLong(Long::longValue).sum();
  }

  private static X509Bundle authority() throws Exception {
    return new CertificateBuilder()
        .subject("CN=authority")
        .setIsCertificateAuthority(true)
        .ecp256()
        .buildSelfSigned();
  }

  private static X509Bundle client(X509Bundle authority) throws Exception {
    return new CertificateBuilder()
        .subject("CN=envoy")
        .addExtendedKeyUsageClientAuth()
        .ecp256()
        .buildIssuedBy(authority);
  }

  private XdsTls.Pair write(String name, X509Bundle bundle) throws Exception {
    Path certificate = folder.resolve(name + ".crt");
    Path key = folder.resolve(name + ".key");
    Files.writeString(certificate, bundle.getCertificatePathPEM());
    Files.writeString(key, bundle.getPrivateKeyPEM());
    return new XdsTls.Pair(certificate.toString(), key.toString());
  }

  private static ControlPlane start(TlsFiles files) throws Exception {
    InetSocketAddress anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    ControlPlane started =
        ControlPlane.start(
            new ServeSettings(
                    new SourceSettings.Folder(ServedFolder.RECORDED),
                    anyPort,
                    anyPort,
                    RoutingOptions.DEFAULT)
                .withXds(new XdsSettings(XdsLimits.DEFAULT, files)));
    await().until(() -> started.store().complete());
    return started;
  }

  private static EnvoyProcess launch(int port, XdsTls tls) throws Exception {
    int first = FreePorts.next(2);
    BootstrapSettings settings =
        BootstrapSettings.of(BootstrapKind.SIDECAR, ProxyNode.on("node-a1"))
            .withXds(new XdsAddress("127.0.0.1", port))
            .withPorts(new ProxyPorts(first, first + 1))
            .withTls(tls);
    return EnvoyProcess.launch(EnvoyBinary.find(), EnvoySpec.of(settings));
  }
}
