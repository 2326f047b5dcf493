package io.github.topologyxds.e2e.kubernetes;

import io.github.topologyxds.e2e.apiserver.AuthenticatingServer;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.nio.file.Path;

/**
 * An authority, and a folder with the files of a Secret by it: {@code ca.crt}, {@code tls.crt} and
 * {@code tls.key}, for a server at 127.0.0.1 and for its clients alike.
 */
public final class IssuedCertificates {
  private final X509Bundle authority;
  private final Path folder;

  /** Writes them into a folder that is there. */
  public IssuedCertificates(Path folder) throws Exception {
    this.folder = folder;
    this.authority =
        new CertificateBuilder()
            .subject("CN=authority")
            .setIsCertificateAuthority(true)
            .ecp256()
            .buildSelfSigned();
    AuthenticatingServer.write(folder.resolve("ca.crt"), authority.getCertificatePEM());
    renew();
  }

  /** Writes another key and certificate, as cert-manager does when the old one nears its end. */
  void renew() throws Exception {
    X509Bundle issued =
        new CertificateBuilder()
            .subject("CN=xds")
            .addSanIpAddress("127.0.0.1")
            .addExtendedKeyUsageServerAuth()
            .addExtendedKeyUsageClientAuth()
            .ecp256()
            .buildIssuedBy(authority);
    AuthenticatingServer.write(folder.resolve("tls.key"), issued.getPrivateKeyPEM());
    AuthenticatingServer.write(folder.resolve("tls.crt"), issued.getCertificatePathPEM());
  }
}
