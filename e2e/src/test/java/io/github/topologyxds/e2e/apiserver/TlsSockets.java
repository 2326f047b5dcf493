package io.github.topologyxds.e2e.apiserver;

import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** The server's side of TLS, with a certificate for 127.0.0.1 that is made once it is needed. */
final class TlsSockets {
  // Guarded by the monitor of this.
  private @Nullable X509Bundle made;

  private synchronized X509Bundle certificate() {
    X509Bundle certificate = made;
    if (certificate == null) {
      try {
        certificate =
            new CertificateBuilder()
                .subject("CN=kube-apiserver")
                .addSanIpAddress("127.0.0.1")
                .setIsCertificateAuthority(true)
                .ecp256()
                .buildSelfSigned();
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
      made = certificate;
    }
    return certificate;
  }

  /** Who signed the certificate, as PEM. */
  String authority() {
    return certificate().getCertificatePEM();
  }

  /** The same connection behind TLS; the handshake is made when it is read from. */
  Socket over(Socket accepted) {
    try {
      SSLContext tls = SSLContext.getInstance("TLS");
      tls.init(certificate().toKeyManagerFactory().getKeyManagers(), null, null);
      return tls.getSocketFactory().createSocket(accepted, null, true);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
