package io.github.topologyxds.tls;

import io.grpc.netty.GrpcSslContexts;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * The files as they were at one time.
 *
 * @param clientCa null: clients need no certificate
 */
record TlsContents(TlsFiles files, String certificate, String key, @Nullable String clientCa) {
  /**
   * Reads the files; what stands in them is not looked at yet.
   *
   * @throws TlsFileException when one cannot be read
   */
  static TlsContents read(TlsFiles files) throws TlsFileException {
    Path clientCa = files.clientCa();
    return new TlsContents(
        files,
        text(files.certificate()),
        text(files.key()),
        clientCa == null ? null : text(clientCa));
  }

  private static String text(Path file) throws TlsFileException {
    try {
      return Files.readString(file, StandardCharsets.ISO_8859_1);
    } catch (NoSuchFileException e) {
      throw new TlsFileException(file, "there is no such file");
    } catch (IOException e) {
      throw new TlsFileException(file, "cannot be read: " + e);
    }
  }

  /**
   * Makes the handshakes' settings of them. Each has sessions of its own: a client that was let in
   * by a CA that is gone must not come back by resuming its session.
   *
   * @throws TlsFileException for a file that is no such thing, a certificate that is not valid at
   *     this time, and a key that is another certificate's
   */
  SslContext context() throws TlsFileException {
    List<X509Certificate> chain = CertificatePem.read(files.certificate(), certificate);
    X509Certificate own = chain.getFirst();
    checkValidNow(own);
    PrivateKey privateKey = PrivateKeyPem.read(files.key(), key, own.getPublicKey());
    SslContextBuilder builder =
        SslContextBuilder.forServer(privateKey, chain.toArray(X509Certificate[]::new));
    Path ca = files.clientCa();
    if (ca != null && clientCa != null) {
      builder
          .trustManager(CertificatePem.read(ca, clientCa).toArray(X509Certificate[]::new))
          .clientAuth(ClientAuth.REQUIRE);
    }
    try {
      return GrpcSslContexts.configure(builder, SslProvider.JDK)
          .protocols("TLSv1.3", "TLSv1.2")
          .build();
    } catch (SSLException | RuntimeException e) {
      throw new TlsFileException(files.certificate(), "TLS does not start with it: " + e);
    }
  }

  /**
   * Returns until when the server's own certificate is valid.
   *
   * @throws TlsFileException for a file that is none
   */
  Instant notAfter() throws TlsFileException {
    return CertificatePem.read(files.certificate(), certificate)
        .getFirst()
        .getNotAfter()
        .toInstant();
  }

  private void checkValidNow(X509Certificate own) throws TlsFileException {
    try {
      own.checkValidity();
    } catch (CertificateExpiredException e) {
      throw new TlsFileException(
          files.certificate(), "the certificate was valid until " + own.getNotAfter().toInstant());
    } catch (CertificateNotYetValidException e) {
      throw new TlsFileException(
          files.certificate(), "the certificate is valid from " + own.getNotBefore().toInstant());
    }
  }

  /** Not the private key. */
  @Override
  public String toString() {
    return files.toString();
  }
}
