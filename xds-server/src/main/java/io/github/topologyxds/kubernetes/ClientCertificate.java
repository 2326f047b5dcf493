package io.github.topologyxds.kubernetes;

import io.github.topologyxds.state.SourceException;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Base64;

/**
 * A certificate that requests are shown with, and its key; both PEM. A connection keeps the one
 * that it was opened with.
 */
public record ClientCertificate(String certificate, String key) {
  /**
   * Returns when it ends.
   *
   * @throws SourceException when it is no certificate
   */
  Instant end() throws SourceException {
    return first().getNotAfter().toInstant();
  }

  /**
   * Returns the algorithm of the key, which its PEM need not name ({@code BEGIN PRIVATE KEY}).
   *
   * @throws SourceException when the certificate is none
   */
  String algorithm() throws SourceException {
    return first().getPublicKey().getAlgorithm();
  }

  private X509Certificate first() throws SourceException {
    try {
      return (X509Certificate)
          CertificateFactory.getInstance("X.509")
              .generateCertificate(
                  new ByteArrayInputStream(certificate.getBytes(StandardCharsets.UTF_8)));
    } catch (CertificateException e) {
      throw new SourceException("the client certificate is no PEM certificate");
    }
  }

  /** Returns the certificate as a kubeconfig has it in {@code client-certificate-data}. */
  String certificateData() {
    return base64(certificate);
  }

  /** Returns the key as a kubeconfig has it in {@code client-key-data}. */
  String keyData() {
    return base64(key);
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public String toString() {
    return "ClientCertificate[****]";
  }
}
