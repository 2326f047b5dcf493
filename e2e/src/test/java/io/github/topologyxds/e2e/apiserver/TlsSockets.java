package io.github.topologyxds.e2e.apiserver;

import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import javax.net.ssl.SSLContext;

/** The server's side of TLS, with a certificate of its own for 127.0.0.1. */
final class TlsSockets {
  private final X509Bundle certificate;
  private final SSLContext tls;

  TlsSockets() {
    try {
      certificate =
          new CertificateBuilder()
              .subject("CN=kube-apiserver")
              .addSanIpAddress("127.0.0.1")
              .setIsCertificateAuthority(true)
              .ecp256()
              .buildSelfSigned();
      tls = SSLContext.getInstance("TLS");
      tls.init(certificate.toKeyManagerFactory().getKeyManagers(), null, null);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  /** Who signed the certificate, as PEM. */
  String authority() {
    return certificate.getCertificatePEM();
  }

  /** The same connection behind TLS; the handshake is made when it is read from. */
  Socket over(Socket accepted) {
    try {
      return tls.getSocketFactory().createSocket(accepted, null, true);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
